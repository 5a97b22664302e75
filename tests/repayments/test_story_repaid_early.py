"""Money comes before its time: the borrower says whether the term stays or the payment; a mistake takes it all back."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from loans.states import State
from repayments import actions as receipts
from repayments import checks, ledger, queries
from repayments.changes import actions, proposals
from repayments.models import Schedule
from repayments.rescheduling import NotEarly, PaymentCannotStay
from repayments.schedule import NoSchedule
from tests import make

pytestmark = pytest.mark.django_db

Cause = Schedule.Cause
LENT, DAY = date(2012, 1, 11), date(2012, 6, 26)


def loan_of(form=Form.EQUAL_PRINCIPAL_MONTHLY, paid=5):
    """24,000 over 24 months at 7.2 %, the first months paid."""
    loan = make.case_at(State.CONFIRMED, on=LENT, amount=D(24000), form=form)
    loan = make.disbursed(make.contracted(make.promised(loan, on=LENT), on=LENT, rate=D("7.2")), on=LENT)
    for row in list(loan.schedules.get().instalments.all())[:paid]:
        if row.principal:
            make.repaid(loan, row.principal, on=row.due)
    return loan


def open_rows(loan, on):
    return [(share.due, share.remaining) for share in queries.allocation(loan, on) if share.remaining]


def holds(loan):
    loan.refresh_from_db()
    assert [line for check in checks.CHECKS for line in check()] == []


def test_in_part_with_the_term_kept():
    loan = loan_of()
    make.repaid_early(loan, Cause.KEEP_TERM, "9500", on=DAY, interest="57.00")
    holds(loan)
    assert loan.maturity == date(2014, 1, 11)
    assert open_rows(loan, DAY)[:2] == [(date(2012, 7, 11), D("500.00")), (date(2012, 8, 11), D("500.00"))] and len(open_rows(loan, DAY)) == 19
    assert sum(left for _due, left in open_rows(loan, DAY)) == ledger.outstanding(loan) == D("9500.00")
    assert queries.arrears(loan, DAY).amount == 0


def test_in_part_with_the_payment_kept():
    loan = loan_of()
    make.repaid_early(loan, Cause.KEEP_PAYMENT, "9500", on=DAY)
    holds(loan)
    assert loan.maturity == date(2013, 4, 11)
    assert [left for _due, left in open_rows(loan, DAY)] == [D("1000.00")] * 9 + [D("500.00")]


def test_what_is_late_comes_first():
    loan = loan_of(paid=3)
    with pytest.raises(NotEarly, match="2,000"):
        make.repaid_early(loan, Cause.KEEP_TERM, "2000", on=DAY)
    make.repaid_early(loan, Cause.KEEP_TERM, "11500", on=DAY)
    holds(loan)
    assert queries.arrears(loan, DAY).amount == 0 and open_rows(loan, DAY)[0] == (date(2012, 7, 11), D("500.00"))


def test_in_whole_to_the_day():
    loan = loan_of()
    ends = proposals.pay_off(loan, DAY)
    assert (ends.principal, ends.own + ends.subsidy, ends.penalty) == (D("19000.00"), D("57.00"), 0)
    with pytest.raises(actions.NotAllYet):
        make.repaid_early(loan, Cause.WHOLE, "18999", on=DAY)
    with pytest.raises(actions.NotAllYet):
        make.repaid_early(loan, Cause.KEEP_TERM, "19000", on=DAY)
    make.repaid_early(loan, Cause.WHOLE, "19000", on=DAY, interest=str(ends.interest))
    holds(loan)
    assert (loan.state, loan.closed_on, open_rows(loan, DAY)) == (State.SETTLED, DAY, [])
    assert [row.due for row in queries.schedule_of(loan, DAY).instalments.all()][-1] == DAY


def test_a_receipt_without_a_choice_changes_no_schedule():
    loan = loan_of()
    make.repaid(loan, "9500", on=DAY)
    assert loan.schedules.count() == 1
    assert open_rows(loan, DAY)[0] == (date(2013, 4, 11), D("500.00"))


def test_undone_the_schedule_is_what_it_was_and_later_changes_stand_on_it():
    loan = loan_of()
    before = open_rows(loan, DAY)
    wrong = make.repaid_early(loan, Cause.KEEP_PAYMENT, "9500", on=DAY)
    make.extended(loan, on=date(2012, 7, 2), months=6)
    loan.refresh_from_db()
    assert loan.maturity == date(2013, 10, 11)
    receipts.reverse_receipt(entry=wrong, reason="他人款项", by=make.clerk(loan), on=date(2012, 7, 9))
    holds(loan)
    assert (loan.maturity, loan.extensions.get().new_maturity) == (date(2014, 7, 11), date(2014, 7, 11))
    assert open_rows(loan, DAY) == before
    assert [(version.cause, bool(version.cancelled_on)) for version in loan.schedules.order_by("version")] == [
        ("disbursement", False),
        ("keep_payment", True),
        ("extension", True),
        ("extension", False),
    ]


def test_reported_late_it_stands_before_what_changed_since():
    loan = loan_of()
    make.extended(loan, on=date(2012, 7, 2), months=6)
    make.repaid_early(loan, Cause.KEEP_TERM, "9500", value_date=DAY, on=date(2012, 7, 5))
    holds(loan)
    assert [version.cause for version in loan.schedules.standing().order_by("version")] == ["disbursement", "keep_term", "extension"]
    assert sum(left for _due, left in open_rows(loan, date(2012, 7, 5))) == ledger.outstanding(loan) == D("9500.00")
    assert loan.maturity == date(2014, 7, 11)


def test_reversed_after_settlement_it_goes_on_as_before():
    loan = loan_of()
    before = open_rows(loan, DAY)
    last = make.repaid_early(loan, Cause.WHOLE, "19000", on=DAY)
    receipts.reverse_receipt(entry=last, reason="录错", by=make.clerk(loan), on=date(2012, 7, 2))
    holds(loan)
    assert loan.state == State.LIVE and open_rows(loan, DAY) == before


def test_one_payment_cannot_be_kept():
    with pytest.raises(PaymentCannotStay):
        make.repaid_early(loan_of(Form.BULLET_QUARTERLY), Cause.KEEP_PAYMENT, "9500", on=DAY)


def test_after_maturity_nothing_is_early():
    with pytest.raises(NoSchedule):
        make.repaid_early(loan_of(), Cause.KEEP_TERM, "5000", on=date(2014, 2, 1))
