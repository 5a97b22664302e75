"""The bank decides, lends, demands: of its own cases only, under the contract's day and rate, each number once."""

from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import actions, queries
from guarantees.actions.bank import ContractTaken, LentMoreThanPromised, RateTooHigh
from guarantees.actions.demand import NotOverdue
from guarantees.models import Promise
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import State
from repayments import ledger
from repayments.actions import AmountRefused, DayRefused, IouTaken, RepaidMoreThanOwed
from repayments.models import Account, Entry
from repayments.schedule import rows
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.make import TODAY as DAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fund():
    return make.fund()


def decide(loan, *, number="NXD201200001", day=DAY, rate="9.65", by=None, on=DAY):
    return actions.decide_credit(loan=loan, contract_number=number, contract_date=day, rate=D(rate), by=by or make.staff(Role.BANK), on=on)


# --- Credit decision ---------------------------------------------------------------------------------------------------------
def test_the_contract_fixes_rate_day_and_subsidy():
    loan = decide(make.case_at(State.PROMISED), day=date(2012, 1, 6), on=date(2012, 1, 9))
    assert (loan.state, loan.contract_number, loan.contract_date, loan.rate) == (State.CONTRACTED, "NXD201200001", date(2012, 1, 6), D("9.65"))
    assert (loan.credit_decided_on, loan.credit_decided_by) == (date(2012, 1, 9), make.staff(Role.BANK))
    assert loan.terms["rate_ceiling"]["value"] == "benchmark+3.00"
    assert queries.position(make.bank(), on=DAY).reserved == 50000


def test_a_rate_above_the_ceiling_of_the_contract_day_is_refused():
    with pytest.raises(RateTooHigh, match=r"9\.65"):
        decide(make.case_at(State.PROMISED), rate="9.66")


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_a_rate_is_above_zero(rate):
    with pytest.raises(RateTooHigh):
        decide(make.case_at(State.PROMISED), rate=rate)


@pytest.mark.parametrize("day", [date(2012, 1, 3), date(2012, 1, 5)])
def test_a_contract_lies_between_promise_and_office_date(day):
    with pytest.raises(DayRefused):
        decide(make.case_at(State.PROMISED), day=day)


def test_a_contract_number_is_given_once_by_each_bank():
    decide(make.case_at(State.PROMISED))
    with pytest.raises(ContractTaken, match="NXD201200001"):
        decide(make.case_at(State.PROMISED))
    elsewhere = make.case_at(State.PROMISED, bank=make.bank("邮政储蓄银行", "邮储"))
    assert decide(elsewhere, by=make.clerk(elsewhere)).state == State.CONTRACTED


def test_a_bank_decides_on_its_own_cases_only():
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    with pytest.raises(NotYours):
        decide(make.case_at(State.PROMISED), by=stranger)
    with pytest.raises(NotYours):
        make.disbursed(make.case_at(State.CONTRACTED), by=stranger)
    with pytest.raises(NotYours):
        make.repaid(make.case_at(State.LIVE), "100", on=DAY, by=stranger)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BANK])
def test_nobody_else_decides_for_a_bank(role):
    with pytest.raises(NotYours):
        decide(make.case_at(State.PROMISED), by=make.user(role))


def test_a_bank_that_does_not_lend_says_why_and_the_room_is_free():
    room = queries.room(make.bank(), on=DAY)
    loan = actions.refuse_credit(loan=make.case_at(State.PROMISED), reason="征信有不良记录", by=make.staff(Role.BANK), on=DAY)
    assert (loan.state, loan.closing_reason, loan.promise.end) == (State.REFUSED, "征信有不良记录", Promise.End.REFUSED)
    assert queries.room(make.bank(), on=DAY) == room


# --- Disbursement ------------------------------------------------------------------------------------------------------------
def test_a_disbursement_opens_loan_schedule_and_venture():
    loan = make.disbursed(make.case_at(State.CONTRACTED), iou_number="NJ201200007", day=date(2012, 1, 4), on=date(2012, 1, 6))
    assert (loan.state, loan.principal, loan.iou_number, loan.maturity) == (State.LIVE, 50000, "NJ201200007", date(2014, 1, 4))
    entry = Entry.objects.get(kind=Entry.Kind.DISBURSEMENT)
    assert (entry.reference, entry.value_date, entry.booked_on) == ("NJ201200007", date(2012, 1, 4), date(2012, 1, 6))
    assert [(line.account, line.amount) for line in entry.lines.all()] == [(Account.PRINCIPAL, 50000), (Account.BANK_MONEY, -50000)]
    venture = loan.ventures.get()
    assert (venture.name, venture.opened, venture.jobs) == ("农机修理部", date(2012, 1, 4), 3)


