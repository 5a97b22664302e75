"""Who bears a subsidy: central, provincial and local finance, by the document's own split. No database.

A split such as "central=0.25;local=0.25;borrower=0.50" speaks of the whole interest; of what finance pays, each level bears its part of 0.50.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from loans.money import fen

BORROWER = "borrower"
LEVELS = ("central", "provincial", "local")


class Shares(NamedTuple):
    """A subsidy in yuan by who bears it; `open` is what no document on record divides."""

    central: Decimal = Decimal("0.00")
    provincial: Decimal = Decimal("0.00")
    local: Decimal = Decimal("0.00")
    open: Decimal = Decimal("0.00")

    @property
    def total(self) -> Decimal:
        return sum(self, Decimal("0.00"))


def parts(split: str) -> dict[str, Decimal]:
    """The levels that bear something, each with its part of what finance pays; they sum to 1. Empty where nothing is said."""
    named = dict(cell.split("=", 1) for cell in split.split(";") if "=" in cell)
    weights = {level: Decimal(named[level]) for level in LEVELS if level in named and Decimal(named[level])}
    whole = sum(weights.values(), Decimal(0))
    return {level: weight / whole for level, weight in weights.items()}


def shared(amount: Decimal, split: str) -> Shares:
    """An amount divided among them to the fen; the last one named takes the odd fen."""
    found = parts(split)
    if not found:
        return Shares(open=amount)
    *others, last = found
    given = {level: fen(amount * found[level]) for level in others}
    return Shares(**given, **{last: amount - sum(given.values(), Decimal(0))})


def add_up(shares: Iterable[Shares]) -> Shares:
    """Level by level."""
    return Shares(*(sum(level, Decimal("0.00")) for level in zip(*shares, strict=True))) if (shares := list(shares)) else Shares()
