"""Receipts are amounts as the bank reports them: short, double, early, late; never more than is owed; undone by counter-entry."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.models import Loan
from loans.states import State
from repayments import actions, ledger, queries
from repayments.actions import AmountRefused, DayRefused, HasAnotherCase, NotAReceipt, RefundedAlready, RepaidMoreThanOwed
from repayments.ledger import AlreadyBooked, AlreadyReversed
from repayments.models import Account, Entry, Visit
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.book import printed
from tests.make import TODAY as DAY

pytestmark = pytest.mark.django_db

LATER = date(2012, 9, 21)


@pytest.fixture
def loan():
    make.fund()
    return make.disbursed(make.case_at(State.CONTRACTED), iou_number="NJ201200001")


def fresh(loan):
    return Loan.objects.get(pk=loan.pk)


def reverse(entry, *, by=None, on=LATER):
    return actions.reverse_receipt(entry=entry, reason="金额录错", by=by or make.staff(Role.BANK), on=on)


def test_a_receipt_is_booked_as_principal_and_interest(loan):
    make.repaid(loan, "7142.86", interest="12.34", reference="LS1", on=LATER)
    assert (
        printed(loan)
        == """
2012-01-04  NJ201200001      principal +50000.00   bank_money -50000.00
2012-09-21  LS1              bank_money +7155.20   principal -7142.86   interest -12.34
"""
    )
    assert (ledger.outstanding(loan), fresh(loan).state) == (D("42857.14"), State.LIVE)


def test_the_last_repayment_settles_the_loan(loan):
    make.repaid(loan, "30000", on=LATER)
    make.repaid(loan, "20000", value_date=date(2012, 10, 8), on=date(2012, 10, 10))
    settled = fresh(loan)
    assert (settled.state, settled.closed_on, settled.closed_by, settled.state_since) == (
        State.SETTLED,
        date(2012, 10, 8),
        make.staff(Role.BANK),
        date(2012, 10, 10),
    )


def test_a_late_report_keeps_its_value_date(loan):
    make.repaid(loan, "7142.86", value_date=date(2012, 9, 20), on=date(2012, 11, 1))
    assert queries.arrears(loan, date(2012, 10, 1)).amount == 0
    assert ledger.outstanding(loan, as_of=date(2012, 9, 19)) == 50000


def test_principal_beyond_what_is_owed_is_refused_with_both_figures(loan):
    with pytest.raises(RepaidMoreThanOwed, match=r"50,000\.00.*50,000\.01"):
        make.repaid(loan, "50000.01", on=LATER)


def test_interest_beyond_anything_that_can_be_owed_is_refused(loan):
    with pytest.raises(RepaidMoreThanOwed):
        make.repaid(loan, "0", interest="99999", on=LATER)


def test_interest_alone_may_be_paid(loan):
    make.repaid(loan, "0", interest="1233.06", on=LATER)
    assert (ledger.outstanding(loan), queries.received(loan, Account.INTEREST)) == (50000, D("1233.06"))


@pytest.mark.parametrize(("principal", "interest"), [("0", "0"), ("-1", "0"), ("10", "-1")])
def test_odd_amounts_are_refused(loan, principal, interest):
    with pytest.raises(AmountRefused):
        make.repaid(loan, principal, interest=interest, on=LATER)


@pytest.mark.parametrize("day", [date(2012, 1, 3), date(2012, 9, 22)])
def test_money_comes_between_disbursement_and_office_date(loan, day):
    with pytest.raises(DayRefused):
        make.repaid(loan, "100", value_date=day, on=LATER)


def test_the_banks_serial_is_booked_once(loan):
    make.repaid(loan, "100", reference="LS7", on=LATER)
    with pytest.raises(AlreadyBooked, match="LS7"):
        make.repaid(loan, "100", reference="LS7", on=LATER)
    assert ledger.outstanding(loan) == 49900


@pytest.mark.parametrize("state", [state for state in make.STEPS if state not in (State.LIVE, State.SETTLED)])
def test_nothing_is_received_before_the_loan_lives(state):
    with pytest.raises(NotAllowedFromHere):
        make.repaid(make.case_at(state), "100", on=LATER)


def test_a_settled_loan_takes_no_more(loan):
    make.repaid(loan, "50000", on=LATER)
    with pytest.raises(NotAllowedFromHere):
        make.repaid(loan, "1", on=LATER)


# --- Overpayment -----------------------------------------------------------------------------------------------------------
def test_an_overpayment_is_marked_kept_apart_and_refunded(loan):
    make.repaid(loan, "50000", interest="100", overpaid="200", reference="LS9", on=LATER)
    assert fresh(loan).state == State.SETTLED
    assert ledger.balance(Account.OVERPAID, loan=loan) == -200
    actions.refund(loan=loan, amount=D(200), reference="TK1", value_date=LATER, by=make.staff(Role.BANK), on=LATER)
    assert ledger.balance(Account.OVERPAID, loan=loan) == 0
    with pytest.raises(RepaidMoreThanOwed):
        actions.refund(loan=loan, amount=D(1), reference="TK2", value_date=LATER, by=make.staff(Role.BANK), on=LATER)


def test_nothing_is_overpaid_while_principal_is_owed(loan):
    with pytest.raises(RepaidMoreThanOwed):
        make.repaid(loan, "49999", overpaid="1", on=LATER)


# --- Reversal ------------------------------------------------------------------------------------------------------------------
def test_a_receipt_is_undone_by_an_entry_that_names_it(loan):
    entry = make.repaid(loan, "7142.86", interest="10", reference="LS1", on=LATER)
    reverse(entry, on=date(2012, 9, 25))
    assert (
        printed(loan)
        == """
