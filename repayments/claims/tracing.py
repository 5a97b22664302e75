"""The audit trace of one loan: its quarters, their days × base × rate, what changed the base, and what was claimed. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from loans.models import Loan
from repayments.claims.due import NOTHING, Due
from repayments.claims.gathering import Lent, lent_by
from repayments.claims.queries import with_paid
from repayments.models import Entry, SubsidyLine
from repayments.schedule import add_months, balance_on
from repayments.subsidy import YEARS_OF_E, Piece, Quarter, quarter_of, quarters, subsidised_rate, trace


class Cause(NamedTuple):
    """Something that changed the base or the rate on a day: a receipt, a due row, a step of the rate; `entry` of the book where it is one."""

    day: date
    words: str
    amount: Decimal | None
    entry: int | None = None


class OnADay(NamedTuple):
    """How one day's subsidy comes about: the least of three balances, at the subsidised rate."""

    day: date
    actual: Decimal
    scheduled: Decimal
    cap: Decimal
    base: Decimal
    rate: Decimal
    amount: Decimal  # unrounded

    @property
    def smallest(self) -> str:
        return next(name for name in ("actual", "scheduled", "cap") if getattr(self, name) == min(self.actual, self.scheduled, self.cap))


@dataclass(frozen=True)
class Step:
    """One piece of a quarter with what began it and how its days come about."""

    piece: Piece
    part: Decimal  # of the quarter's rounded amount, to the fen
    causes: Sequence[Cause]
    first: OnADay


@dataclass(frozen=True)
class QuarterTrace:
    """One quarter of one loan: what the book says now, and the claims' lines about it."""

    due: Due
    steps: Sequence[Step]
    lines: Sequence[SubsidyLine]

    @property
    def quarter(self) -> Quarter:
        return self.due.quarter

    @property
    def taken_up(self) -> Decimal:
        return sum((line.due for line in self.lines), NOTHING)

    @property
    def open(self) -> Decimal:
        """What no claim holds yet."""
        return self.due.amount - self.taken_up


@dataclass(frozen=True)
class Life:
    """All of a loan's subsidy."""

    lent: Lent
    quarters: Sequence[QuarterTrace]

    @property
    def due(self) -> Decimal:
        return sum((one.due.amount for one in self.quarters), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for one in self.quarters for line in one.lines), NOTHING)


def life_of(loan: Loan, *, on: date) -> Life | None:
    """The trace of a loan's quarters that are over or running on a day; nothing where no subsidy belongs to it."""
    found = lent_by(on, loan=loan)
    if not found or not found[0].is_subsidised:
        return None
    (lent,) = found
    known: dict[str, list[SubsidyLine]] = {}
    for line in with_paid(SubsidyLine.objects.filter(loan=loan)).select_related("claim__bank"):
        known.setdefault(line.of_quarter, []).append(line)
    causes = _causes(lent)
    every = [quarter for quarter in quarters(lent.facts.disbursed, lent.facts.maturity) if quarter <= quarter_of(on)]
    return Life(lent, [_quarter(lent, quarter, causes, known.get(str(quarter), [])) for quarter in every])


def on_a_day(lent: Lent, day: date) -> OnADay:
    """The three balances of a day, the least of them, and what the day carries."""
    facts = lent.facts
    runs = facts.disbursed <= day < facts.maturity
    base = facts.base(day) if runs else NOTHING
    rate = subsidised_rate(facts.regime, facts.rate_on(day), facts.reference, facts.disbursed, day) if runs else Decimal(0)
    return OnADay(day, lent.balance(day), balance_on(facts.schedule, facts.principal, day), facts.cap, base, rate, base * rate / 36000)


def _quarter(lent: Lent, quarter: Quarter, causes: Sequence[Cause], lines: Sequence[SubsidyLine]) -> QuarterTrace:
    due = Due(lent, quarter, trace(lent.facts, quarter))
    steps = [_step(lent, piece, part, causes, quarter) for piece, part in due.allotted]
    return QuarterTrace(due, steps, lines)


def _step(lent: Lent, piece: Piece, part: Decimal, causes: Sequence[Cause], quarter: Quarter) -> Step:
    """A piece begins where something changed; the first of a quarter goes on from the one before, unless something fell on that very day."""
    began = [cause for cause in causes if cause.day == piece.first]
    if not began and piece.first == quarter.first:
        began = [Cause(piece.first, _("the quarter begins"), None)]
    return Step(piece, part, began, on_a_day(lent, piece.first))


def _causes(lent: Lent) -> list[Cause]:
    facts = lent.facts
    found = [Cause(facts.disbursed, _("disbursed"), facts.principal)]
    found += [Cause(row.due, _("planned principal falls due, row %(n)s") % {"n": row.seq}, row.principal) for row in facts.schedule if row.principal]
    found += [Cause(day, _("the contract reprices to %(rate)s %%") % {"rate": rate}, None) for day, rate in facts.steps]
    if facts.regime == "E":
        found += [Cause(add_months(facts.disbursed, 12 * year), _("year %(n)s of the loan begins") % {"n": year + 1}, None) for year in YEARS_OF_E]
    return sorted([*found, *_receipts(lent)], key=lambda cause: cause.day)


def _receipts(lent: Lent) -> list[Cause]:
    entries = Entry.objects.filter(lines__loan=lent.loan_id, lines__account="principal", reversed_by__isnull=True)
    rows = (
        entries.exclude(kind__in=("disbursement", "reversal"))
        .order_by("value_date", "id")
        .values_list("value_date", "kind", "reference", "lines__amount", "id")
    )
    words = _("%(kind)s %(reference)s")
    return [Cause(day, words % {"kind": Entry.Kind(kind).label, "reference": reference}, -amount, pk) for day, kind, reference, amount, pk in rows]


def stored(line: SubsidyLine) -> list[dict[str, Any]]:
    """The pieces as a claim keeps them, readable again."""
    return [
        {"first": date.fromisoformat(first), "last": date.fromisoformat(last), "days": days, "base": Decimal(base), "rate": Decimal(rate)}
        for first, last, days, base, rate, _amount in line.pieces
    ]