@pytest.mark.parametrize("form", [form for form in Form if form != Form.CUSTOM])
def test_the_booked_schedule_is_the_preview(form):
    loan = make.case_at(State.LIVE, form=form)
    preview = rows(form, D(50000), D("9.65"), DAY, 24)
    booked = loan.schedules.get().instalments.all()
    assert [(r.sequence, r.due, r.principal, r.interest, r.balance_after) for r in booked] == [tuple(row) for row in preview]


def test_reserved_room_becomes_used_and_what_was_not_needed_is_free():
    loan = make.case_at(State.CONTRACTED)
    before = queries.position(make.bank(), on=DAY)
    make.disbursed(loan, amount=D(42000), difference_reason="借款人自有资金增加")
    after = queries.position(make.bank(), on=DAY)
    assert (before.used, before.reserved, after.used, after.reserved) == (0, 50000, 42000, 0)
    assert after.room - before.room == 8000
    assert loan.promise.__class__.objects.get(loan=loan).end == Promise.End.DISBURSED


def test_less_than_promised_needs_its_reason():
    with pytest.raises(LentMoreThanPromised):
        make.disbursed(make.case_at(State.CONTRACTED), amount=D(42000))


@pytest.mark.parametrize("amount", ["50000.01", "99.99", "0"])
def test_an_amount_outside_the_promise_is_refused(amount):
    with pytest.raises(LentMoreThanPromised):
        make.disbursed(make.case_at(State.CONTRACTED), amount=D(amount), difference_reason="x")


@pytest.mark.parametrize("day", [date(2012, 1, 3), date(2012, 1, 5)])
def test_the_money_goes_out_between_contract_and_office_date(day):
    with pytest.raises(DayRefused):
        make.disbursed(make.case_at(State.CONTRACTED), day=day)


def test_an_iou_number_is_given_once_by_each_bank():
    make.disbursed(make.case_at(State.CONTRACTED), iou_number="NJ201200001")
    with pytest.raises(IouTaken, match="NJ201200001"):
        make.disbursed(make.case_at(State.CONTRACTED), iou_number="NJ201200001")


@pytest.mark.parametrize("state", [state for state in make.STEPS if state != State.CONTRACTED])
def test_only_a_contract_is_disbursed(state):
    with pytest.raises(NotAllowedFromHere):
        make.disbursed(make.case_at(state), amount=D(50000))


# --- Demand ----------------------------------------------------------------------------------------------------------------------
LATE = date(2012, 10, 10)  # 7,142.86 fell due on 21 September


def demand(loan, *, principal="50000", on=LATE, by=None):
    return actions.demand(loan=loan, principal=D(principal), interest=D("800"), reason="电话、上门催收三次", by=by or make.staff(Role.BANK), on=on)


def test_a_demand_is_open_until_it_is_rejected():
    loan = make.case_at(State.LIVE)
    made = demand(loan)
    assert made.outcome == ""
    rejected = actions.reject_demand(loan=loan, reason="请先联系反担保人", by=make.staff(Role.DIRECTOR), on=LATE)
    assert (rejected.pk, rejected.outcome, rejected.closed_on) == (made.pk, "rejected", LATE)
    with pytest.raises(NotAllowedFromHere):
        actions.reject_demand(loan=loan, reason="再次", by=make.staff(Role.DIRECTOR), on=LATE)


def test_one_demand_after_the_other():
    loan = make.case_at(State.LIVE)
    made = demand(loan)
    with pytest.raises(NotAllowedFromHere):
        demand(loan)
    actions.reject_demand(loan=loan, reason="请先联系反担保人", by=make.user(Role.FINANCE), on=LATE)
    assert demand(loan).pk != made.pk


def test_nothing_is_demanded_for_a_loan_that_is_not_overdue():
    with pytest.raises(NotOverdue):
        demand(make.case_at(State.LIVE), on=date(2012, 9, 21))


@pytest.mark.parametrize("principal", ["0", "50000.01"])
def test_at_most_what_is_owed_is_demanded(principal):
    with pytest.raises((RepaidMoreThanOwed, AmountRefused)):
        demand(make.case_at(State.LIVE), principal=principal)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REVIEWER, Role.DIRECTOR, Role.FINANCE)])
def test_who_signs_may_reject(role):
    loan = make.case_at(State.LIVE)
    demand(loan)
    with pytest.raises(NotYours):
        actions.reject_demand(loan=loan, reason="x", by=make.user(role, bank=make.bank() if role == Role.BANK else None), on=LATE)


def test_the_book_of_a_disbursed_loan_balances():
    loan = make.case_at(State.LIVE)
    assert ledger.outstanding(Loan.objects.get(pk=loan.pk)) == 50000
