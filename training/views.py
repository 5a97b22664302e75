"""Pages of the training room: the years, and one year's classes and ranked list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods

from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, for_roles, reads_only
from training import actions, queries, selection
from training.forms import FollowUpForm
from training.models import Trainee, TrainingClass

READERS = (*OFFICE, Role.TRAINER, Role.FINANCE, Role.AUDITOR)


@require_GET
@for_roles(*READERS)
@reads_only
def years(request):
    """SIYB over the years: classes, trainees, marks, and the ten with their loans."""
    rows = queries.years()
    total = {name: sum(getattr(row, name) for row in rows) for name in ("classes", "trainees", "qualified", "selected", "traced", "lent")}
    return render(request, "training/years.html", {"years": rows, "total": total, "latest": rows[0] if rows else None})


@require_GET
@for_roles(*READERS)
@reads_only
def year(request, year):
    """One year: its classes, its ranked list, and the ten with their loans."""
    classes = queries.classes_of(year)
    if not classes:
        raise Http404
    places = queries.ranked_list(year)
    context = {
        "year": year,
        "classes": classes,
        "places": places,
        "chosen": [place for place in places if place.selected],
        "rule": selection.rule_of(year),
        "trainees": sum(c.number for c in classes if c.module in queries.SIYB),
    }
    return render(request, "training/year.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def training_class(request, code):
    """One class and who sat in it."""
    found = get_object_or_404(TrainingClass, code=code)
    ranks = {place.trainee.pk: place for place in queries.ranked_list(found.year)}
    trainees = [(trainee, ranks.get(trainee.pk)) for trainee in found.trainees.select_related("applicant").order_by("pk")]
    return render(request, "training/class.html", {"class": found, "trainees": trainees, "is_siyb": found.module in queries.SIYB})


@require_http_methods(["GET", "POST"])
@for_roles(Role.TRAINER, Role.LOAN_OFFICER)
def follow_up(request, pk):
    """Record a service after the class; those before stand below."""
    trainee = get_object_or_404(Trainee.objects.select_related("applicant", "training_class"), pk=pk)
    today = office_today()
    form = FollowUpForm(request.POST or None, initial={"service_day": today})
    if form.is_valid():
        try:
            actions.record_follow_up(trainee=trainee, **form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("The service was recorded."))
            return redirect("training:year", trainee.training_class.year)
    past = trainee.follow_ups.select_related("recorded_by")
    return render(request, "training/follow_up.html", {"form": form, "trainee": trainee, "past": past})
