"""Overpayments wait from the day of the oldest part that was not given back; each bank sees its own."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.models import Loan
from loans.states import State
from repayments import actions, overpayments
from staff.models import Role
from tests import make
from tests.repayments.walked import on, on_desk

pytestmark = pytest.mark.django_db

FIRST, THEN, TODAY = date(2012, 1, 5), date(2012, 1, 9), date(2012, 1, 20)


def refunded(loan, amount):
    slip = {"amount": D(amount), "reference": f"TK{amount}", "value_date": TODAY}
    return actions.refund(loan=loan, by=make.clerk(loan), on=TODAY, **slip)


def waits():
    return [(one.amount, one.since, one.days) for one in overpayments.held(Loan.objects.all(), TODAY)]


def test_the_oldest_part_counts_until_it_is_given_back():
    on(TODAY)
    loan = make.case_at(State.LIVE)
    make.repaid(loan, "50000", overpaid="100", on=FIRST)
    assert waits() == [(100, FIRST, 15)] and ("退还多还款", loan.iou_number) in on_desk(make.clerk(loan), TODAY)
    assert overpayments.how_many(make.clerk(loan), TODAY) == 1
    refunded(loan, "40")
    assert waits() == [(60, FIRST, 15)]
    refunded(loan, "60")
    assert waits() == [] and overpayments.how_many(make.clerk(loan), TODAY) == 0


def test_of_two_the_first_is_given_back_first_and_a_stranger_sees_neither():
    on(TODAY)
    loan = make.case_at(State.LIVE)
    make.repaid(loan, "50000", overpaid="100", on=FIRST)
    first = loan.book_lines.filter(account="overpaid").get().entry
    actions.reverse_receipt(entry=first, reason="录错", by=make.clerk(loan), on=FIRST)
    make.repaid(Loan.objects.get(), "50000", overpaid="30", on=THEN)
    assert waits() == [(30, THEN, 11)]  # what was reversed never waited
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    assert loan.iou_number not in make.browser(stranger).get("/overpayments/").content.decode()
    assert on_desk(stranger, TODAY) == [] and make.browser(stranger).get(f"/cases/{loan.number}/refund/").status_code == 404
