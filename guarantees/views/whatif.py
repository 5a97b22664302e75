"""What if: a list of cases and amounts against the fund's room. Only asked and shown; nothing is kept."""

from django.shortcuts import render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET

from guarantees import forms, whatif
from guarantees import outlook as outlooks
from guarantees.actions.suspension import BankIsSuspended, refuse_suspended
from guarantees.whatif import Proposal
from loans.models import Loan
from loans.states import BEFORE_PROMISE, State
from staff.office_date import office_today
from staff.web import WHOLE_OFFICE, for_roles, reads_only

FREE_LINES = 3


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def what_if(request):
    """Cases before their promise, and amounts that nobody has asked for yet, one after the other against each bank's room."""
    today = office_today()
    cases = waiting_cases()
    chosen = set(request.GET.getlist("case")) if "asked" in request.GET or "case" in request.GET else _ready(cases)
    today_and_on = outlooks.outlook(on=today, plans=[])
    days = [month.last for month in today_and_on.total] if today_and_on.banks else [today]
    lines = [forms.FreeLineForm(request.GET if f"line{n}-amount" in request.GET else None, prefix=f"line{n}", days=days) for n in range(FREE_LINES)]
    placed = whatif.place([*_of_cases(cases, chosen), *_of_lines(lines)], rooms_of(today_and_on), closed_banks(today_and_on, today))
    after = outlooks.outlook(on=today, plans=[], proposed=whatif.as_flows(placed, days))
    context = {
        "cases": [(loan, loan.number in chosen) for loan in cases],
        "lines": lines,
        "placed": [(one, _bank_name(today_and_on, one.proposal.bank), days[one.proposal.month]) for one in placed],
        "refused": [one for one in placed if not one.fits],
        "banks": list(zip(today_and_on.banks, after.banks, strict=True)),
        "amount": sum(one.proposal.amount for one in placed),
    }
    return render(request, "guarantees/what_if.html", context)


def waiting_cases():
    """The cases that may still be promised, those that are ready first, in the order in which they came."""
    order = {state: at for at, state in enumerate(reversed(BEFORE_PROMISE))}
    found = Loan.objects.filter(state__in=BEFORE_PROMISE, bank__fund_account__isnull=False).select_related("applicant", "bank").order_by("number")
    return sorted(found, key=lambda loan: order[State(loan.state)])


def rooms_of(outlook):
    """{bank: its room today and at the coming month ends}."""
    return {one.bank.pk: [month.room for month in one.months] for one in outlook.banks}


def closed_banks(outlook, today):
    """{bank: why nothing is promised for it today}, by the very rule that refuses a promise."""
    found = {}
    for one in outlook.banks:
        try:
            refuse_suspended(one.bank, on=today)
        except BankIsSuspended as refusal:
            found[one.bank.pk] = str(refusal)
    return found


def _ready(cases):
    return {loan.number for loan in cases if loan.state == State.CONFIRMED}


def _of_cases(cases, chosen):
    return [Proposal(loan.applicant.name, loan.bank_id, loan.amount_asked, 0, loan) for loan in cases if loan.number in chosen]


def _of_lines(lines):
    typed = [line.cleaned_data for line in lines if line.is_valid() and line.cleaned_data.get("amount")]
    return [Proposal(_gettext("not asked for yet"), line["bank"].pk, line["amount"], int(line["month"] or 0)) for line in typed]


def _bank_name(outlook, pk):
    return next((one.bank.name for one in outlook.banks if one.bank.pk == pk), "")
