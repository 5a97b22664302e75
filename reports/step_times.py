"""How long each step of each case took: who, from when to when, working days used and paused, the limit and what is over it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import step_times
from loans.clocks import Step
from loans.models import Loan
from loans.states import BEFORE_PROMISE, RESERVED
from loans.turns import roles_at, roles_of, the_one
from reports.tables import Column, Kind, Table, hundredths
from staff.delegations import signature
from staff.models import Role
from staff.scope import visible

TITLE = _("Step times")
ABOUT = _("Every step that ran in these days: who had it, the working days it took beside its limit, and pauses while papers were awaited. Overdue ones first.")
COLUMNS = {
    "case": Column(_("Case")),
    "borrower": Column(_("Borrower")),
    "bank": Column(_("Bank")),
    "step": Column(_("Step"), Kind.LABEL),
    "who": Column(_("Who")),
    "began": Column(_("From"), Kind.DAY),
    "ended": Column(_("To"), Kind.DAY),
    "standing": Column(_("Standing"), Kind.LABEL),
    "used": Column(_("Working days used"), Kind.COUNT),
    "paused": Column(_("Paused"), Kind.COUNT),
    "limit": Column(_("Limit"), Kind.COUNT),
    "over": Column(_("Over by"), Kind.COUNT),
}
SUMS = {
    "steps": Column(_("Steps"), Kind.COUNT),
    "open": Column(_("Not finished"), Kind.COUNT),
    "late": Column(_("Over the limit"), Kind.COUNT),
    "over": Column(_("Over by (working days)"), Kind.COUNT),
    "average": Column(_("Working days on average"), Kind.TIMES),
    "longest": Column(_("Longest"), Kind.COUNT),
}
FINISHED, RUNNING, PAUSED = "finished", "running", "paused"
STANDINGS = {FINISHED: _("step finished"), RUNNING: _("running"), PAUSED: _("paused")}
LATE = "late"
ON_THE_WAY = [*BEFORE_PROMISE, *RESERVED]


class Who(NamedTuple):
    """One who did a step or has it: the person where it is known, else the role."""

    pk: int | None
    name: str
    role: Any


@dataclass(frozen=True)
class Row:
    case: str
    borrower: str
    bank: str
    step: Any
    who: str
    began: date
    ended: date | None
    standing: Any
    used: int
    paused: int | None
    limit: int | None
    over: int | None
    late: int  # the same as a number, 0 where it is in time
    key: str  # of the standing
    url: str  # of the case
    state: str
    people: tuple[Who, ...]
    guessed: bool


def rows(*, period, user=None, on=None, step="", person=None, bank=None, standing=""):
    """One line a step that ran in the period, measured on a day (else on the last one); of banks and people as far as asked for."""
    on = on or period.last
    cases = _cases(period, user, bank)
    timed, last = step_times.steps_of_many(cases, on), min(period.last, on)
    found = [_row(loan, one) for loan in cases for one in timed[loan.pk] if one.began <= last and (one.ended or on) >= period.first]
    wanted = [row for row in found if _wanted(row, step, person, standing)]
    return sorted(wanted, key=lambda row: (-row.late, row.key == FINISHED, row.began, row.case))


def _cases(period, user, bank):
    """The cases that may have stood at a step in the period."""
    loans = Loan.objects.filter(imported=False, applied_on__lte=period.last).filter(Q(state__in=ON_THE_WAY) | Q(state_since__gte=period.first))
    loans = visible(loans, user) if user else loans
    return list((loans.filter(bank=bank) if bank else loans).select_related("applicant", "bank", "officer").prefetch_related("investigations__opinions"))


def foot(found):
    sums = {name: sum(row.__dict__[name] or 0 for row in found) for name in ("used", "paused", "over")}
    return dict.fromkeys(COLUMNS, None) | {"case": _("Total"), "borrower": _gettext("%(n)s steps") % {"n": len(found)}} | sums


def note(found):
    """Said where a day lies beyond the calendars on record."""
    return _("Some days lie beyond the calendars on record: there weekdays and the days off kept here were counted.") if any(r.guessed for r in found) else ""


def summaries(found) -> list[Table]:
    """The same steps by step, in the order of the way, and by person."""
    by_step, by_person = defaultdict(list), defaultdict(list)
    for row in found:
        by_step[row.state].append(row)
        for who in row.people:
            by_person[str(who.role), who.name].append(row)
    steps = [{"step": step_times.NAMES[state], **_sums(by_step[state])} for state in step_times.NAMES if state in by_step]
    people = [{"who": name or role, "role": role, **_sums(of)} for (role, name), of in sorted(by_person.items(), key=lambda one: (-_late(one[1]), one[0]))]
    return [
        Table("by_step", _("By step"), {"step": Column(_("Step"), Kind.LABEL), **SUMS}, steps),
        Table("by_person", _("By person"), {"who": Column(_("Who")), "role": Column(_("Role")), **SUMS}, people),
    ]


def _sums(of: list[Row]) -> dict[str, Any]:
    used = [row.used for row in of]
    return {
        "steps": len(of),
        "open": sum(row.key != FINISHED for row in of),
        "late": _late(of),
        "over": sum(row.late for row in of),
        "average": hundredths(Decimal(sum(used)) / len(of)),
        "longest": max(used),
    }


def _late(of: Iterable[Row]) -> int:
    return sum(row.late > 0 for row in of)


def _wanted(row, step, person, standing):
    return (
        (not step or row.state == step)
        and (not person or person.pk in {who.pk for who in row.people})
        and (not standing or row.key == standing or (standing == LATE and row.late > 0))
    )


def _row(loan: Loan, step: Step) -> Row:
    people = _people(loan, step)
    standing = FINISHED if step.ended else PAUSED if step.paused_since else RUNNING
    return Row(
        case=loan.number,
        borrower=loan.applicant.name,
        bank=loan.bank.short_name,
        step=step_times.NAMES[step.state],
        who=signature(step.by.by, step.by.delegation) if step.by and step.by.by else "、".join(who.name or str(who.role) for who in people),
        began=step.began,
        ended=step.ended,
        standing=STANDINGS[standing],
        used=step.used,
        paused=step.paused or None,
        limit=step.limit,
        over=step.overdue or None,
        late=step.overdue,
        key=standing,
        url=reverse("loans:case", args=[loan.number]),
        state=step.state,
        people=people,
        guessed=step.guessed,
    )


def _people(loan, step) -> tuple[Who, ...]:
    """Who ended a step; of one that is not finished, whose it is."""
    if step.by and step.by.by:
        return (Who(step.by.by.pk, step.by.by.name, Role(step.by.by.role).label),)
    roles = roles_of(loan) if loan.state == step.state else roles_at(step.state)
    return tuple(Who(person and person.pk, person.name if person else "", Role(role).label) for role in roles for person in [the_one(role, loan)])
