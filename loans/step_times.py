"""How long each step of a case takes and took, read from the case's history; which limits hold for it."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from loans.clocks import TIMED, Move, Step, measured, stays
from loans.models import LegalLimit, Loan, StepLimit
from loans.states import State
from staff.audit import label
from staff.models import Event
from staff.office_date import days_kept
from staff.workdays import add_working_days

NAMES = {  # what is done in a state, in the words of the case's path
    State.APPLIED: _("Community's recommendation"),
    State.RECOMMENDED: _("First review"),
    State.REVIEWED: _("Joint investigation"),
    State.INVESTIGATED: _("Second review"),
    State.CONFIRMED: _("Approval"),
    State.PROMISED: _("Bank's credit decision"),
    State.CONTRACTED: _("Disbursement"),
}
BANK_STEPS = (State.PROMISED, State.CONTRACTED)


def steps_of(loan, today) -> list[Step]:
    """Every stay of a case at a step up to a day, the present one last; none for loans from the old ledger."""
    return steps_of_many([loan], today)[loan.pk]


def steps_of_many(loans, today) -> dict[int, list[Step]]:
    """The same for many cases with a few questions."""
    cases = [loan for loan in loans if not loan.imported]
    moves, limits, kept = _moves(cases, today), _Limits(), days_kept()
    timed = {loan.pk: [measured(stay, limits.on(stay.state, stay.began), today, kept) for stay in stays(loan.applied_on, moves[label(loan)])] for loan in cases}
    return {loan.pk: timed.get(loan.pk, []) for loan in loans}


def present(loan, steps) -> Step | None:
    """The step whose clock runs, or is paused while papers are awaited."""
    return steps[-1] if steps and steps[-1].is_open and loan.state in (*TIMED, State.RETURNED) else None


def overdue(loans, today) -> list[tuple[Loan, Step]]:
    """The cases among these whose present step is over its limit, the longest over first."""
    waiting = list(loans.filter(imported=False, state__in=[*TIMED]).select_related("applicant", "bank", "officer").prefetch_related("investigations__opinions"))
    timed = steps_of_many(waiting, today)
    found = [(loan, step) for loan in waiting if (step := present(loan, timed[loan.pk])) and step.overdue]
    return sorted(found, key=lambda one: (-one[1].overdue, one[0].number))


def legal_limit(what, on) -> LegalLimit | None:
    """What a document in force on a day says of this answer."""
    rows = LegalLimit.objects.in_effect().filter(what=what, effective_from__lte=on).select_related("document")
    return rows.order_by("effective_from").last()


def latest_day(limit: LegalLimit, since: date) -> date:
    """The last day that a document leaves for an answer."""
    if limit.unit == LegalLimit.Unit.WORKING_DAYS:
        return add_working_days(since, limit.number, days_kept())
    if limit.unit == LegalLimit.Unit.WEEKS:
        return since + timedelta(weeks=limit.number)
    year, month = divmod(since.year * 12 + since.month - 1 + limit.number, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def _moves(loans, today):
    """{label of a case: its moves up to a day, oldest first}."""
    found = defaultdict(list)
    events = Event.objects.filter(kind="loan.moved", subject__in=[label(loan) for loan in loans], on__lte=today)
    for event in events.select_related("by", "delegation__holder").order_by("id"):
        found[event.subject].append(Move(event.on, State(event.data["was"]), State(event.data["now"]), event))
    return found


class _Limits:
    """The limits of all steps on every day."""

    def __init__(self):
        self.rows = list(StepLimit.objects.in_effect().order_by("effective_from"))

    def on(self, state, day):
        return next((row.working_days for row in reversed(self.rows) if row.step == state and row.effective_from <= day), None)
