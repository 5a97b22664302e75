"""Pages of this room: the overview, the joint-meeting report, and the shelf."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports import dashboard as overview
from reports import shelf, tables, tasks
from reports.forms import DaysForm, PeriodForm, so_far
from reports.meeting import actions, charts, figures, sentences
from reports.models import BuiltReport, ReportFile
from reports.periods import period as period_named
from staff import runs
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, for_roles, reads_only

READERS = (*OFFICE, Role.FINANCE, Role.AUDITOR)  # bank staff see their own bank's cases and ledgers, not the whole office's figures
BUILDERS = (*OFFICE, Role.FINANCE)


@require_GET
@for_roles(*READERS)
@reads_only
def dashboard(request):
    """The office at one look."""
    return render(request, "reports/dashboard.html", overview.context(office_today()))


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def meetings(request):
    """The joint-meeting reports that were built; and building one."""
    today = office_today()
    form = PeriodForm(request.POST or None, on=today)
    if request.method == "POST" and request.user.role in BUILDERS and form.is_valid():
        try:
            actions.refuse_unless_over(form.cleaned_data["period"], on=today)
        except Refused as refusal:
            form.add_error("period", str(refusal))
        else:
            return redirect("staff:run", _ask(request.user, form.cleaned_data["period"], today).pk)
    reports = BuiltReport.objects.filter(kind=figures.KIND).select_related("built_by", "issued_by").defer("figures")
    rows = [(report, period_named(report.period)) for report in reports]
    return render(request, "reports/meetings.html", {"rows": rows, "form": form, "may_build": request.user.role in BUILDERS})


def _ask(user, period, today):
    title = _("Joint-meeting report, %(period)s") % {"period": period}
    return runs.ask(tasks.build_joint_meeting, kind="joint_meeting.build", title=title, by=user, on=today, period=period.name)


@require_GET
@for_roles(*READERS)
@reads_only
def meeting(request, pk):
    """One joint-meeting report: what is read aloud, its tables, its charts, its files."""
    report = get_object_or_404(BuiltReport.objects.select_related("built_by", "issued_by"), pk=pk, kind=figures.KIND)
    found = figures.from_data(report.figures)
    drawn = {chart.table: chart for chart in charts.charts(found)}
    context = {
        "report": report,
        "period": found.period,
        "paragraphs": sentences.paragraphs(found),
        "parts": [(table, drawn.get(key)) for key, table in found.tables.items() if table.rows],
        "files": report.files.defer("content").order_by("-id")[:2],
        "may_issue": request.user.role == Role.DIRECTOR and not report.issued_on,
    }
    return render(request, "reports/meeting.html", context)


@require_POST
@for_roles(Role.DIRECTOR)
def issue(request, pk):
    """Sign a joint-meeting report; a worker makes its files anew with number and name."""
    report = get_object_or_404(BuiltReport, pk=pk, kind=figures.KIND)
    try:
        actions.refuse_unless_to_be_issued(report, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:meeting", pk)
    title = _("Issue of the joint-meeting report, %(period)s") % {"period": period_named(report.period)}
    run = runs.ask(tasks.issue_joint_meeting, kind="joint_meeting.issue", title=title, by=request.user, on=office_today(), report_id=pk)
    return redirect("staff:run", run.pk)


@require_GET
@for_roles(*READERS)
@reads_only
def report_file(request, pk):
    """A kept file, as it was made."""
    kept = get_object_or_404(ReportFile, pk=pk)
    shown = kept.name.endswith(".pdf") and "download" not in request.GET
    return FileResponse(BytesIO(kept.content), content_type=kept.content_type, filename=kept.name, as_attachment=not shown)


@require_GET
@for_roles(*READERS)
@reads_only
def reports(request):
    """The shelf: every report that can be taken."""
    return render(request, "reports/shelf.html", {"reports": shelf.REPORTS.items(), "formats": shelf.SPOKEN})


@require_GET
@for_roles(*READERS)
@reads_only
def report(request, name):
    """One report from the shelf, for the days asked for."""
    module, period, form = _taken(request, name)
    table, *more = tables.all_of(module, period=period, only=request.GET.get("only", ""))
    about = {"name": name, "about": module.ABOUT, "formats": shelf.SPOKEN, "shelf": True, "page": getattr(module, "PAGE", None)}
    context = {"table": table, "more": more, "period": period, "form": form, "asked": request.GET.urlencode(), **about}
    return render(request, "reports/report.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def taken_file(request, name, extension):
    """One report from the shelf as a file."""
    module, period, _form = _taken(request, name)
    if extension not in shelf.FORMATS:
        raise Http404
    written, renderer = BytesIO(), shelf.FORMATS[extension]
    renderer.write(written, module, period=period, only=request.GET.get("only", ""))
    written.seek(0)
    return FileResponse(written, content_type=renderer.CONTENT_TYPE, filename=f"{module.TITLE}-{period.name}.{extension}", as_attachment=True)


def _taken(request, name):
    """The report of this name, the days asked for (else this year so far), and the form that asks for them."""
    if name not in shelf.REPORTS:
        raise Http404
    today = office_today()
    form = DaysForm(request.GET if "period" in request.GET else None, on=today)
    period = form.cleaned_data["period"] if form.is_valid() else None
    return shelf.REPORTS[name], period or so_far(today), form
