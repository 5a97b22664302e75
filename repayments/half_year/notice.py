"""A day that lies in a half-year whose ledger is issued: what is booked there does not change it, and is taken up by the next."""

from datetime import date
from typing import NamedTuple

from repayments.half_year.period import Period
from repayments.models import HalfYearLedger


class Issued(NamedTuple):
    """The latest issued ledger that a day lies in or before, and the half-year that takes up what is booked on it now."""

    number: str
    period: Period

    @property
    def label(self) -> str:
        return self.period.label

    @property
    def next_label(self) -> str:
        return self.period.next.label


def issued_over(day: date | None) -> Issued | None:
    """The issued ledger that a day comes too late for; nothing where none is issued for that day or after it."""
    if day is None:
        return None
    latest = HalfYearLedger.objects.filter(issued_on__isnull=False, last_day__gte=day).order_by("-last_day").first()
    return Issued(latest.number, Period.parse(latest.period)) if latest else None


def issued_until() -> date | None:
    """The last day of the latest issued ledger."""
    return HalfYearLedger.objects.filter(issued_on__isnull=False).order_by("-last_day").values_list("last_day", flat=True).first()
