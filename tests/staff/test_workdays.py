"""Working days: the office's January 2012, worked weekends, years beyond the record."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.workdays import NotAheadInTime, add_working_days, certain, is_working_day, working_days_between

DAYS = st.dates(date(2003, 6, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2012, 1, 1), False),  # New Year on a Sunday
        (date(2012, 1, 3), False),  # its last free day, a Tuesday
        (date(2012, 1, 4), True),  # the demo's first morning
        (date(2012, 1, 7), False),  # an ordinary Saturday
        (date(2012, 1, 21), True),  # a Saturday worked for the Spring Festival
        (date(2012, 1, 23), False),  # Spring Festival, a Monday
        (date(2012, 1, 28), False),
        (date(2012, 1, 29), True),  # a Sunday worked
        (date(2011, 10, 8), True),
        (date(2011, 10, 7), False),
        (date(2020, 1, 31), False),  # the holiday prolonged in the epidemic
    ],
)
def test_days_of_the_office(day, open_):
    assert certain(day)
    assert is_working_day(day) is open_


def test_beyond_the_record_the_weekday_decides_and_we_say_so():
    assert not certain(date(2099, 10, 1))
    assert not certain(date(2003, 12, 31))
    assert is_working_day(date(2099, 10, 1))
    assert not is_working_day(date(2099, 10, 3))
    assert is_working_day(date(2003, 12, 31))


def test_the_office_may_close_on_days_of_its_own():
    kept = {date(2012, 1, 4): False}
    assert not is_working_day(date(2012, 1, 4), kept)
    assert add_working_days(date(2012, 1, 3), 1, kept) == date(2012, 1, 5)
    assert working_days_between(date(2012, 1, 3), date(2012, 1, 5), kept) == 1


def test_a_year_not_on_record_is_kept_by_the_office_days_off_and_worked_weekends():
    """As the notice of such a year would say: 1 October closed, Saturday the 10th worked for it."""
    kept = {date(2099, 10, 1): False, date(2099, 10, 10): True}
    assert not is_working_day(date(2099, 10, 1), kept)
    assert is_working_day(date(2099, 10, 10), kept)
    assert add_working_days(date(2099, 9, 30), 7, kept) == date(2099, 10, 10)
    assert not certain(date(2099, 10, 10))


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2012, 1, 4), 0, date(2012, 1, 4)),
        (date(2012, 1, 4), 3, date(2012, 1, 9)),
        (date(2012, 1, 20), 1, date(2012, 1, 21)),
        (date(2012, 1, 20), 2, date(2012, 1, 29)),
        (date(2011, 12, 30), 1, date(2011, 12, 31)),
        (date(2011, 12, 31), 1, date(2012, 1, 4)),
        (date(2012, 1, 1), 0, date(2012, 1, 1)),
    ],
)
def test_adding_working_days(day, n, then):
    assert add_working_days(day, n) == then


def test_working_days_are_not_taken_away():
    with pytest.raises(NotAheadInTime):
        add_working_days(date(2012, 1, 4), -1)


def test_counting_working_days():
    assert working_days_between(date(2012, 1, 4), date(2012, 1, 4)) == 0
    assert working_days_between(date(2012, 1, 20), date(2012, 1, 30)) == 3
    assert working_days_between(date(2012, 1, 30), date(2012, 1, 20)) == -3


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_agree(day, n):
    then = add_working_days(day, n)
    assert working_days_between(day, then) == n
    assert n == 0 or is_working_day(then)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_counts_add_up(day, first, second):
    middle, end = day + timedelta(first), day + timedelta(first + second)
    assert working_days_between(day, end) == working_days_between(day, middle) + working_days_between(middle, end)
