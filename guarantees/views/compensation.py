"""A demand on the fund, from the bank's papers to the payment: each act on the case's own page beside its evidence."""

from guarantees import actions, compensation, queries
from guarantees import compensation_forms as forms
from guarantees.actions.compensation import payment
from guarantees.models import RequiredPaper
from guarantees.views.steps import acting, case_of
from loans.actpage import act_page
from repayments import ledger
from staff.errors import Refused
from staff.office_date import office_today


@acting("demand")
def demand(request, number):
    """The bank demands that the fund pay; proposed is all that is owed, for a compensated loan leaves the bank's books whole."""
    loan = case_of(request, number)
    kinds = compensation.required(RequiredPaper.For.DEMAND, on=office_today())
    form = forms.DemandForm(request.POST or None, request.FILES or None, kinds=kinds, initial={"principal": ledger.outstanding(loan)})

    def do(**who):
        said = {name: form.cleaned_data[name] for name in ("principal", "interest", "reason")}
        actions.demand(papers=form.papers(), **said, **who)

    return act_page(request, loan, "demand", form, do, template="guarantees/demand.html")


@acting("bring_papers")
def bring_papers(request, number):
    """The bank brings what was missing or not in order."""
    loan = case_of(request, number)
    asked = compensation.open_demand(loan)
    form = forms.BringForm(request.POST or None, request.FILES or None, kinds=compensation.papers_wanted(asked) if asked else ())
    return act_page(request, loan, "bring_papers", form, lambda **who: actions.bring_papers(papers=form.papers(), **who), template="guarantees/papers.html")


@acting("check_papers")
def check_papers(request, number):
    """The loan officer goes through what the bank brought."""
    loan = case_of(request, number)
    asked = compensation.open_demand(loan)
    form = forms.CheckForm(request.POST or None, papers=compensation.papers_unchecked(asked) if asked else ())
    return act_page(request, loan, "check_papers", form, lambda **who: actions.check_papers(found=form.found(), **who), template="guarantees/check.html")


@acting("sign_compensation")
def sign_compensation(request, number):
    """One of the three signatures; what the payment would mean stands beside it."""
    loan = case_of(request, number)
    form = forms.SignForm(request.POST or None)
    do = lambda **who: actions.sign_compensation(**form.cleaned_data, **who)  # noqa: E731
    return act_page(request, loan, "sign_compensation", form, do, template="guarantees/sign_compensation.html", **_preview(loan))


@acting("pay_compensation")
def pay_compensation(request, number):
    """Finance pays: day and document, beside what it means for fund, bank and rate."""
    loan = case_of(request, number)
    form = forms.PaymentForm(request.POST or None, initial={"day": office_today()})
    do = lambda **who: actions.pay_compensation(**form.cleaned_data, **who)  # noqa: E731
    return act_page(request, loan, "pay_compensation", form, do, template="guarantees/pay_compensation.html", **_preview(loan))


def _with_reason(name):
    """The page of an act that needs nothing but its reason."""
    action = getattr(actions, name)

    @acting(name)
    def page(request, number):
        form = forms.UndoForm(request.POST or None)
        do = lambda **who: action(**form.cleaned_data, **who)  # noqa: E731
        return act_page(request, case_of(request, number), name, form, do, template="guarantees/reverse.html")

    return page


reject_demand = _with_reason("reject_demand")
withdraw_demand = _with_reason("withdraw_demand")
reverse_compensation = _with_reason("reverse_compensation")
reverse_write_off = _with_reason("reverse_write_off")
reject_write_off = _with_reason("reject_write_off")


def _preview(loan):
    """What paying the open demand would mean, by the very function that pays; or why it cannot be paid."""
    asked, today = compensation.open_demand(loan), office_today()
    if asked is None:
        return {"asked": None, "preview": None, "refusal": None}
    try:
        outstanding, principal, interest, parts = payment(asked)
    except Refused as refusal:
        return {"asked": asked, "preview": None, "refusal": refusal}
    before, rate = queries.standing(loan.bank, on=today), compensation.rate_now(loan.bank, on=today)
    preview = {
        "outstanding": outstanding,
        "principal": principal,
        "interest": interest,
        "parts": parts,
        "agreement": compensation.agreement_of(loan.bank, asked.demanded_on),
        "before": before,
        "after": before.with_compensation(parts.fund, outstanding),
        "rate": rate,
        "rate_after": rate.with_payment(parts.paid, outstanding),
        "limit": compensation.limit_on(today),
    }
    return {"asked": asked, "preview": preview, "refusal": None}
