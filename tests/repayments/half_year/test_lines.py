"""Every column of a line, worked by hand. 21,000 lent on 2010-07-05 falls due by 3,000 each 21st of March, June, September, December
from 2011-03-21 on, the last 3,000 on 2012-07-05: 6,000 before 2011-H2, 6,000 in it, 6,000 in the half-year after it."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from repayments.half_year.period import Period
from repayments.models import Visit
from repayments.schedule import Row
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER, DECEMBER = (date(2011, month, 21) for month in (3, 6, 9, 12))
COLUMNS = ("opening", "arrears_brought", "due", "paid", "closing", "arrears", "days_overdue", "bucket", "due_next")


def cells(line):
    return tuple(getattr(line, name) for name in COLUMNS)


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        # opening, brought, due, paid, closing, arrears, days, bucket, next
        pytest.param([(MARCH, 3000), (JUNE, 3000), (SEPTEMBER, 3000), (DECEMBER, 3000)], (15000, 0, 6000, 6000, 9000, 0, 0, "current", 6000), id="on time"),
        pytest.param([(MARCH, 6000), (JUNE, 6000)], (9000, 0, 6000, 0, 9000, 0, 0, "current", 6000), id="paid ahead"),
        # not brought + due - paid = 6,000: half of what fell due was paid before the period
        pytest.param([(MARCH, 9000)], (12000, 0, 6000, 0, 12000, 3000, 10, "1-30", 6000), id="paid ahead in part"),
        pytest.param([(MARCH, 3000), (JUNE, 3000), (SEPTEMBER, 2500), (DECEMBER, 3000)], (15000, 0, 6000, 5500, 9500, 500, 10, "1-30", 6000), id="short"),
        pytest.param([(MARCH, 3000), (JUNE, 3000), (SEPTEMBER, 6000)], (15000, 0, 6000, 6000, 9000, 0, 0, "current", 6000), id="double"),
        # what is paid settles the oldest row: 21 June is open, 193 days
        pytest.param([(date(2011, 10, 1), 3000)], (21000, 6000, 6000, 3000, 18000, 9000, 193, "over-180", 6000), id="late"),
        pytest.param([(MARCH, 3000), (JUNE, 3000)], (15000, 0, 6000, 0, 15000, 6000, 101, "91-180", 6000), id="nothing in the period"),
        pytest.param([(MARCH, 3000), (JUNE, 3000), (date(2011, 7, 1), 15000)], (15000, 0, 6000, 15000, 0, 0, 0, "current", 6000), id="settled in it"),
        pytest.param([], (21000, 6000, 6000, 0, 21000, 12000, 285, "over-180", 6000), id="nothing ever"),
    ],
)
def test_principal(receipts, expected):
    loan = made.loan()
    for day, amount in receipts:
        made.repaid(loan, day, amount)
    assert cells(made.line(loan)) == expected


def test_a_loan_repaid_before_the_first_day_is_not_in_it():
    loan = made.loan()
    made.repaid(loan, date(2011, 6, 30), 21000)
    assert made.lines() == {}
    assert made.line(loan, Period(2011, 1)).closing == 0


@pytest.mark.parametrize(
    ("lent", "first_entry"),
    [(date(2010, 12, 31), False), (date(2011, 1, 1), True), (date(2011, 6, 30), True), (date(2011, 7, 1), None)],
)
def test_a_loan_enters_half_a_year_after_its_day(lent, first_entry):
    loan = made.loan(lent)
    found = made.lines().get(loan.iou_number)
    assert (found.first_entry if found else None) == first_entry


def test_due_on_the_last_day_itself_is_owed_but_not_yet_overdue():
    loan = made.loan(date(2010, 12, 31), form=Form.SINGLE_AT_MATURITY, term=12)
    assert cells(made.line(loan)) == (21000, 0, 21000, 0, 21000, 21000, 0, "current", 0)
    assert cells(made.line(loan, Period(2012, 1)))[5:8] == (21000, 182, "over-180")


def test_a_reversed_receipt_counts_as_if_it_had_never_been():
    loan = made.loan()
    made.repaid(loan, MARCH, 6000)
    wrong = made.repaid(loan, SEPTEMBER, 3000, "120")
    made.reversed_(wrong)
    line = made.line(loan)
    assert cells(line) == (15000, 0, 6000, 0, 15000, 6000, 101, "91-180", 6000)
    assert line.interest_received == 0


def test_receipts_go_by_value_date_whenever_they_are_booked():
    loan = made.loan()
    made.repaid(loan, MARCH, 6000)
    made.repaid(loan, DECEMBER, 6000, on=date(2012, 3, 1))
    made.repaid(loan, date(2012, 1, 1), 3000)
    assert cells(made.line(loan)) == (15000, 0, 6000, 6000, 9000, 0, 0, "current", 6000)


def test_rows_follow_the_schedule_in_force_on_the_last_day():
    loan = made.loan()
    made.schedule(loan, [Row(1, date(2012, 3, 31), D(21000), D(0), D(0))], date(2011, 12, 31))
    made.schedule(loan, [Row(1, date(2011, 9, 1), D(21000), D(0), D(0))], date(2012, 1, 1))
    assert cells(made.line(loan)) == (21000, 0, 0, 0, 21000, 0, 0, "current", 21000)


def test_a_compensated_loan_stays_with_what_is_owed_to_the_fund():
    loan = made.loan()
    made.repaid(loan, MARCH, 3000)
    made.compensated(loan, date(2011, 10, 8), 18000, 450)
    made.recovered(loan, date(2011, 11, 1), 450)
    line = made.line(loan)
    assert (line.opening, line.paid, line.closing, line.bucket) == (18000, 450, 18000, "compensated")
    made.recovered(loan, date(2012, 2, 1), 18000)
    assert made.line(loan, Period(2012, 1)).closing == 0
    assert made.lines(Period(2012, 2)) == {}


def test_interest_due_and_received_in_the_period_and_what_finance_pays():
    loan = made.loan()
    made.repaid(loan, MARCH, 3000, "100")
    made.repaid(loan, SEPTEMBER, 3000, "37.50")
    made.repaid(loan, DECEMBER, 3000, "2")
    line = made.line(loan)
    # balance x 9 % / 360 x days: 15,000 x 92 to 21 September, 12,000 x 91 to 21 December
    assert line.interest_due == D("345.00") + D("273.00")
    assert line.interest_received == D("39.50")
    # regime B pays all of it on the lower of planned and actual balance: 15,000 planned from 21 June on, 12,000 from 21 September on
    assert line.subsidy == D("345.00") + D("273.00")


def test_without_a_micro_profit_project_finance_pays_nothing():
    assert made.line(made.loan(micro_profit=False)).subsidy == 0


def test_the_last_visit_counts_whenever_it_was_and_the_visits_of_the_period_are_counted():
    loan, unvisited = made.loan(), made.loan()
    made.visited(loan, date(2011, 3, 1))
    made.visited(loan, date(2011, 7, 1), workers=4)
    made.visited(loan, date(2011, 12, 31), Visit.Business.STOPPED, 0)
    made.visited(loan, date(2012, 1, 1), Visit.Business.NORMAL, 9)
    made.visited(unvisited, date(2011, 6, 30), Visit.Business.DIFFICULT, 2)
    found = made.lines()
    seen = [(line.last_visit, line.business, line.workers, line.visits) for line in (found[loan.iou_number], found[unvisited.iou_number])]
    assert seen == [(date(2011, 12, 31), "stopped", 0, 2), (date(2011, 6, 30), "difficult", 2, 0)]


def test_a_loan_never_visited_has_no_state_of_business():
    line = made.line(made.loan())
    assert (line.last_visit, line.business, line.workers, line.visits) == (None, "", None, 0)


def test_who_and_what_stands_beside_the_figures(officer):
    loan = made.loan(name="高云丽", iou_number="NJ201000077", remark="店面已搬")
    loan.community.officer = officer
    loan.community.save()
    line = made.line(loan)
    assert (line.borrower, line.venture, line.iou, line.contract) == ("高云丽", "高云丽修理部", "NJ201000077", "XD-NJ201000077")
    assert (line.phone, line.community, line.officer, line.group) == ("13904340000", "茂林镇", "王建国", "registered_unemployed")
    assert (line.term_months, line.maturity, line.jobs, line.remark) == (24, date(2012, 7, 5), 3, "店面已搬")


def test_lines_stand_in_the_order_of_their_ious():
    for iou in ("YJ201000001", "NJ201000002", "CJ201000009", "NJ201000001"):
        made.loan(iou_number=iou)
    assert list(made.lines()) == ["CJ201000009", "NJ201000001", "NJ201000002", "YJ201000001"]


def test_more_loans_ask_no_more_queries(django_assert_num_queries):
    made.loan()
    with django_assert_num_queries(10) as few:
        made.lines()
    for _ in range(5):
        made.repaid(made.loan(), DECEMBER, 500)
    with django_assert_num_queries(len(few)):
        made.lines()
