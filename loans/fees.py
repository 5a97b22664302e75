"""Which rule of rewards and fees holds on a day: reward money (奖补资金), guarantee fee (担保费), handling fee (手续费). The reasoning knows no database.

Of each kind the latest row counts from its day on; what it says is not added to the one before. A row that was lifted leaves nothing behind it.
A row whose text is missing changes nothing and is only named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loans.models import FeeRule
from loans.models.policy import PolicyRow

Kind = FeeRule.Kind
CONFIRMED = PolicyRow.Status.CONFIRMED


@dataclass(frozen=True, order=True)
class Rate:
    """One row: from a day on finance pays this part of an amount."""

    since: date
    pk: int
    kind: Kind
    percent: Decimal | None  # None: the text is missing
    split: str  # who bears it, "central=0.50;provincial=0.50"; empty: no document at hand says so
    lifted: date | None
    document: str
    document_id: int
    status: str
    note: str

    @property
    def unconfirmed(self) -> bool:
        return self.status != CONFIRMED

    @classmethod
    def of(cls, row: FeeRule) -> "Rate":
        return cls(
            since=row.effective_from,
            pk=row.pk,
            kind=Kind(row.kind),
            percent=row.percent,
            split=row.finance_split,
            lifted=row.lifted_from,
            document=row.document.number,
            document_id=row.document_id,
            status=row.status,
            note=row.note,
        )


class Book:
    """The rows in effect, in the order of their days."""

    def __init__(self, rates: Iterable[Rate]):
        self._rates = sorted(rates)

    @classmethod
    def on_record(cls) -> "Book":
        return cls(map(Rate.of, FeeRule.objects.in_effect().select_related("document")))

    def on(self, kind: Kind, day: date) -> Rate | None:
        """What holds on a day."""
        latest = next((rate for rate in reversed(self.of(kind)) if rate.since <= day), None)
        return None if latest is None or (latest.lifted and latest.lifted <= day) else latest

    def of(self, kind: Kind) -> Sequence[Rate]:
        """The rows of a kind that state a percentage."""
        return [rate for rate in self._rates if rate.kind == kind and rate.percent is not None]

    def holding(self, kind: Kind, first: date, last: date) -> Sequence[Rate]:
        """The rows that hold on any day from the first to the last, in their order."""
        days = {first, *(day for day in self.changes(kind) if first < day <= last)}
        return [rate for day in sorted(days) if (rate := self.on(kind, day))]

    def missing(self, kind: Kind, first: date, last: date) -> Sequence[Rate]:
        """The rows of a kind begun by the last day whose text is missing, unless a later row stated the share before the first day."""
        told = self.on(kind, first)
        unknown = [rate for rate in self._rates if rate.kind == kind and rate.percent is None and rate.since <= last]
        return [rate for rate in unknown if told is None or told.since < rate.since]

    def changes(self, kind: Kind) -> set[date]:
        """The days on which another row, or none, begins to hold."""
        return {day for rate in self.of(kind) for day in (rate.since, rate.lifted) if day}
