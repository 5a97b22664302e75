from datetime import date, timedelta

import pytest

from repayments.half_year.period import NotAPeriod, Period, complete
from repayments.schedule import add_months


def test_a_half_year_knows_its_days_and_neighbours():
    first, second = Period.parse("2011-H1"), Period.parse("2011-H2")
    assert (first.first, first.last) == (date(2011, 1, 1), date(2011, 6, 30))
    assert (second.first, second.last) == (date(2011, 7, 1), date(2011, 12, 31))
    assert first.next == second and second.previous == first
    assert (str(second.next), str(first.previous)) == ("2012-H1", "2010-H2")


def test_its_two_quarters_of_subsidy_end_on_settlement_days():
    assert [str(quarter) for quarter in Period(2011, 1).quarters] == ["2011-Q1", "2011-Q2"]
    assert [str(quarter) for quarter in Period(2011, 2).quarters] == ["2011-Q3", "2011-Q4"]


@pytest.mark.parametrize("text", ["2011", "2011-H3", "2011H1", "11-H1", "2011-h1", "0000-H1", " 2011-H1"])
def test_anything_else_is_refused(text):
    with pytest.raises(NotAPeriod, match="2011-H2"):
        Period.parse(text)


def test_only_half_years_that_are_over_can_have_a_ledger():
    since = date(2010, 3, 1)
    assert [str(period) for period in complete(since, date(2011, 12, 31))] == ["2011-H1", "2010-H2", "2010-H1"]
    assert [str(period) for period in complete(since, date(2012, 1, 1))] == ["2011-H2", "2011-H1", "2010-H2", "2010-H1"]


@pytest.mark.parametrize("period", [Period(2011, 1), Period(2011, 2), Period(2012, 1)])
def test_a_loan_is_half_a_year_old_on_the_last_day_exactly_when_it_was_lent_before_the_first(period):
    """The foot leans on this: months of different length never part the two."""
    for days in range(-40, 41):
        lent = period.first + timedelta(days)
        assert (add_months(lent, 6) <= period.last) == (lent < period.first)