2012-01-04  NJ201200001      principal +50000.00   bank_money -50000.00
2012-09-21  LS1              bank_money +7152.86   principal -7142.86   interest -10.00
2012-09-21  LS1/reversed     bank_money -7152.86   principal +7142.86   interest +10.00  booked 2012-09-25  undoes LS1
"""
    )


def test_undoing_the_last_receipt_reopens_the_loan(loan):
    entry = make.repaid(loan, "50000", on=LATER)
    reverse(entry)
    again = fresh(loan)
    assert (again.state, again.closed_on, again.closed_by, ledger.outstanding(again)) == (State.LIVE, None, None, 50000)


def test_undoing_an_interest_receipt_leaves_a_settled_loan_settled(loan):
    entry = make.repaid(loan, "0", interest="10", on=LATER)
    make.repaid(loan, "50000", on=LATER)
    reverse(entry)
    assert fresh(loan).state == State.SETTLED


def test_after_a_reversal_the_same_serial_may_come_again_and_is_told_apart(loan):
    reverse(make.repaid(loan, "700", reference="LS1", on=LATER))
    assert make.repaid(loan, "7000", reference="LS1", on=LATER).reference == "LS1/2"
    with pytest.raises(AlreadyBooked):
        make.repaid(loan, "7000", reference="LS1", on=LATER)
    reverse(Entry.objects.get(reference="LS1/2"))
    assert make.repaid(loan, "7000", reference="LS1", on=LATER).reference == "LS1/3"


def test_nothing_is_undone_twice(loan):
    entry = make.repaid(loan, "700", on=LATER)
    reverse(entry)
    with pytest.raises(AlreadyReversed):
        reverse(entry)


def test_only_receipts_are_undone_here(loan):
    for entry in Entry.objects.exclude(kind=Entry.Kind.RECEIPT):
        with pytest.raises(NotAReceipt):
            reverse(entry)


def test_a_refunded_overpayment_is_not_undone(loan):
    entry = make.repaid(loan, "50000", overpaid="200", on=LATER)
    actions.refund(loan=loan, amount=D(200), reference="TK1", value_date=LATER, by=make.staff(Role.BANK), on=LATER)
    with pytest.raises(RefundedAlready):
        reverse(entry)
    assert fresh(loan).state == State.SETTLED


def test_a_settled_loan_does_not_reopen_beside_another_case(loan):
    entry = make.repaid(loan, "50000", on=LATER)
    make.case_at(State.CONFIRMED, applicant=loan.applicant)
    with pytest.raises(HasAnotherCase):
        reverse(entry)


def test_only_its_own_bank_undoes(loan):
    entry = make.repaid(loan, "700", on=LATER)
    for by in (make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储")), make.staff(Role.DIRECTOR), make.user(Role.ADMINISTRATOR)):
        with pytest.raises(NotYours):
            reverse(entry, by=by)


# --- Visits ----------------------------------------------------------------------------------------------------------------------
def visit(loan, *, day=LATER, by=None):
    return actions.record_visit(
        loan=loan, visit_day=day, business=Visit.Business.DIFFICULT, workers=2, remark="雨季客少", by=by or make.staff(Role.LOAN_OFFICER), on=LATER
    )


def test_a_visit_is_added_and_the_loan_is_not_due_for_a_quarter(loan):
    assert list(queries.visits_due(Loan.objects.all(), LATER)) == [loan]
    made = visit(loan, day=date(2012, 9, 20))
    assert (made.business, made.workers, made.recorded_on) == ("difficult", 2, LATER)
    assert not queries.visits_due(Loan.objects.all(), date(2012, 12, 19))
    assert queries.visits_due(Loan.objects.all(), date(2012, 12, 20)).get() == loan


@pytest.mark.parametrize("day", [date(2012, 1, 3), date(2012, 9, 22)])
def test_a_visit_lies_within_the_loan(loan, day):
    with pytest.raises(DayRefused):
        visit(loan, day=day)


@pytest.mark.parametrize("role", [Role.BANK, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR, Role.TRAINER])
def test_the_office_visits(loan, role):
    with pytest.raises(NotYours):
        visit(loan, by=make.user(role, bank=make.bank() if role == Role.BANK else None))


def test_a_disbursed_loan_is_visited_not_an_application():
    make.fund()
    with pytest.raises(NotAllowedFromHere):
        visit(make.case_at(State.CONTRACTED))


def test_receipts_begin_with_the_disbursement_day(loan):
    make.repaid(loan, "1", value_date=DAY, on=DAY)
    assert ledger.outstanding(loan) == 49999
