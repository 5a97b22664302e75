"""What finance pays of a loan's interest, by day and by regime (domain.md §4; facts.md §3.4). No database, no clock.

Amounts are yuan, rates percent a year, days counted first in, last out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

from loans.money import fen
from loans.policy import Regime
from repayments.schedule import SETTLEMENT_DAY, Row, add_months, balance_on

ZERO = Decimal("0.00")
POINTS_BELOW_LPR = Decimal("1.5")  # what the borrower bears under regime G is the LPR less this

HALF = (Regime.A_HALF, Regime.B_HALF, Regime.H)
NEEDS_REFERENCE = (Regime.C, Regime.F, Regime.G)
BORROWER_PAYS_FIRST = (Regime.C,)
YEARS_OF_E = (1, 2, 3)


class NoReferenceRate(ValueError):
    """Regimes C, F and G are measured against a rate of the contract day: the benchmark (C), the LPR (F, G)."""


class NotAQuarter(ValueError):
    """A quarter is written 2009-Q1."""


class Quarter(NamedTuple):
    """A quarter of subsidy: [Q', Q) from one settlement day to the day before the next; 21-31 December belong to next year's first."""

    year: int
    n: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.n - 3, SETTLEMENT_DAY) if self.n > 1 else date(self.year - 1, 12, SETTLEMENT_DAY)

    @property
    def last(self) -> date:
        return date(self.year, 3 * self.n, SETTLEMENT_DAY - 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.n + 1) if self.n < 4 else Quarter(self.year + 1, 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.n}"

    @classmethod
    def parse(cls, text: str) -> Self:
        if not (parts := re.fullmatch(r"(\d{4})-Q([1-4])", text)):
            raise NotAQuarter(f"{text} is no quarter such as 2009-Q1.")
        return cls(int(parts[1]), int(parts[2]))


@dataclass(frozen=True)
class LoanFacts:
    """What the subsidy of a loan depends on. `receipts` are principal received by value date; `reference` as in `NoReferenceRate`."""

    regime: Regime | None  # None: no subsidy
    principal: Decimal
    rate: Decimal
    disbursed: date
    maturity: date  # the original one: an extension carries no subsidy
    cap: Decimal  # the part of a balance above the subsidised cap carries none
    schedule: Sequence[Row]
    receipts: Sequence[tuple[date, Decimal]] = ()
    reference: Decimal | None = None
    steps: Sequence[tuple[date, Decimal]] = ()  # where the contract reprices: from which day, at which rate
    pays_first: bool = False  # the bank agreed that the borrower pays all interest and is refunded
    original: Sequence[Row] = ()  # the schedule of the disbursement, where `schedule` is a later one: above its balance nothing is financed

    @cached_property
    def received(self) -> tuple[list[date], list[Decimal]]:
        """Value dates in order, and what had been received by the end of each."""
        ordered = sorted(self.receipts)
        return [day for day, _amount in ordered], list(accumulate(amount for _day, amount in ordered))

    @property
    def borrower_pays_first(self) -> bool:
        """Does the borrower pay all interest, and get finance's part back?"""
        return self.regime is not None and (self.pays_first or self.regime in BORROWER_PAYS_FIRST)

    def rate_on(self, day: date) -> Decimal:
        """The contract's rate on a day: as signed, until the latest step not after it."""
        return max((step for step in self.steps if step[0] <= day), default=(day, self.rate), key=lambda step: step[0])[1]

    def base(self, day: date) -> Decimal:
        """The balance in yuan that carries subsidy on a day: the least of actual, scheduled and capped."""
        days, totals = self.received
        seen = bisect_right(days, day)
        actual = self.principal - (totals[seen - 1] if seen else ZERO)
        return max(ZERO, min(actual, balance_on(self.schedule, self.principal, day), self.cap))


class Piece(NamedTuple):
    """Days in a row with one base and one rate, and the unrounded subsidy that they carry: a line of the audit trace."""

    first: date
    last: date
    days: int
    base: Decimal
    rate: Decimal
    amount: Decimal


def quarter_of(day: date) -> Quarter:
    """The quarter of subsidy that a day belongs to."""
    n = (day.month + 2) // 3
    quarter = Quarter(day.year, n)
    return quarter if day <= quarter.last else quarter.next


def quarters(disbursed: date, maturity: date) -> list[Quarter]:
    """The quarters in which a loan can carry subsidy, in order."""
    found = [quarter_of(disbursed)]
    while found[-1].last + timedelta(1) < maturity:
        found.append(found[-1].next)
    return found


def subsidised_rate(regime: Regime | None, rate: Decimal, reference: Decimal | None, disbursed: date, day: date) -> Decimal:
    """The part of the rate that finance pays on a day, percent a year."""
    if regime is None:
        return Decimal(0)
    if regime in NEEDS_REFERENCE:
        if reference is None:
            raise NoReferenceRate(f"Regime {regime} needs the reference rate of the contract day.")
        return max(Decimal(0), rate - (reference - POINTS_BELOW_LPR)) if regime == Regime.G else reference / 2
    if regime in HALF:
        return rate / 2
    return rate * thirds(disbursed, day) / 3 if regime == Regime.E else rate


def thirds(disbursed: date, day: date) -> int:
    """Regime E: how many thirds of the interest finance pays, one fewer each twelve months from disbursement."""
    return sum(day < add_months(disbursed, 12 * year) for year in YEARS_OF_E)


def trace(loan: LoanFacts, quarter: Quarter) -> list[Piece]:
    """How a quarter's subsidy comes about, piece by piece; days without any are left out."""
    return [piece for piece in _pieces(loan, quarter) if piece.amount]


def subsidy(loan: LoanFacts, quarter: Quarter) -> Decimal:
    """The subsidy of a loan for a quarter in yuan, rounded once."""
    return total(trace(loan, quarter))


def total(pieces: Sequence[Piece]) -> Decimal:
    """The sum of a trace in yuan, rounded once."""
    return _fen_of_quotients(sum((piece.amount for piece in pieces), ZERO))


def borrower_part(loan: LoanFacts, row: Row) -> Decimal:
    """What the borrower pays of a planned row's interest in yuan: all of it less what finance pays the bank directly.

    Finance's share is worked out by the days of the row, so that it also fits rows whose interest goes by months or is given.
    """
    before, since = row.balance_after + row.principal, _due_before(loan, row)
    cuts = (*_changes_of_rate(loan), *(first.due for first in loan.original), loan.maturity)
    days = sorted({since, *(day for day in cuts if since < day < row.due), row.due})
    stretches = [(first, (end - first).days) for first, end in pairwise(days)]
    whole = sum((before * loan.rate_on(first) * n for first, n in stretches), ZERO)
    if not whole or loan.borrower_pays_first:
        return row.interest
    financed = sum(min(before, _most_financed(loan, first)) * _rate(loan, first) * n for first, n in stretches if first < loan.maturity)
    return _fen_of_quotients(row.interest * (whole - financed) / whole)


def _most_financed(loan: LoanFacts, day: date) -> Decimal:
    return min(loan.cap, balance_on(loan.original, loan.principal, day)) if loan.original else loan.cap


def _fen_of_quotients(amount: Decimal) -> Decimal:
    # A third has no end in figures: what 28 of them lack must not tip half a fen.
    return fen(amount.quantize(Decimal("1e-12")))


def _due_before(loan: LoanFacts, row: Row) -> date:
    return next((earlier.due for earlier in reversed(loan.schedule) if earlier.due < row.due), loan.disbursed)


def _pieces(loan: LoanFacts, quarter: Quarter) -> Iterator[Piece]:
    """The quarter cut where the base or the rate changes."""
    first, end = max(quarter.first, loan.disbursed), min(quarter.last + timedelta(1), loan.maturity)
    if first >= end:
        return
    changes = (*(row.due for row in loan.schedule), *(day for day, _amount in loan.receipts), *_changes_of_rate(loan))
    start, base, rate = first, loan.base(first), _rate(loan, first)
    for day in sorted({day for day in changes if first < day < end}):
        if (loan.base(day), _rate(loan, day)) != (base, rate):
            yield _piece(start, day, base, rate)
            start, base, rate = day, loan.base(day), _rate(loan, day)
    yield _piece(start, end, base, rate)


def _changes_of_rate(loan: LoanFacts) -> Iterator[date]:
    """The days on which regime E steps down, and those on which the contract reprices."""
    yield from (add_months(loan.disbursed, 12 * year) for year in YEARS_OF_E)
    yield from (day for day, _rate_then in loan.steps)


def _rate(loan: LoanFacts, day: date) -> Decimal:
    return subsidised_rate(loan.regime, loan.rate_on(day), loan.reference, loan.disbursed, day)


def _piece(start: date, end: date, base: Decimal, rate: Decimal) -> Piece:
    days = (end - start).days
    return Piece(start, end - timedelta(1), days, base, rate, base * rate * days / 36000)
