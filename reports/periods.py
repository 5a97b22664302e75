"""The stretch of days that a report is about: a month, a quarter, a half-year, a year, or any days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from staff.errors import Refused

NAME = re.compile(r"(\d{4})(?:-([HQ]?)(\d{1,2}))?")
ANY_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
LONGEST_NAME = 22


class NotAPeriod(Refused):
    """The words name no stretch of days."""

    title = _("Not a period")


class Kind(NamedTuple):
    """One way to cut a year: how many months a part has, how it is spelled, and how it is said."""

    months: int
    spelled: str
    said: tuple


YEAR = Kind(12, "{year}", (_("the year %(year)s"),))
HALF_YEAR = Kind(6, "{year}-H{part}", (_("the first half of %(year)s"), _("the second half of %(year)s")))
QUARTER = Kind(
    3,
    "{year}-Q{part}",
    (
        _("the first quarter of %(year)s"),
        _("the second quarter of %(year)s"),
        _("the third quarter of %(year)s"),
        _("the fourth quarter of %(year)s"),
    ),
)
MONTH = Kind(1, "{year}-{part:02}", (_("month %(part)s of %(year)s"),) * 12)
KINDS = {"": YEAR, "H": HALF_YEAR, "Q": QUARTER, "M": MONTH}


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """How commands, files and addresses spell it: 2011, 2011-H2, 2011-Q3, 2011-07, 2011-07-04..2011-09-20."""
        for kind in KINDS.values():
            if self == part_of_year(kind, *_where(kind, self.first)):
                year, part = _where(kind, self.first)
                return kind.spelled.format(year=year, part=part)
        return f"{self.first}..{self.last}"

    @property
    def so_far(self) -> "Period":
        """From New Year to the last day: what is measured against the annual plan."""
        return Period(date(self.last.year, 1, 1), self.last)

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier (同比)."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.last))

    def __str__(self) -> str:
        for kind in KINDS.values():
            year, part = _where(kind, self.first)
            if self == part_of_year(kind, year, part):
                return str(kind.said[part - 1]) % {"year": year, "part": part}
        return _gettext("%(first)s to %(last)s") % {"first": spoken(self.first), "last": spoken(self.last)}


def spoken(day: date) -> str:
    """A day as a sentence says it: 2012年1月4日."""
    return _gettext("%(year)s-%(month)s-%(day)s") % {"year": day.year, "month": day.month, "day": day.day}


def period(name: str) -> Period:
    """The period of this name; 2011-7 is July. Refuses (NotAPeriod) what is none."""
    name = name.strip().upper()
    try:
        if days := ANY_DAYS.fullmatch(name):
            return between(*map(date.fromisoformat, days.groups()))
        if found := NAME.fullmatch(name):
            year, letter, part = found.groups()
            return part_of_year(KINDS[letter or "M"] if part else YEAR, int(year), int(part or 1))
    except (ValueError, IndexError):
        pass
    raise NotAPeriod(_gettext("“%(name)s” is not a period. Write 2011, 2011-H2, 2011-Q3, 2011-07 or 2011-07-04..2011-09-20.") % {"name": name})


def between(first: date, last: date) -> Period:
    """Any days; refuses (NotAPeriod) an end before the beginning."""
    if last < first:
        raise NotAPeriod(_gettext("The last day comes before the first."))
    return Period(first, last)


def part_of_year(kind: Kind, year: int, part: int) -> Period:
    """The first, second, … part of this kind in a year; ValueError where the year has none such."""
    end = part * kind.months
    return Period(date(year, end - kind.months + 1, 1), date(year, end, monthrange(year, end)[1]))


def last_closed(kind: Kind, on: date) -> Period:
    """The latest part of this kind that was over before this day."""
    year, part = _where(kind, on)
    return part_of_year(kind, year, part - 1) if part > 1 else part_of_year(kind, year - 1, 12 // kind.months)


def _where(kind, day):
    return day.year, (day.month - 1) // kind.months + 1


def _a_year_earlier(day):
    """The last day of a month answers to the last day of that month."""
    longest = monthrange(day.year - 1, day.month)[1]
    ends_month = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, longest if ends_month else min(day.day, longest))
