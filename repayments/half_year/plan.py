"""The plan of the coming half-year: who has to pay what on which day, whom to telephone."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from repayments.models import HalfYearDue


class Sum(NamedTuple):
    """Some due days added up, in yuan."""

    name: Any
    dues: int
    borrowers: int
    principal: Decimal
    remaining: Decimal
    interest: Decimal
    own_interest: Decimal

    @property
    def to_pay(self) -> Decimal:
        """What the borrowers themselves bring: principal still to pay, and their part of the interest."""
        return self.remaining + self.own_interest


def add_up(name: Any, dues: Iterable[HalfYearDue]) -> Sum:
    """These due days as one row."""
    dues = list(dues)
    amounts = (sum((getattr(due, field) for due in dues), Decimal("0.00")) for field in ("principal", "remaining", "interest", "own_interest"))
    return Sum(name, len(dues), len({due.loan_id for due in dues}), *amounts)


def by_month(dues: Iterable[HalfYearDue]) -> list[Sum]:
    """Month subtotals, each named by its first day."""
    return _grouped(dues, lambda due: due.due.replace(day=1))


def by_officer(dues: Iterable[HalfYearDue]) -> list[Sum]:
    return _grouped(dues, lambda due: due.officer)


def by_community(dues: Iterable[HalfYearDue]) -> list[Sum]:
    return _grouped(dues, lambda due: due.community)


def calls(dues: Iterable[HalfYearDue]) -> list[HalfYearDue]:
    """Those worth a telephone call: something is still to be paid by the borrower, then or already."""
    return [due for due in dues if due.remaining or due.own_interest or due.arrears]


def _grouped(dues: Iterable[HalfYearDue], key: Any) -> list[Sum]:
    groups = defaultdict(list)
    for due in dues:
        groups[key(due)].append(due)
    return [add_up(name, groups[name]) for name in sorted(groups)]
