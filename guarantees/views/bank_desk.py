"""The bank's desk: what waits for its confirmation, what falls due, what is late."""

from datetime import timedelta

from django.shortcuts import render
from django.views.decorators.http import require_GET

from guarantees import queries
from loans.models import Loan
from loans.states import State
from repayments import queries as repayments
from staff.models import Role
from staff.office_date import office_today
from staff.web import for_roles, reads_only

DAYS_AHEAD = 31
ROWS = 10  # the rest is a click away, where repayments are reported


@require_GET
@for_roles(Role.BANK)
@reads_only
def bank_desk(request):
    """Credit decisions, disbursements, what falls due within the month and what is late, of the user's own bank."""
    today = office_today()
    loans = Loan.objects.filter(bank=request.user.bank).select_related("applicant", "bank")
    waiting = queries.awaiting_bank(request.user)
    due = repayments.due(loans, today, today + timedelta(DAYS_AHEAD), today)
    late = repayments.overdue(loans, today)
    context = {
        "decisions": [loan for loan in waiting if loan.state == State.PROMISED],
        "payouts": [loan for loan in waiting if loan.state == State.CONTRACTED],
        "due": due[:ROWS],
        "due_number": len(due),
        "due_principal": sum(one.principal for one in due),
        "late": late[:ROWS],
        "late_number": late.count(),
        "late_principal": sum(loan.late for loan in late),
        "position": queries.position(request.user.bank, on=today),
        "days": DAYS_AHEAD,
    }
    return render(request, "guarantees/bank_desk.html", context)
