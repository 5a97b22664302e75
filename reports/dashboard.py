"""The office at one look: what it has achieved, the year's plan, the fund's room, arrears, and the work that waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from guarantees.queries import positions
from loans.models import Loan
from loans.states import BEFORE_PROMISE, RESERVED, State
from reports import arrears, figures, results, tables
from reports.meeting import charts
from reports.meeting.facts import Facts
from reports.meeting.sections import plan
from reports.meeting.sentences import TIGHT
from reports.periods import MONTH, Period, last_closed
from reports.tables import Cell


@dataclass(frozen=True)
class Step:
    """How many cases wait at one step, and for how much."""

    state: State
    cases: int
    amount: Decimal


@dataclass(frozen=True)
class Bucket:
    """Loans overdue for so many days."""

    key: str
    words: Any
    loans: int
    arrears: Decimal


@dataclass(frozen=True)
class Measure:
    """One target of the year's plan, and how far it is."""

    name: Any
    planned: Cell
    done: Cell
    unit: Cell
    share: Cell

    @property
    def filled(self):
        """For the bar, which is full when the plan is."""
        return min(self.done.value, self.planned.value)


def context(on: date) -> dict[str, Any]:
    """All that the page shows as of this day; what the office has achieved stands as of the last month's end, as in its monthly report."""
    period = Period(date(on.year, 1, 1), on)
    closed = last_closed(MONTH, on).last
    by_year = tables.of(results, period=period)
    planned_year = max((year for year in figures.plans(on=on) if year <= on.year), default=None)
    late = figures.late_loans(on=on)
    found = positions(on=on)
    return {
        "on": on,
        "closed": closed,
        "ever": figures.lent_in_all(last=closed),
        "this_month": figures.lent_in_all(first=closed + timedelta(days=1), last=on),
        "since": by_year.rows[0]["year"] if by_year.rows else on.year,
        "paid_in": figures.paid_in(on=closed),
        "paid_in_this_month": figures.paid_in(on=on) - figures.paid_in(on=closed),
        "outstanding": sum((position.used for position in found), figures.NOTHING),
        "plan": _measures(planned_year, on) if planned_year else [],
        "planned_year": planned_year,
        "positions": [(position, _tone(position)) for position in found],
        "buckets": _buckets(late),
        "late": len(late),
        "arrears": sum((one.arrears for one in late), figures.NOTHING),
        "by_year": by_year,
        "chart": charts.results(by_year) if by_year.rows else None,
        "steps": _steps(),
    }


def _measures(year, on):
    table = plan(Facts(Period(date(year, 1, 1), min(on, date(year, 12, 31)))))
    return [Measure(row["name"], *(table.cell(row["key"], name) for name in ("planned", "done", "unit", "share"))) for row in table.rows]


def _tone(position):
    """Amber from where the report would name the bank as the largest risk, red above the limit."""
    if position.over_limit:
        return "bad"
    return "warn" if position.leverage >= position.multiple * TIGHT else ""


def _buckets(late):
    by_bucket = {key: [one for one in late if one.bucket == key] for key in arrears.BUCKETS}
    return [Bucket(key, arrears.BUCKETS[key], len(ones), sum((one.arrears for one in ones), figures.NOTHING)) for key, ones in by_bucket.items()]


def _steps():
    waiting = (*BEFORE_PROMISE, *RESERVED)
    rows = Loan.objects.filter(state__in=waiting).order_by().values_list("state").annotate(Count("pk"), Sum("amount_asked"))
    found = {state: Step(State(state), cases, amount) for state, cases, amount in rows}
    return [found.get(state, Step(state, 0, figures.NOTHING)) for state in waiting]
