"""What the book says of quarters that were claimed before: where it is no longer what was taken up, the next claim has a line. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, QuerySet, Sum

from repayments.claims.due import NOTHING, Due, due_in
from repayments.claims.gathering import Lent
from repayments.models import Entry, SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.models import Bank


class Correction(NamedTuple):
    """One loan's earlier quarter: as taken up, as now known, and the entries booked since that concern it."""

    loan_id: int
    quarter: Quarter
    before: Decimal
    now: Due | None  # nothing left where the loan's disbursement was undone or it carries none
    entries: list[int]

    @property
    def difference(self) -> Decimal:
        return (self.now.amount if self.now else NOTHING) - self.before


class TakenUp(NamedTuple):
    """What claims hold as due of a loan's quarter, and the last entry that they knew."""

    due: Decimal
    last_entry: int


def corrections(bank: Bank, quarter: Quarter, lent: Sequence[Lent], *, but: SubsidyClaim | None = None) -> list[Correction]:
    """What a claim of this quarter has to take up of the bank's earlier ones that are approved; `but`: that claim itself."""
    approved = SubsidyClaim.objects.filter(bank=bank, quarter__lt=str(quarter), approved_on__isnull=False)
    known = dict(approved.values_list("quarter", "last_entry"))
    taken_up = _taken_up(SubsidyLine.objects.filter(claim__bank=bank, of_quarter__in=list(known)).exclude(claim=but))
    found = [one for name, last_entry in sorted(known.items()) for one in _of_quarter(Quarter.parse(name), last_entry, lent, taken_up)]
    return sorted(found, key=lambda one: (one.quarter, one.loan_id))


def _taken_up(lines: QuerySet[SubsidyLine]) -> dict[tuple[int, str], TakenUp]:
    rows = lines.order_by().values_list("loan", "of_quarter").annotate(due=Sum("due"), last=Max("claim__last_entry"))
    return {(loan, quarter): TakenUp(due, last) for loan, quarter, due, last in rows}


def _of_quarter(quarter: Quarter, last_entry: int, lent: Sequence[Lent], taken_up: Mapping[tuple[int, str], TakenUp]) -> Iterator[Correction]:
    now = {due.lent.loan_id: due for due in due_in(quarter, lent)}
    before = {loan: taken for (loan, name), taken in taken_up.items() if name == str(quarter)}
    for loan in now.keys() | before.keys():
        taken = before.get(loan, TakenUp(NOTHING, last_entry))
        if (now[loan].amount if loan in now else NOTHING) != taken.due:
            yield Correction(loan, quarter, taken.due, now.get(loan), _entries_since(loan, taken.last_entry, quarter))


def _entries_since(loan_id: int, last_entry: int, quarter: Quarter) -> list[int]:
    """The loan's entries booked since that bear on a quarter: their value date is not after it."""
    since = Entry.objects.filter(lines__loan=loan_id, pk__gt=last_entry, value_date__lte=quarter.last)
    return list(since.order_by("pk").distinct().values_list("pk", flat=True))
