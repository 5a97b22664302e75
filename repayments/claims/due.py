"""What is due for a quarter (应贴息), loan by loan and piece by piece. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from loans.money import allotted
from repayments.claims.gathering import Lent, lent_by
from repayments.claims.shares import Shares, shared
from repayments.subsidy import Piece, Quarter, total, trace
from staff.models import Bank

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Due:
    """What one loan carries in one quarter, with the pieces that it is made of."""

    lent: Lent
    quarter: Quarter
    pieces: Sequence[Piece]

    @property
    def amount(self) -> Decimal:
        """Rounded once for the loan and quarter."""
        return total(self.pieces)

    @property
    def shares(self) -> Shares:
        return shared(self.amount, self.lent.split)

    @property
    def allotted(self) -> list[tuple[Piece, Decimal]]:
        """Each piece with its part to the fen; the parts sum to the loan's amount, odd fen go where most was cut off."""
        return list(zip(self.pieces, allotted([piece.amount for piece in self.pieces], self.amount), strict=True))


class Volume(NamedTuple):
    """What a bank reports beside its claim, of the loans whose interest finance pays: 发生额、笔数、季初余额、季末余额."""

    lent: Decimal
    loans: int
    opening: Decimal
    closing: Decimal


def due_in(quarter: Quarter, lent: Iterable[Lent]) -> list[Due]:
    """Those of these loans that carry subsidy in the quarter."""
    found = (Due(one, quarter, trace(one.facts, quarter)) for one in lent if one.facts.regime and _may_carry(one, quarter))
    return [due for due in found if due.amount]


def due_of(bank: Bank, quarter: Quarter) -> list[Due]:
    """What the book says is due to a bank's loans for a quarter, by IOU number."""
    return due_in(quarter, lent_by(quarter.last, bank=bank, carrying_from=quarter.first))


def volume(quarter: Quarter, lent: Iterable[Lent]) -> Volume:
    """The quarter's figures of the subsidised among these loans."""
    lent = [one for one in lent if one.is_subsidised]
    new = [one for one in lent if quarter.first <= one.facts.disbursed <= quarter.last]
    before = quarter.first - timedelta(1)
    return Volume(
        lent=sum((one.facts.principal for one in new), NOTHING),
        loans=len(new),
        opening=sum((one.balance(before) for one in lent), NOTHING),
        closing=sum((one.balance(quarter.last) for one in lent), NOTHING),
    )


def as_data(pieces: Sequence[Piece]) -> list[list[Any]]:
    """Pieces as plain data, kept with a claim."""
    return [[piece.first.isoformat(), piece.last.isoformat(), piece.days, str(piece.base), str(piece.rate), str(piece.amount)] for piece in pieces]


def _may_carry(one: Lent, quarter: Quarter) -> bool:
    return one.facts.disbursed <= quarter.last and quarter.first < one.facts.maturity
