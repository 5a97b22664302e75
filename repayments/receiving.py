"""What a bank is about to report: which loans a receipt is expected of, and what it would be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from loans import rulebook
from loans.forms_of_repayment import Form
from loans.models import Loan
from repayments import left_over, penalty, queries, versions
from repayments.borrower_plan import facts_of
from repayments.models import Instalment
from repayments.queries import Share, allocate
from repayments.rescheduling import Plan
from repayments.schedule import Row as DueRow
from repayments.subsidy import borrower_part

NOTHING = Decimal("0.00")
ROWS = 20
WEEK, MONTH, LATE = "week", "month", "late"
TABS = ((WEEK, _("Due this week")), (MONTH, _("Due this month")), (LATE, _("Overdue")))
AHEAD = {WEEK: timedelta(7), MONTH: timedelta(31)}


@dataclass(frozen=True)
class Proposal:
    """What a loan would pay next: late principal first, else its next row with the borrower's part of the interest."""

    loan: Loan
    due: date | None
    days_late: int
    owed: Decimal
    principal: Decimal
    interest: Decimal
    penalty: Decimal

    def as_initial(self, on: date) -> dict[str, Any]:
        return {"value_date": on, "principal": self.principal, "interest": self.interest, "penalty": self.penalty or None}


def expected(loans: QuerySet[Loan], *, show: str, text: str, on: date) -> QuerySet[Loan]:
    """The live loans a receipt is expected of, the earliest due first: within a week or a month, late, or found by IOU number or name."""
    live = queries.owing(loans.filter(state=Loan.State.LIVE), on)
    if text:
        return live.filter(Q(iou_number__icontains=text) | Q(applicant__name__icontains=text)).order_by("iou_number")
    if show == LATE:
        return queries.overdue(loans, on)
    coming = Instalment.objects.filter(schedule=OuterRef("schedule_in_force"), due__range=(on, on + AHEAD.get(show, AHEAD[WEEK])))
    open_rows = coming.filter(Q(balance_after__lt=OuterRef("owed")) | Q(interest__gt=0)).order_by()
    first = Subquery(open_rows.values("schedule").annotate(first=Min("due")).values("first"))
    return live.annotate(due_next=first).filter(due_next__isnull=False).order_by(F("due_next"), "iou_number")


def proposals(loans: Iterable[Loan], on: date) -> list[Proposal]:
    """What each of these loans, with the columns of `queries.owing`, would pay next."""
    loans = list(loans)
    prefetch_related_objects(loans, "rate_steps")
    rules, rates = rulebook.rules(), rulebook.all_rates()
    plans: dict[int, list[Instalment]] = {}
    for row in Instalment.objects.filter(schedule__in=[loan.schedule_in_force for loan in loans]).order_by("sequence"):
        plans.setdefault(row.schedule_id, []).append(row)
    booked = {loan: [DueRow(r.sequence, r.due, r.principal, r.interest, r.balance_after) for r in plans.get(loan.schedule_in_force, [])] for loan in loans}
    fines = penalty.owed_by({loan: _plan(loan, rows) for loan, rows in booked.items()}, on)
    made = []
    for loan, rows in booked.items():
        facts = facts_of(loan, rows, among=rules, rates=rates)
        own = {row.seq: borrower_part(facts, row) for row in facts.schedule}
        made.append(_proposal(loan, allocate(plans.get(loan.schedule_in_force, []), loan.principal - loan.owed, on), own, on, fines[loan.pk]))
    return made


def _plan(loan: Loan, rows: Sequence[DueRow]) -> Plan:
    rates = versions.rates_from(loan, loan.disbursed_on, loan.rate_steps.all())
    return Plan(Form(loan.form), loan.principal, loan.disbursed_on, loan.maturity, rates, tuple(rows), loan.grace_months)


def proposal(loan: Loan, on: date) -> dict[str, Any]:
    """What one loan would pay next, as the first words of a form; of a settled one what it has left unpaid; only the day of any other."""
    if loan.state == Loan.State.SETTLED:
        return {"value_date": on, "principal": NOTHING, "interest": left_over.interest(loan), "penalty": left_over.fines(loan) or None}
    found = queries.owing(Loan.objects.filter(pk=loan.pk, state=Loan.State.LIVE), on).first()
    return proposals([found], on)[0].as_initial(on) if found else {"value_date": on}


def _proposal(loan: Loan, shares: Sequence[Share], own: dict[int, Decimal], on: date, fine: Decimal) -> Proposal:
    late = [share for share in shares if share.days_late]
    coming = next((share for share in shares if share.due >= on and (share.remaining or own[share.sequence])), None)
    row = late[0] if late else coming
    if row is None:
        return Proposal(loan, None, 0, loan.owed, loan.owed, NOTHING, fine)
    principal = sum((share.remaining for share in late), NOTHING) if late else row.remaining
    return Proposal(loan, row.due, row.days_late, loan.owed, principal, own[row.sequence], fine)
