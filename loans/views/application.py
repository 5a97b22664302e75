"""The counter: one page from the identity number to the numbered case."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_http_methods, require_POST

from applicants.models import Applicant
from applicants.scope import visible_applicants
from loans import actions, allowance, prefill, queries
from loans.actions.application import TAKE_APPLICATIONS
from loans.forms import application as forms
from staff import parts
from staff.errors import Refused
from staff.forms import say
from staff.office_date import office_today
from staff.web import for_roles, reads_only


@require_http_methods(["GET", "POST"])
@for_roles(*TAKE_APPLICATIONS)
def apply(request):
    """Take an application; the case opens when nothing stands against it."""
    given = request.POST or None
    known = _known(request)
    carried = prefill.application(known, request.GET, on=office_today()) if known else {}
    form = forms.ApplicationForm(given, known=known, initial=carried)
    papers = forms.PapersForm(given, prefix="paper", initial=prefill.papers(known))
    guarantors, groups = forms.Guarantors(given, prefix="guarantor"), forms.OtherGroups(given, prefix="group")
    if given and all([form.is_valid(), papers.is_valid(), guarantors.is_valid(), groups.is_valid()]):
        asked = form.for_counter()
        asked["groups"] += forms.other_groups(groups)
        try:
            loan = actions.take_application(**asked, guarantors=forms.guarantors(guarantors), papers=papers.brought(), by=request.user, on=office_today())
        except actions.NotEligible as refusal:
            for reason in refusal.reasons:
                form.add_error(None, _gettext("%(reason)s Rule: %(document)s.") % {"reason": reason.sentence, "document": reason.document})
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Case %(number)s is open. Hand the applicant the receipt.") % {"number": loan.number})
            return redirect("loans:case", loan.number)
    context = {"form": form, "papers": papers, "guarantors": guarantors, "groups": groups, "trades": forms.TRADES}
    return render(request, "loans/apply.html", {**context, **_entry_of(request, known), **_allowed(request, form, carried)})


def _entry_of(request, known):
    """The entry of the applicant that the form is about, with all earlier cases."""
    return {"known": known, "earlier": queries.earlier_loans(request.user, known)} if known else {"known": None}


def _known(request):
    """The registered applicant that the form is about, where the page of what may be applied for led here."""
    pk = request.GET.get("applicant", "")
    return get_object_or_404(visible_applicants(Applicant.objects.all(), request.user), pk=pk) if pk.isdigit() else None


@require_POST
@for_roles(*TAKE_APPLICATIONS)
@reads_only
def look_up(request):
    """Who this number belongs to: the entry filled in, with all earlier loans; or an empty one to register."""
    kind, number = request.POST.get("borrower_kind", ""), request.POST.get("number", "")
    known, wrong = None, ""
    try:
        known = allowance.known(kind, number, office_today()) if number.strip() else None
    except Refused as refusal:
        wrong = str(refusal)
    initial = {field: getattr(known, field) for field in {*forms.OF_PERSON, *forms.OF_FIRM}} if known else {}
    earlier = queries.earlier_loans(request.user, known) if known else []
    form = forms.ApplicationForm(initial={**initial, "borrower_kind": kind})
    return render(request, "loans/_entry.html", {"form": form, "known": known, "wrong": wrong, "asked": number.strip(), "earlier": earlier})


@require_POST
@for_roles(*TAKE_APPLICATIONS)
@reads_only
def allowed(request):
    """What this person may have, by what is typed so far."""
    form = forms.ApplicationForm(request.POST, known=_known(request))
    form.is_valid()
    return render(request, "loans/_allowed.html", _allowed(request, form))


def _allowed(request, form, carried=None):
    """The rule card and the bank's room for a form that is still being filled in."""
    data = dict(form.cleaned_data) if form.is_bound and hasattr(form, "cleaned_data") else dict(carried or {})
    data["applicant"] = form.known
    data["other_groups"] = [value for name, value in request.POST.items() if name.startswith("group-") and name.endswith("-group")]
    with transaction.atomic():
        found = allowance.allowance(data, on=office_today())
    return {"allowed": found, "room": parts.shown("application.side", request, found)}
