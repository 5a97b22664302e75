"""A year's rewards and fees by bank: what the pages, the CSV file and the report show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from loans.fees import Book, Kind, Rate
from loans.models import Loan
from repayments.claims.shares import Shares, add_up, shared
from repayments.fees.computing import NOTHING, WORKED_OUT, Days, Line, average
from repayments.fees.gathering import backed
from staff.models import Bank

FIRST_YEAR = 2004  # the office's first loans


@dataclass(frozen=True)
class Figure:
    """What one kind comes to in one year: of one bank, or of several together."""

    kind: Kind
    days: Days
    lines: Sequence[Line]

    @cached_property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), NOTHING)

    @cached_property
    def base(self) -> Decimal:
        """The amount lent; of the guarantee fee the average balance."""
        if self.kind == Kind.GUARANTEE_FEE:
            return average(self.lines, self.days)
        return sum((line.loan.lent for line in self.lines), NOTHING)

    @cached_property
    def ruled(self) -> Decimal:
        """Of the amount lent, what was lent while a rule held."""
        return sum((line.loan.lent for line in self.lines if line.pieces[0].rate), NOTHING)

    @property
    def quarters(self) -> list[Decimal]:
        """The amount by the calendar quarter of disbursement."""
        return [sum((line.amount for line in self.lines if line.quarter == n), NOTHING) for n in (1, 2, 3, 4)]

    @cached_property
    def shares(self) -> Shares:
        """Who bears it, by each row's own split."""
        return add_up(shared(part, piece.rate.split) for line in self.lines for piece, part in line.parts if piece.rate)


@dataclass(frozen=True)
class OfKind:
    """One kind in one year: its figure bank by bank, and the rows behind it."""

    kind: Kind
    days: Days
    banks: Sequence[tuple[Bank, Figure]]
    total: Figure
    rates: Sequence[Rate]  # those that held in these days, in their order
    missing: Sequence[Rate]  # those that speak of it and whose text is missing
    first: Rate | None  # the first row on record that states a percentage

    @property
    def begins_later(self) -> bool:
        """Did no rule hold yet on the first of these days?"""
        return self.first is not None and self.first.since > self.days.first


def days_of(year: int, on: date) -> Days:
    """The days of a year that have come."""
    return Days(date(year, 1, 1), min(date(year, 12, 31), on))


def years(on: date) -> range:
    """The years that can be asked for, newest first."""
    return range(on.year, FIRST_YEAR - 1, -1)


def year_of(days: Days, banks: Sequence[Bank], *, book: Book | None = None) -> list[OfKind]:
    """All kinds over days of one year, for these banks."""
    book = book or Book.on_record()
    loans = backed(days, banks=[bank.pk for bank in banks])
    return [_of_kind(kind, work_out(loans, book, days), days, banks, book) for kind, work_out in WORKED_OUT.items()]


def of_loan(loan: Loan, days: Days) -> list[Line]:
    """What one loan brings of each kind, with the pieces that it is made of."""
    book, found = Book.on_record(), backed(days, banks=[loan.bank_id], loan=loan)
    return [line for work_out in WORKED_OUT.values() for line in work_out(found, book, days)]


def _of_kind(kind: Kind, lines: list[Line], days: Days, banks: Sequence[Bank], book: Book) -> OfKind:
    own = {bank.pk: [line for line in lines if line.loan.bank_id == bank.pk] for bank in banks}
    return OfKind(
        kind=kind,
        days=days,
        banks=[(bank, Figure(kind, days, own[bank.pk])) for bank in banks],
        total=Figure(kind, days, lines),
        rates=book.holding(kind, *days),
        missing=book.missing(kind, *days),
        first=next(iter(book.of(kind)), None),
    )
