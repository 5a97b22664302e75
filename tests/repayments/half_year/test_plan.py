"""The plan of the coming half-year: 2012-H1 after the ledger of 2011-H2. 21,000 lent on 2010-07-05: 3,000 on 21 March and on 21 June."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2012, 3, 21), date(2012, 6, 21)


def plan():
    return [(due.iou, due.due, due.principal, due.remaining, due.young) for due in made.compiled().dues]


def test_each_due_day_of_the_coming_half_year():
    loan = made.loan()
    made.repaid(loan, date(2011, 12, 21), 12000)
    assert plan() == [(loan.iou_number, MARCH, 3000, 3000, False), (loan.iou_number, JUNE, 3000, 3000, False)]


def test_what_was_paid_ahead_covers_the_oldest_rows():
    loan = made.loan()
    made.repaid(loan, date(2011, 12, 21), 16000)
    assert [(principal, remaining) for _iou, _due, principal, remaining, _young in plan()] == [(3000, 0), (3000, 2000)]


def test_who_owes_the_bank_nothing_any_more_is_not_called():
    made.repaid(made.loan(), date(2011, 12, 21), 21000)
    made.compensated(made.loan(), date(2011, 12, 21), 21000)
    assert plan() == []
    assert [line.due_next for line in made.lines().values()] == [6000, 0]


def test_loans_not_yet_half_a_year_old_fall_due_too():
    loan = made.loan(date(2011, 8, 10), "60000", form=Form.BULLET_QUARTERLY)
    assert made.lines() == {}
    assert plan() == [(loan.iou_number, MARCH, 0, 0, True), (loan.iou_number, JUNE, 0, 0, True)]


def test_a_loan_of_the_coming_half_year_itself_is_not_planned_yet():
    made.loan(date(2012, 1, 3))
    assert plan() == []


def test_the_borrower_is_told_only_his_own_part_of_the_interest():
    made.loan()
    made.loan(micro_profit=False)
    financed, alone = (due for due in made.compiled().dues if due.due == MARCH)
    assert (financed.interest, financed.own_interest) == (D("204.75"), 0)  # 9,000 x 9 % / 360 x 91 days, all paid by finance
    assert (alone.interest, alone.own_interest) == (D("204.75"), D("204.75"))


def test_what_is_late_already_stands_beside_it():
    made.loan()
    assert [due.arrears for due in made.compiled().dues] == [12000, 12000]
