"""The stretches of days that reports are about."""

from datetime import date

import pytest

from reports import periods
from reports.periods import NotAPeriod, Period, period


@pytest.mark.parametrize(
    ("name", "first", "last", "said"),
    [
        ("2011", "2011-01-01", "2011-12-31", "2011年"),
        ("2011-H1", "2011-01-01", "2011-06-30", "2011年上半年"),
        ("2011-H2", "2011-07-01", "2011-12-31", "2011年下半年"),
        ("2011-Q3", "2011-07-01", "2011-09-30", "2011年第三季度"),
        ("2012-02", "2012-02-01", "2012-02-29", "2012年2月"),
        ("2011-07-04..2011-09-20", "2011-07-04", "2011-09-20", "2011年7月4日至2011年9月20日"),
    ],
)
def test_a_period_is_read_named_and_said(name, first, last, said):
    found = period(name)
    assert found == Period(date.fromisoformat(first), date.fromisoformat(last))
    assert found.name == name
    assert str(found) == said


def test_days_that_make_a_whole_half_year_are_called_so():
    assert period("2011-07-01..2011-12-31").name == "2011-H2"


@pytest.mark.parametrize("words", ["", "2011-H3", "2011-Q0", "2011-13", "2011-02-30..2011-03-01", "2011-09-20..2011-07-04", "last year"])
def test_words_that_name_no_period_are_refused(words):
    with pytest.raises(NotAPeriod):
        period(words)


def test_the_year_before_has_the_same_days():
    assert period("2011-H2").year_before == period("2010-H2")
    assert period("2012-02").year_before == period("2011-02")
    assert period("2013-02").year_before == period("2012-02")


def test_the_plan_is_measured_from_new_year():
    assert period("2011-Q3").so_far == Period(date(2011, 1, 1), date(2011, 9, 30))


@pytest.mark.parametrize(
    ("kind", "on", "name"),
    [
        (periods.HALF_YEAR, date(2012, 1, 4), "2011-H2"),
        (periods.HALF_YEAR, date(2012, 7, 1), "2012-H1"),
        (periods.QUARTER, date(2012, 6, 30), "2012-Q1"),
        (periods.MONTH, date(2012, 3, 1), "2012-02"),
        (periods.YEAR, date(2012, 12, 31), "2011"),
    ],
)
def test_the_last_closed_period_was_over_before_the_day(kind, on, name):
    assert periods.last_closed(kind, on).name == name
