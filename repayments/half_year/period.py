"""The half-years that ledgers are kept by. No database, no clock."""

import re
from datetime import date
from typing import NamedTuple, Self

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.subsidy import Quarter
from staff.errors import Refused


class NotAPeriod(Refused):
    """A half-year is written 2011-H2."""

    title = _("Not a half-year")


class Period(NamedTuple):
    """H1 is January to June, H2 July to December; figures are as of its last day."""

    year: int
    half: int

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> "Period":
        return Period(self.year, 2) if self.half == 1 else Period(self.year + 1, 1)

    @property
    def previous(self) -> "Period":
        return Period(self.year - 1, 2) if self.half == 1 else Period(self.year, 1)

    @property
    def quarters(self) -> tuple[Quarter, Quarter]:
        """Its two quarters of subsidy."""
        return (Quarter(self.year, 2 * self.half - 1), Quarter(self.year, 2 * self.half))

    @property
    def label(self) -> str:
        """How people say it: 2011年下半年."""
        words = _gettext("first half of %(year)s") if self.half == 1 else _gettext("second half of %(year)s")
        return words % {"year": self.year}

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Refuses (NotAPeriod) what is not written like 2011-H2."""
        if not (parts := re.fullmatch(r"(\d{4})-H([12])", text)) or int(parts[1]) < 1:
            raise NotAPeriod(_gettext("“%(text)s” is no half-year; write 2011-H2.") % {"text": text})
        return cls(int(parts[1]), int(parts[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, 1 if day.month <= 6 else 2)


def complete(since: date, on: date) -> list[Period]:
    """The half-years from the one that holds `since` to the latest that is over on a day, newest first."""
    found = []
    period = Period.of(on)
    period = period if on > period.last else period.previous
    while period.last >= since:
        found.append(period)
        period = period.previous
    return found
