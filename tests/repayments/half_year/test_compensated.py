"""A loan that the fund has paid for stays on the ledger with what the borrower owes the fund, until nothing is owed or it is written off.

21,000 lent on 2010-07-05 falls due by 3,000 a quarter from 2011-03-21 on; here 3,000 came on the first day and nothing after it."""

from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import queries as fund_queries
from repayments.half_year.figures import figures
from repayments.half_year.foot import Foot, feet
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

H1, H2, NEXT, AFTER = Period(2011, 1), Period(2011, 2), Period(2012, 1), Period(2012, 2)
PAID_FOR = date(2011, 10, 8)
COLUMNS = ("opening", "arrears_brought", "due", "paid", "closing", "arrears", "days_overdue", "bucket", "due_next")


@pytest.fixture
def loan(rural):
    loan = made.loan(bank=made.funded(rural))
    made.repaid(loan, date(2011, 3, 21), 3000)
    return loan


def cells(loan, period=H2):
    line = made.line(loan, period)
    return tuple(getattr(line, name) for name in COLUMNS)


def test_in_the_period_in_which_the_fund_pays(loan):
    made.compensated(loan, PAID_FOR, 18000, 450)
    # opening, brought, due until then, paid, closing, arrears, days since 21 June, bucket, next
    assert cells(loan) == (18000, 3000, 3000, 0, 18450, 18450, 193, "compensated", 0)


def test_what_the_bank_bears_itself_is_not_owed_to_the_fund_and_what_the_agency_paid_is(loan):
    made.compensated(loan, PAID_FOR, 18000, 450, bank=3600, agency=1800)
    line = made.line(loan)
    assert (line.closing, line.arrears, line.bucket) == (14850, 14850, "compensated")


def test_the_periods_before_stay_as_they_were(loan):
    before = cells(loan, H1)
    made.compensated(loan, PAID_FOR, 18000, 450)
    assert cells(loan, H1) == before


def test_in_the_periods_after_it_recoveries_count_as_paid(loan):
    made.compensated(loan, PAID_FOR, 18000, 450)
    made.recovered(loan, date(2011, 11, 1), 450)
    made.recovered(loan, date(2012, 2, 1), 6000)
    assert cells(loan) == (18000, 3000, 3000, 450, 18000, 18000, 193, "compensated", 0)
    # the recoveries cover the rows of June and September; the rest has been due since the fund paid
    assert cells(loan, NEXT) == (18000, 18000, 0, 6000, 12000, 12000, 266, "compensated", 0)


def test_what_is_recovered_in_full_leaves_with_the_next_period(loan):
    made.compensated(loan, PAID_FOR, 18000, 450)
    made.recovered(loan, date(2012, 2, 1), 18450)
    assert cells(loan, NEXT) == (18450, 18450, 0, 18450, 0, 0, 0, "compensated", 0)
    assert made.lines(AFTER) == {}


def test_so_does_what_is_written_off(loan):
    made.compensated(loan, PAID_FOR, 18000, 450)
    made.recovered(loan, date(2012, 2, 1), 450)
    made.written_off(loan, date(2012, 5, 1), 18000)
    assert cells(loan, NEXT) == (18450, 18450, 0, 450, 0, 0, 0, "compensated", 0)
    assert made.lines(AFTER) == {}


def test_a_compensation_undone_never_was(loan):
    as_it_was = cells(loan)
    entry = made.compensated(loan, PAID_FOR, 18000, 450)
    made.reversed_(entry)
    assert cells(loan) == as_it_was
    made.compensated(loan, date(2011, 12, 1), 18000)
    assert cells(loan)[2:5] == (3000, 0, 18000)


def test_a_loan_paid_for_before_it_is_half_a_year_old_enters_as_one(rural):
    loan = made.loan(date(2011, 7, 5), bank=made.funded(rural))
    made.compensated(loan, date(2011, 12, 1), 21000, 300)
    assert made.lines() == {}
    line = made.line(loan, NEXT)
    assert (line.first_entry, line.opening, line.arrears_brought, line.closing, line.bucket) == (True, 21300, 21300, 21300, "compensated")


def test_nothing_of_it_is_planned_for_the_coming_half_year(loan):
    assert {due.loan_id for due in made.compiled().dues} == {loan.pk}
    made.compensated(loan, PAID_FOR, 18000, 450)
    assert made.compiled().dues == []


def test_finance_pays_no_interest_on_it_any_more(loan):
    made.compensated(loan, date(2011, 6, 21), 18000)
    assert made.line(loan).subsidy == 0


def test_the_foot_agrees_with_it_apart(loan, rural):
    other = made.loan(bank=rural)
    made.compensated(loan, PAID_FOR, 18000, 450, bank=3600)
    found = figures(HalfYearLedger(period=str(H2)))
    [foot] = feet(H2, found.lines)
    assert isinstance(foot, Foot) and foot.agrees
    assert (foot.closing, foot.compensated, foot.fund) == (21000, D("14850.00"), 21000)
    assert fund_queries.position(rural, on=H2.last).used == 21000 == made.line(other).closing
