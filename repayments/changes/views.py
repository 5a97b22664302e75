"""Extension, early repayment, steps of the rate: each is shown with old and new schedule side by side, then booked by the same function."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods

from loans import acts, casefile
from loans import queries as cases
from loans.actpage import refused_page, seal
from repayments.changes import actions, forms, papers, proposals
from repayments.half_year.notice import issued_over
from repayments.models import Schedule
from staff.db import taken_back
from staff.errors import Refused
from staff.forms import say
from staff.office_date import office_today
from staff.papers import shown
from staff.web import READERS, for_roles, reads_only

Cause = Schedule.Cause


def _acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


def _case(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


@_acting("ask_extension")
def ask_extension(request, number):
    """Record the borrower's request and the guarantors' consent."""
    loan, today = _case(request, number), office_today()
    form = forms.AskForm(request.POST or None, initial={"request_day": today})
    return _page(request, loan, "ask_extension", form, lambda said: proposals.extension(loan, said["months"], today), actions.ask_extension)


@_acting("consent_extension")
def consent_extension(request, number):
    """The bank consents; beside it stands what the extension would make of the schedule."""
    loan, today = _case(request, number), office_today()
    form = forms.ConsentForm(request.POST or None, initial={"bank_day": today})
    return _page(request, loan, "consent_extension", form, lambda _said: _asked(loan, today), actions.consent_extension, at_once=True)


@_acting("grant_extension")
def grant_extension(request, number):
    """The director grants an extension with all its consents."""
    loan, today = _case(request, number), office_today()
    form = forms.forms.Form(request.POST if request.method == "POST" else None)
    return _page(request, loan, "grant_extension", form, lambda _said: _asked(loan, today), actions.grant_extension, at_once=True)


@_acting("refuse_extension")
def refuse_extension(request, number):
    loan = _case(request, number)
    return _page(request, loan, "refuse_extension", forms.ReasonForm(request.POST or None), None, actions.refuse_extension, at_once=True)


@_acting("repay_early")
def repay_early(request, number):
    """Report a receipt above what is due, with the borrower's choice; beside it stands what it takes to be free of the loan today."""
    loan, today = _case(request, number), office_today()
    ends = _pay_off(loan, today)
    initial = {"value_date": today, "interest": ends.interest if ends else None, "penalty": ends.penalty if ends else None}
    form = forms.EarlyForm(request.POST or None, initial=initial)

    def propose(said):
        actions.refuse_other_than_owed(loan, said["cause"], said["principal"])
        return proposals.early_repayment(loan, said["cause"], said["principal"], said["value_date"])

    day = form.cleaned_data.get("value_date", today) if form.is_bound and form.is_valid() else today
    return _page(request, loan, "repay_early", form, propose, actions.repay_early, ends=_pay_off(loan, day), issued=issued_over(day))


@_acting("enter_rate_step")
def enter_rate_step(request, number):
    """Enter a dated step of the contract's rate."""
    loan, today = _case(request, number), office_today()

    def propose(said):
        actions.refuse_step(loan, said["from_day"], said["rate"], said["document"], on=today)
        return proposals.rate_step(loan, said["from_day"], said["rate"], today) if loan.disbursed_on else None

    return _page(request, loan, "enter_rate_step", forms.StepForm(request.POST or None), propose, actions.enter_rate_step, at_once=not loan.disbursed_on)


def _page(request, loan, name, form, propose, book, *, at_once=False, **more):
    """Ask, show what would change and whether it would be refused, and book what was shown; `at_once` where what is shown does not hang on what is typed."""
    today = office_today()
    try:
        acts.permit(name, loan=loan, by=request.user)
        proposal = propose({}) if at_once and propose and not (form.is_bound and form.fields) else None
    except Refused as refusal:
        return refused_page(request, loan, refusal)
    if form.is_valid():
        try:
            proposal = propose(form.cleaned_data) if propose else None
            if at_once or request.POST.get("shown") == seal(form):
                book(loan=loan, **form.cleaned_data, by=request.user, on=today)
                messages.success(request, _gettext("Done: %(act)s.") % {"act": acts.get(name).label})
                return redirect("loans:case", loan.number)
            with taken_back():
                book(loan=loan, **form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            proposal = proposal if at_once else None
            say(form, refusal)
    asked = loan.extensions.filter(ended_on=None, decided_on=None).first() if loan.disbursed_on else None
    sealed = seal(form) if proposal and form.is_bound and form.is_valid() else ""
    context = {"form": form, "act": acts.get(name), "proposal": proposal, "seal": sealed, "at_once": at_once, "asked": asked, **more}
    return render(request, "repayments/change.html", {**casefile.page(request, loan, today), **context})


def _asked(loan, today):
    return proposals.extension(loan, actions.open_extension(loan).months, today)


def _pay_off(loan, day):
    """What ends the loan on a day; nothing where it does not live."""
    return proposals.pay_off(loan, day) if loan.disbursed_on and day >= loan.disbursed_on and acts.get("repay_early").where.get(loan.state) else None


@require_GET
@for_roles(*READERS)
@reads_only
def extension_paper(request, number):
    """The 展期协议 of an extended loan, with everybody's consent."""
    loan = get_object_or_404(cases.cases(request.user), number=number, extensions__decided_on__isnull=False, extensions__ended_on=None)
    return shown(papers.extension(loan, base_url=request.build_absolute_uri("/"), on=office_today()), f"展期协议-{loan.number}.pdf")
