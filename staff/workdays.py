"""Working days of China: weekends and public holidays are free, some weekends are worked in their place (调休). No database, no clock.

The calendar comes from the State Council's yearly notices (国务院办公厅关于节假日安排的通知), which appear late in the year before:
days beyond the years on record are judged by the weekday alone, and `certain` says so. What the office keeps itself comes first:
`kept` holds its closing days (false) and worked weekends (true).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import chinese_calendar

DAY = timedelta(days=1)
Kept = Mapping[date, bool]
NOTHING_KEPT: Kept = {}


class NotAheadInTime(ValueError):
    """Working days are added, not taken away."""


def is_working_day(day: date, kept: Kept = NOTHING_KEPT) -> bool:
    """Is the office open on this day?"""
    if day in kept:
        return kept[day]
    return _worked(day) if certain(day) else day.weekday() < 5


def certain(day: date) -> bool:
    """Does the calendar of this day's year stand on record, or is it guessed from the weekday?"""
    first, last = _years_on_record()
    return first <= day.year <= last


def add_working_days(day: date, n: int, kept: Kept = NOTHING_KEPT) -> date:
    """The n-th working day after a day, which itself is not counted; with n = 0 the day itself."""
    if n < 0:
        raise NotAheadInTime(f"{n} working days cannot be added.")
    while n:
        day += DAY
        n -= is_working_day(day, kept)
    return day


def working_days_between(start: date, end: date, kept: Kept = NOTHING_KEPT) -> int:
    """Working days after the first day up to and with the second; below zero where the second comes first."""
    if end < start:
        return -working_days_between(end, start, kept)
    return sum(is_working_day(start + n * DAY, kept) for n in range(1, (end - start).days + 1))


@cache
def _years_on_record() -> tuple[int, int]:
    return min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year


@cache
def _worked(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))
