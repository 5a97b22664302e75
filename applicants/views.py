from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants import actions, queries
from applicants.forms import EnterpriseForm, GroupForm, HouseholdForm, PaperForm, PersonForm
from applicants.models import Applicant, Paper
from applicants.scope import visible_applicants, visible_papers
from staff import parts
from staff.audit import history
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.web import READERS, for_roles, reads_only

SEE = (*READERS, Role.TRAINER)
KEEP = (Role.LOAN_OFFICER, Role.TRAINER)


def _seen(request, pk):
    people = Applicant.objects.select_related("community", "household", "registered_by")
    return get_object_or_404(visible_applicants(people, request.user), pk=pk)


@require_GET
@for_roles(*SEE)
@reads_only
def person(request, pk):
    """One applicant: who it is, groups, household, papers, and all cases."""
    one = _seen(request, pk)
    return render(
        request,
        "applicants/person.html",
        {
            "person": one,
            "age": None if one.is_enterprise else one.age_on(office_today()),
            "memberships": one.memberships.select_related("added_by"),
            "household": queries.household_of(one),
            "papers": queries.papers_of(request.user, one),
            "events": history(one).reverse(),
            "may_keep": request.user.role in KEEP,
            "main": parts.shown("applicant.main", request, one),
            "actions": parts.shown("applicant.actions", request, one),
        },
    )


@require_POST
@for_roles(*actions.MAY_SEE_IDENTITY)
def identity(request, pk):
    """Show an identity number whole; the look is written down first."""
    one = _seen(request, pk)
    number = actions.reveal_identity(applicant=one, by=request.user, on=office_today())
    return render(request, "applicants/_identity.html", {"person": one, "number": number})


@require_http_methods(["GET", "POST"])
@for_roles(*KEEP)
def correct(request, pk):
    """Correct what the register says."""
    one = _seen(request, pk)
    form = (EnterpriseForm if one.is_enterprise else PersonForm)(request.POST or None, instance=_seen(request, pk))
    return _done(request, one, form, _gettext("Correct the entry"), lambda data: actions.correct(applicant=one, by=request.user, on=office_today(), **data))


@require_http_methods(["GET", "POST"])
@for_roles(*KEEP)
def add_group(request, pk):
    """Add a group with its proof."""
    one = _seen(request, pk)
    return _done(
        request,
        one,
        GroupForm(request.POST or None),
        _gettext("Add a group"),
        lambda data: actions.add_group(applicant=one, by=request.user, on=office_today(), **data),
    )


@require_http_methods(["GET", "POST"])
@for_roles(Role.LOAN_OFFICER)
def household(request, pk):
    """Join somebody to the household, or mark it as a zero-employment family."""
    one = _seen(request, pk)

    @transaction.atomic
    def join(data):
        if data["identity_number"]:
            other = queries.person_by_number(data["identity_number"])
            if other is None:
                raise actions.NotAPerson(_gettext("Nobody is registered with this identity number."))
            actions.join_household(applicant=one, other=other, by=request.user, on=office_today())
        if data["zero_employment_proof"]:
            actions.mark_zero_employment(applicant=one, proof=data["zero_employment_proof"], by=request.user, on=office_today())

    return _done(request, one, HouseholdForm(request.POST or None), _gettext("Household"), join)


@require_http_methods(["GET", "POST"])
@for_roles(*KEEP)
def attach(request, pk):
    """Record a paper of the person."""
    one = _seen(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    return _done(request, one, form, _gettext("Add a paper"), lambda data: actions.attach_paper(applicant=one, by=request.user, on=office_today(), **data))


@require_GET
@for_roles(*READERS)
@reads_only
def paper(request, pk):
    """A scan, for those who may see it; its place on the disk is nobody's business."""
    one = get_object_or_404(visible_papers(Paper.objects.exclude(file=""), request.user), pk=pk)
    with one.file.open("rb") as file:
        content = file.read()
    headers = {"Content-Disposition": content_disposition_header(False, one.original_name), "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=one.content_type, headers=headers)


def _done(request, one, form, title, act):
    """Ask with a form, do the act, go back to the person; a refusal stands on the form."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Saved."))
            return redirect("applicants:person", one.pk)
    return render(request, "applicants/form.html", {"person": one, "form": form, "title": title})
