"""Reward money, guarantee fee and handling fee, loan by loan (facts.md §2.1, §2.3, §3.5, §3.7). No database, no clock.

Amounts are yuan, rates percent, days counted first in, last out. Why these bases: docs/decisions/13-rewards-and-fees.md.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from loans.fees import Book, Kind, Rate
from loans.money import allotted, fen

NOTHING = Decimal("0.00")


class Days(NamedTuple):
    """Days of one year, first and last both counted."""

    first: date
    last: date

    @property
    def number(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def of_year(self) -> int:
        return 366 if isleap(self.first.year) else 365

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class Backed:
    """One loan as rewards and fees see it. `balances`: the principal that the fund stands for, from each of these days on, in their order."""

    loan_id: int
    number: str
    iou: str
    borrower: str
    bank_id: int
    enterprise: bool
    lent_on: date | None  # None: the disbursement was undone
    lent: Decimal
    balances: Sequence[tuple[date, Decimal]]


class Piece(NamedTuple):
    """One base under one rule, and what it comes to, unrounded. `rate` None: no rule held, nothing is paid."""

    first: date
    last: date
    base: Decimal
    rate: Rate | None
    amount: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Line:
    """What one loan brings of one kind in one year."""

    loan: Backed
    kind: Kind
    pieces: Sequence[Piece]

    @property
    def amount(self) -> Decimal:
        """Rounded once for the loan and year."""
        return fen(sum((piece.amount for piece in self.pieces), NOTHING))

    @property
    def parts(self) -> list[tuple[Piece, Decimal]]:
        """Each piece with its part to the fen; they sum to the line's amount."""
        return list(zip(self.pieces, allotted([piece.amount for piece in self.pieces], self.amount), strict=True))

    @property
    def quarter(self) -> int:
        """The calendar quarter in which the loan was lent: the handling fee is settled by it."""
        return (self.pieces[0].first.month + 2) // 3


def reward(loans: Iterable[Backed], book: Book, days: Days) -> list[Line]:
    """Reward money: a share of each new loan of the year, by the rule of its day of disbursement."""
    return [_of_lent(loan, Kind.REWARD, book) for loan in loans if loan.lent_on in days]


def handling_fee(loans: Iterable[Backed], book: Book, days: Days) -> list[Line]:
    """Handling fee: a share of each loan lent to an enterprise, once, by the rule of its day of disbursement."""
    return [_of_lent(loan, Kind.HANDLING_FEE, book) for loan in loans if loan.enterprise and loan.lent_on in days]


def guarantee_fee(loans: Iterable[Backed], book: Book, days: Days) -> list[Line]:
    """Guarantee fee: each day's guaranteed balance × rate ÷ 365, in a leap year 366.

    "At most 1 % of principal a year" (银发〔2002〕394号): divided by 360 a loan that stands all year would cost 1.0139 %.
    """
    lines = (Line(loan, Kind.GUARANTEE_FEE, tuple(_stretches(loan, book, days))) for loan in loans)
    return [line for line in lines if line.pieces]


WORKED_OUT = {Kind.REWARD: reward, Kind.GUARANTEE_FEE: guarantee_fee, Kind.HANDLING_FEE: handling_fee}


def average(lines: Iterable[Line], days: Days) -> Decimal:
    """The mean over these days of the balances that carry the guarantee fee."""
    return fen(sum((piece.base * piece.days for line in lines for piece in line.pieces), NOTHING) / days.number)


def _of_lent(loan: Backed, kind: Kind, book: Book) -> Line:
    assert loan.lent_on
    rate = book.on(kind, loan.lent_on)
    return Line(loan, kind, (Piece(loan.lent_on, loan.lent_on, loan.lent, rate, loan.lent * _percent(rate) / 100),))


def _stretches(loan: Backed, book: Book, days: Days) -> Iterator[Piece]:
    """The days cut where balance or rule changes; days without a balance are left out."""
    cuts = {day for day, _balance in loan.balances} | book.changes(Kind.GUARANTEE_FEE)
    starts = [days.first, *sorted(day for day in cuts if days.first < day <= days.last)]
    for start, following in zip(starts, [*starts[1:], days.last + timedelta(1)], strict=True):
        if base := _balance(loan, start):
            rate = book.on(Kind.GUARANTEE_FEE, start)
            yield Piece(start, following - timedelta(1), base, rate, base * _percent(rate) * (following - start).days / (100 * days.of_year))


def _balance(loan: Backed, day: date) -> Decimal:
    return next((balance for since, balance in reversed(loan.balances) if since <= day), NOTHING)


def _percent(rate: Rate | None) -> Decimal:
    return rate.percent if rate and rate.percent else NOTHING
