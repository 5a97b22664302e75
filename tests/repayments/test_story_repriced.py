"""A contract that follows the benchmark: rows after a step are reckoned anew, booked ones stay."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from loans.states import State
from repayments import checks, queries
from repayments.borrower_plan import plan_of
from repayments.changes import actions
from repayments.preview import preview
from tests import make

pytestmark = pytest.mark.django_db

LENT, ENTERED, STEP = date(2012, 1, 11), date(2012, 6, 8), date(2012, 7, 21)


def interest(loan, on):
    return [(row.due, row.interest) for row in queries.schedule_of(loan, on).instalments.all()]


def test_a_step_entered_while_the_loan_lives():
    loan = make.case_at(State.LIVE, on=LENT, form=Form.BULLET_QUARTERLY)
    before = interest(loan, ENTERED)
    make.repriced(loan, STEP, "9.15", on=ENTERED)
    loan.refresh_from_db()
    now = interest(loan, ENTERED)
    assert now[:2] == before[:2] == [(date(2012, 3, 21), D("938.19")), (date(2012, 6, 21), D("1233.06"))]
    assert now[2] == (date(2012, 9, 21), D("1190.00"))  # 50,000: 30 days at 9.65, 62 at 9.15
    assert now[3] == (date(2012, 12, 21), D("1156.46"))  # 91 days at 9.15
    assert [queries.rate_on(loan, day) for day in (date(2012, 7, 20), STEP)] == [D("9.6500"), D("9.1500")]
    assert interest(loan, date(2012, 6, 7)) == before
    payments = plan_of(loan, ENTERED).payments
    assert all(payment.own_interest == 0 for payment in payments)  # regime B pays all of it, at the rate of each day
    assert [line for check in checks.CHECKS for line in check()] == []


def test_steps_of_the_contract_stand_in_the_first_schedule():
    loan = make.case_at(State.CONTRACTED, on=LENT, form=Form.BULLET_QUARTERLY)
    make.repriced(loan, STEP, "9.15", on=LENT)
    shown, _assumed = preview(loan, LENT)
    loan = make.disbursed(loan, on=LENT)
    assert [payment.interest for payment in shown] == [amount for _due, amount in interest(loan, LENT)]
    assert interest(loan, LENT)[2] == (date(2012, 9, 21), D("1190.00")) and loan.schedules.count() == 1


@pytest.mark.parametrize(
    ("from_day", "rate", "document"),
    [(LENT, "9.15", "第六条"), (date(2014, 1, 11), "9.15", "第六条"), (STEP, "9.16", "第六条"), (STEP, "0", "第六条"), (STEP, "9.15", " ")],
)
def test_what_is_no_step(from_day, rate, document):
    """The ceiling is benchmark + 3 by the benchmark of the step's own day: 6.15 + 3 = 9.15 from 2012-07-06, 6.40 + 3 before."""
    loan = make.case_at(State.LIVE, on=LENT)
    with pytest.raises(actions.StepRefused):
        make.repriced(loan, from_day, rate, on=ENTERED, document=document)
