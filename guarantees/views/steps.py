"""From approval to disbursement, and the bank's demand: each act on the case's own page beside its evidence."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_http_methods

from guarantees import actions, forms, queries
from guarantees.models import Demand
from loans import acts, casefile
from loans import queries as cases
from loans.actpage import act_page
from repayments import queries as repayments
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.web import for_roles


def _acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


def _case(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


@_acting("approve")
def approve(request, number):
    """Sign as the third person: the fund's room before and after stands beside the amount."""
    loan = _case(request, number)
    form = forms.ApprovalForm(request.POST or None, initial={"amount": loan.amount_asked, "term": loan.term_asked})
    return act_page(request, loan, "approve", form, lambda **who: actions.approve(**form.cleaned_data, **who), template="guarantees/approve.html")


@_acting("withdraw_promise")
def withdraw_promise(request, number):
    form = forms.ReasonForm(request.POST or None)
    return act_page(request, _case(request, number), "withdraw_promise", form, lambda **who: actions.withdraw_promise(**form.cleaned_data, **who))


@_acting("decide_credit")
def decide_credit(request, number):
    """The bank grants the credit: contract and rate; proposed are today and the ceiling of today."""
    loan, today = _case(request, number), office_today()
    ceiling = cases.rate_ceiling_of(loan, cases.terms_of(loan, on=today), on=today)
    number = queries.next_contract_number(loan.bank, today)
    form = forms.ContractForm(request.POST or None, initial={"contract_number": number, "contract_date": today, "rate": ceiling and ceiling.normalize()})
    return act_page(request, loan, "decide_credit", form, lambda **who: actions.decide_credit(**form.cleaned_data, **who), template="guarantees/contract.html")


@_acting("refuse_credit")
def refuse_credit(request, number):
    form = forms.ReasonForm(request.POST or None)
    return act_page(request, _case(request, number), "refuse_credit", form, lambda **who: actions.refuse_credit(**form.cleaned_data, **who))


@_acting("confirm_disbursement")
def confirm_disbursement(request, number):
    """The bank has paid out; proposed are today, the amount promised and the bank's next IOU number."""
    loan, today = _case(request, number), office_today()
    proposed = {"day": today, "amount": loan.amount_granted, "iou_number": queries.next_iou_number(loan.bank, today)}
    form = forms.DisbursementForm(request.POST or None, initial=proposed)
    return act_page(
        request,
        loan,
        "confirm_disbursement",
        form,
        lambda **who: actions.confirm_disbursement(**form.cleaned_data, **who),
        template="guarantees/disbursement.html",
    )


@_acting("demand")
def demand(request, number):
    """The bank demands that the fund pay; proposed is the principal that is late."""
    loan = _case(request, number)
    late = repayments.arrears(loan, office_today()).amount if loan.disbursed_on else 0
    form = forms.DemandForm(request.POST or None, initial={"principal": late})
    return act_page(request, loan, "demand", form, lambda **who: actions.demand(**form.cleaned_data, **who))


@require_http_methods(["GET", "POST"])
@for_roles(Role.DIRECTOR, Role.FINANCE)
def reject_demand(request, pk):
    """Reject a bank's demand with its reason."""
    demand = get_object_or_404(Demand.objects.select_related("loan__applicant", "loan__bank"), pk=pk)
    form, today = forms.ReasonForm(request.POST or None), office_today()
    if form.is_valid():
        try:
            actions.reject_demand(demand=demand, **form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _gettext("The demand was rejected."))
            return redirect("loans:case", demand.loan.number)
    act = {"label": _gettext("Reject the demand")}
    return render(request, "loans/act.html", {**casefile.page(request, demand.loan, today), "form": form, "act": act})
