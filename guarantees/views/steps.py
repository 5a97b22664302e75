"""From approval to disbursement: each act on the case's own page beside its evidence."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from guarantees import actions, forms, queries
from guarantees.actions.bank import refuse_amount
from loans import acts
from loans import queries as cases
from loans.actpage import act_page
from repayments.half_year.notice import issued_over
from staff.office_date import office_today
from staff.web import for_roles


def acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


def case_of(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


@acting("approve")
def approve(request, number):
    """Sign as the third person: the fund's room before and after stands beside the amount."""
    loan = case_of(request, number)
    form = forms.ApprovalForm(request.POST or None, initial={"amount": loan.amount_asked, "term": loan.term_asked})
    return act_page(request, loan, "approve", form, lambda **who: actions.approve(**form.cleaned_data, **who), template="guarantees/approve.html")


@acting("withdraw_promise")
def withdraw_promise(request, number):
    form = forms.ReasonForm(request.POST or None)
    return act_page(request, case_of(request, number), "withdraw_promise", form, lambda **who: actions.withdraw_promise(**form.cleaned_data, **who))


@acting("decide_credit")
def decide_credit(request, number):
    """The bank grants the credit: contract and rate; proposed are today and the ceiling of today."""
    loan, today = case_of(request, number), office_today()
    ceiling = cases.rate_ceiling_of(loan, cases.terms_of(loan, on=today), on=today)
    number = queries.next_contract_number(loan.bank, today)
    form = forms.ContractForm(request.POST or None, initial={"contract_number": number, "contract_date": today, "rate": ceiling and ceiling.normalize()})
    return act_page(request, loan, "decide_credit", form, lambda **who: actions.decide_credit(**form.cleaned_data, **who), template="guarantees/contract.html")


@acting("refuse_credit")
def refuse_credit(request, number):
    form = forms.ReasonForm(request.POST or None)
    return act_page(request, case_of(request, number), "refuse_credit", form, lambda **who: actions.refuse_credit(**form.cleaned_data, **who))


@acting("confirm_disbursement")
def confirm_disbursement(request, number):
    """The bank has paid out; proposed are today, the amount promised and the bank's next IOU number. What less of it frees is shown first."""
    loan, today = case_of(request, number), office_today()
    proposed = {"day": today, "amount": loan.amount_granted, "iou_number": queries.next_iou_number(loan.bank, today)}
    form = forms.DisbursementForm(request.POST or None, initial=proposed)

    def do(**who):
        actions.confirm_disbursement(**form.cleaned_data, **who)

    return act_page(request, loan, "confirm_disbursement", form, do, template="guarantees/disbursement.html", shows=lambda said: _lending(loan, said, today))


def _lending(loan, said, on):
    """What is seen before a disbursement is confirmed: the room that less than promised frees, a day in an issued half-year; else nothing."""
    refuse_amount(loan, said["amount"], said["difference_reason"])
    issued, freed = issued_over(said["day"]), loan.amount_granted - said["amount"]
    if not (freed or issued):
        return None
    before = queries.standing(loan.bank, on=on)
    return {"freed": freed, "issued": issued, "rows": before.beside(before.with_lent(loan.promise.amount, said["amount"]))}
