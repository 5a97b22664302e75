"""The fund by bank from one balance to the next: every kind of movement in its own column, a reversal with what it undoes."""

from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import actions, queries
from reports import fund_moves
from reports.periods import between
from staff.models import Role
from tests import make
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_opening_and_what_moved_make_the_closing_balance():
    here, there = make.fund("100000", on=date(2011, 11, 3)), make.fund("0", bank=make.bank("邮政储蓄银行", "邮储"))
    paper = {"by": make.staff(Role.FINANCE), "on": TODAY, "value_date": date(2011, 12, 20)}
    actions.pay_in(account=here, amount=D(20000), document="1", **paper)
    wrong = actions.pay_in(account=here, amount=D(777), document="2", **paper)
    actions.reverse_movement(entry=wrong, reason="录错", by=make.staff(Role.FINANCE), on=TODAY)
    actions.keep_interest(account=here, amount=D("12.34"), document="3", **paper)
    actions.transfer(source=here, target=there, amount=D(30000), document="4", **paper)
    actions.withdraw(account=here, amount=D(5000), document="5", **paper)
    found = fund_moves.rows(period=between(date(2011, 12, 1), date(2011, 12, 31)))
    one, two = (next(row for row in found if row.bank == account.bank.name) for account in (here, there))
    assert (one.opening, one.paid_in, one.interest, one.moved, one.withdrawn) == (100000, 20000, D("12.34"), -30000, -5000)
    assert (two.moved, two.closing) == (30000, 30000)
    assert [row.closing for row in (one, two)] == [queries.position(account.bank, on=date(2011, 12, 31)).balance for account in (here, there)]
    assert fund_moves.foot(found)["closing"] == D("115012.34")
    assert {row.opening for row in fund_moves.rows(period=between(date(2012, 1, 1), TODAY))} == {one.closing, two.closing}
