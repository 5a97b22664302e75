"""The third signature: room is reserved, terms are frozen, and what the rules do not allow is refused by name."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from applicants.models import Applicant, Household
from guarantees import actions, queries
from guarantees.actions.locks import NoFundAccount, PromiseHasLapsed
from guarantees.actions.promise import FundIsFull, HouseholdHasALoan, OverTheCap
from guarantees.models import Promise
from loans.models import Department, Loan
from loans.states import State
from repayments import ledger
from repayments.actions import DayRefused
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff import jobs
from staff.audit import history
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.make import TODAY as DAY

pytestmark = pytest.mark.django_db


def approve(loan, *, amount=None, term=24, by=None, on=DAY):
    return actions.approve(loan=loan, amount=amount or loan.amount_asked, term=term, remark="同意担保", by=by or make.staff(Role.DIRECTOR), on=on)


def test_a_promise_is_numbered_dated_and_reserves_room():
    make.fund("100000")
    promise = approve(make.case_at(State.CONFIRMED), amount=D(40000))
    assert (promise.number, promise.amount, promise.valid_until) == ("双担承〔2012〕1号", 40000, date(2012, 3, 4))
    assert (promise.loan.state, promise.loan.amount_granted, promise.loan.approved_on) == (State.PROMISED, 40000, DAY)
    assert queries.position(make.bank(), on=DAY).reserved == 40000
    assert queries.room(make.bank(), on=DAY) == 460000
    assert approve(make.case_at(State.CONFIRMED)).number == "双担承〔2012〕2号"


def test_numbers_begin_anew_each_year():
    make.fund()
    approve(make.case_at(State.CONFIRMED))
    assert approve(make.case_at(State.CONFIRMED), on=date(2013, 1, 4)).number == "双担承〔2013〕1号"


def test_the_terms_in_force_are_frozen_with_their_documents():
    make.fund()
    terms = approve(make.case_at(State.CONFIRMED)).loan.terms
    assert (terms["lending_cap"]["value"], terms["lending_cap"]["document"]) == ("50000.00", "银发〔2008〕238号")
    assert terms["subsidy_regime"]["value"] == "B"


def test_the_history_tells_who_promised_what():
    make.fund()
    loan = approve(make.case_at(State.CONFIRMED)).loan
    event = history(loan).last()
    assert (event.kind, event.by, event.on) == ("loan.moved", make.staff(Role.DIRECTOR), DAY)
    assert (event.data["now"], event.data["promise"], event.data["amount"]) == ("promised", "双担承〔2012〕1号", "50000.00")


def test_a_promise_larger_than_the_room_is_refused_and_names_both():
    make.fund("5000")
    with pytest.raises(FundIsFull, match=r"25,000\.00.*50,000\.00"):
        approve(make.case_at(State.CONFIRMED))
    assert not Promise.objects.exists()


def test_the_room_to_the_fen():
    make.fund("10000")
    approve(make.case_at(State.CONFIRMED, amount=D(50000)))
    with pytest.raises(FundIsFull):
        approve(make.case_at(State.CONFIRMED, amount=D(100)))


def test_what_is_in_the_book_with_a_later_value_date_uses_room_too():
    account, loan = make.fund("10000"), make.case_at(State.CONFIRMED)
    money = Posting(Account.PRINCIPAL, D(20000), loan), Posting(Account.BANK_MONEY, D(-20000))
    ledger.post(Entry.Kind.DISBURSEMENT, *money, bank=account.bank, reference="x", value_date=date(2012, 2, 1), on=DAY, by=make.staff(Role.BANK))
    with pytest.raises(FundIsFull):
        approve(make.case_at(State.CONFIRMED))


@pytest.mark.parametrize("hand", ["reviewed_by", "confirmed_by"])
def test_whoever_signed_before_cannot_approve(hand):
    make.fund()
    loan = make.case_at(State.CONFIRMED)
    Loan.objects.filter(pk=loan.pk).update(**{hand: make.staff(Role.DIRECTOR)})
    with pytest.raises(NotYours):
        approve(loan)


def test_who_investigated_for_the_employment_service_cannot_approve():
    make.fund()
    loan = make.case_at(State.CONFIRMED)
    loan.investigations.get().opinions.filter(department=Department.EMPLOYMENT).update(signed_by=make.staff(Role.DIRECTOR))
    with pytest.raises(NotYours):
        approve(loan)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DIRECTOR, Role.BANK)])
def test_only_the_director_approves(role):
    make.fund()
    with pytest.raises(NotYours):
        approve(make.case_at(State.CONFIRMED), by=make.user(role))


@pytest.mark.parametrize("state", [state for state in make.STEPS if state != State.CONFIRMED])
def test_only_a_case_past_second_review_is_approved(state):
    make.fund()
    with pytest.raises(NotAllowedFromHere):
        approve(make.case_at(state))


def test_more_than_was_asked_is_refused():
    make.fund()
    with pytest.raises(OverTheCap, match=r"30,000\.00"):
        approve(make.case_at(State.CONFIRMED, amount=D(30000)), amount=D(30001))


def test_more_than_the_documents_allow_is_refused_by_their_number():
    make.fund()
    loan = make.case_at(State.CONFIRMED)
    Loan.objects.filter(pk=loan.pk).update(amount_asked=60000)
    with pytest.raises(OverTheCap, match="银发〔2008〕238号"):
        approve(loan, amount=D(60000))
    assert approve(loan, amount=D(50000)).amount == 50000


@pytest.mark.parametrize("term", [0, 25])
def test_a_term_outside_the_rules_is_refused(term):
    make.fund()
    with pytest.raises(OverTheCap):
        approve(make.case_at(State.CONFIRMED), term=term)


def one_household(*loans):
    """The borrowers of these cases turn out to live together."""
    home = Household.objects.create()
    Applicant.objects.filter(loans__in=loans).update(household=home)


@pytest.mark.parametrize("state", [State.PROMISED, State.CONTRACTED, State.LIVE])
def test_a_household_has_one_loan(state):
    other, loan = make.case_at(state, applicant=make.person("王桂芝", sex="F")), make.case_at(State.CONFIRMED)
    one_household(other, loan)
    with pytest.raises(HouseholdHasALoan, match="王桂芝"):
        approve(loan)


def test_a_household_that_has_repaid_may_borrow_again():
    other, loan = make.case_at(State.SETTLED), make.case_at(State.CONFIRMED)
    one_household(other, loan)
    assert approve(loan)


def test_a_bank_without_a_part_of_the_fund_gets_no_promise():
    with pytest.raises(NoFundAccount):
        approve(make.case_at(State.CONFIRMED))


# --- Taken back, lapsed -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [State.PROMISED, State.CONTRACTED])
def test_a_promise_taken_back_frees_its_room(state):
    make.fund("10000")
    loan = make.case_at(state)
    actions.withdraw_promise(loan=loan, reason="借款人放弃", by=make.staff(Role.DIRECTOR), on=DAY)
    loan = Loan.objects.get(pk=loan.pk)
    assert (loan.state, loan.closing_reason, loan.promise.end) == (State.WITHDRAWN, "借款人放弃", Promise.End.WITHDRAWN)
    assert queries.room(make.bank(), on=DAY) == 50000


def test_a_promise_cannot_be_taken_back_once_the_bank_has_lent():
    make.fund()
    with pytest.raises(NotAllowedFromHere):
        actions.withdraw_promise(loan=make.case_at(State.LIVE), reason="晚了", by=make.staff(Role.DIRECTOR), on=DAY)


@pytest.mark.parametrize("state", [State.PROMISED, State.CONTRACTED])
def test_a_promise_lapses_after_its_last_day_and_frees_its_room(state):
    make.fund("10000")
    loan = make.case_at(state)
    with pytest.raises(DayRefused):
        actions.lapse(loan=loan, by=make.staff(Role.DIRECTOR), on=date(2012, 3, 4))
    actions.lapse(loan=loan, by=make.staff(Role.DIRECTOR), on=date(2012, 3, 5))
    loan = Loan.objects.get(pk=loan.pk)
    assert (loan.state, loan.promise.end, loan.promise.ended_on) == (State.LAPSED, Promise.End.LAPSED, date(2012, 3, 5))
    assert queries.room(make.bank(), on=DAY) == 50000


def test_the_night_lets_promises_lapse_on_their_own_day_however_far_the_date_leaps():
    make.office_date(DAY)
    jobs.run_due(DAY)
    loan, longer = make.case_at(State.PROMISED), make.case_at(State.CONTRACTED, on=date(2012, 2, 1))
    jobs.run_due(date(2012, 3, 20))
    lapsed = Loan.objects.get(pk=loan.pk)
    assert (lapsed.state, lapsed.state_since, lapsed.closed_by.name) == (State.LAPSED, date(2012, 3, 5), "系统自动")
    assert Loan.objects.get(pk=longer.pk).state == State.CONTRACTED
    jobs.run_due(date(2012, 4, 2))
    assert Loan.objects.get(pk=longer.pk).state == State.LAPSED


def test_a_promise_past_its_days_is_not_lent_on_even_before_the_night():
    make.fund()
    late = date(2012, 3, 5)
    with pytest.raises(PromiseHasLapsed):
        actions.decide_credit(loan=make.case_at(State.PROMISED), contract_number="NXD1", contract_date=late, rate=D("9.65"), by=make.staff(Role.BANK), on=late)
    with pytest.raises(PromiseHasLapsed):
        make.disbursed(make.case_at(State.CONTRACTED), on=late)


def test_a_promise_keeps_what_the_fund_stood_for():
    make.fund("100000")
    first, second = make.case_at(State.PROMISED).promise, make.case_at(State.PROMISED).promise
    assert [(p.fund_balance, p.multiple, p.stood_for) for p in (first, second)] == [(100000, 5, 50000), (100000, 5, 100000)]
    with pytest.raises(IntegrityError, match="promise_within_the_multiple"), transaction.atomic():
        Promise.objects.filter(pk=first.pk).update(stood_for=D("500000.01"))
