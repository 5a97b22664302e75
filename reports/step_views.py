"""The step times on the shelf: open to bank staff too, who see their own bank's cases."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reports import shelf, step_times, tables
from reports.forms import StepTimesForm, so_far
from staff.models import Role
from staff.office_date import office_today
from staff.web import READERS, for_roles, reads_only

CHOSEN = ("step", "standing", "person", "bank")


@require_GET
@for_roles(*READERS)
@reads_only
def report(request):
    """The steps asked for, with their summaries by step and by person."""
    form, chosen = _asked(request)
    table, *more = tables.all_of(step_times, **chosen)
    about = {"name": "step_times", "about": step_times.ABOUT, "formats": shelf.SPOKEN, "shelf": request.user.role != Role.BANK, "page": None}
    context = {"table": table, "more": more, "period": chosen["period"], "form": form, "asked": request.GET.urlencode(), **about}
    return render(request, "reports/report.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def taken_file(request, extension):
    """The same as a file."""
    _form, chosen = _asked(request)
    if extension not in shelf.FORMATS:
        raise Http404
    written, renderer = BytesIO(), shelf.FORMATS[extension]
    renderer.write(written, step_times, **chosen)
    written.seek(0)
    name = f"{step_times.TITLE}-{chosen['period'].name}.{extension}"
    return FileResponse(written, content_type=renderer.CONTENT_TYPE, filename=name, as_attachment=True)


def _asked(request):
    """The form, and what rows are asked for: this year so far where nothing was, never measured beyond today."""
    today = office_today()
    form = StepTimesForm(request.GET if "period" in request.GET else None, on=today, user=request.user)
    given = form.cleaned_data if form.is_valid() else {}
    period = given.get("period") or so_far(today)
    on = min(given.get("on") or period.last, today)
    return form, {"period": period, "on": on, "user": request.user, **{name: given[name] for name in CHOSEN if given.get(name)}}
