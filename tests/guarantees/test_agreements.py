"""What banks have agreed to bear, from which day on, and that the parts of a loss sum to it."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError

from guarantees.agreements import NoAgreement, agreement_of, agreements_on, borrowers_pay_first
from loans import confirmation
from loans.states import State
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2004, 3, 1), date(2009, 1, 1)


@pytest.fixture
def bank(db):
    made = make.bank()
    make.agreement(made, "1", "0", from_day=FIRST)
    make.agreement(made, "0.8", "0.2", from_day=SECOND, effective_until=date(2013, 12, 31))
    return made


@pytest.mark.parametrize(("day", "share"), [(FIRST, 1), (date(2008, 12, 31), 1), (SECOND, D("0.8")), (date(2013, 12, 31), D("0.8"))])
def test_the_agreement_that_began_last_holds(bank, day, share):
    assert agreement_of(bank, day).fund_share == share
    assert [a.fund_share for a in agreements_on(day)] == [share]


@pytest.mark.parametrize("day", [date(2004, 2, 29), date(2014, 1, 1)])
def test_before_the_first_and_after_the_last_day_there_is_none(bank, day):
    with pytest.raises(NoAgreement):
        agreement_of(bank, day)
    assert list(agreements_on(day)) == []


def test_a_change_waits_for_the_second_person(bank):
    before = agreement_of(bank, SECOND)
    administrator, changed = make.staff(Role.ADMINISTRATOR), agreement_of(bank, SECOND)
    changed.fund_share, changed.bank_share = D("0.9"), D("0.1")
    row = confirmation.enter(row=changed, replaces=before, by=administrator, on=make.TODAY)
    assert agreement_of(bank, SECOND) == before
    confirmation.confirm(row=row, by=make.staff(Role.FINANCE), on=make.TODAY)
    assert agreement_of(bank, SECOND).fund_share == D("0.9")


def test_another_banks_agreement_is_not_ours(bank):
    with pytest.raises(NoAgreement):
        agreement_of(make.bank("邮政储蓄银行", "邮储"), SECOND)


def test_an_amount_is_split_to_the_fen():
    found = make.agreement(make.bank(), "0.7", "0.2", agency="0.1").split(D("100.03"))
    assert (found.fund, found.bank, found.agency) == (D("70.02"), D("20.01"), D("10.00"))
    assert sum(found) == D("100.03")


@pytest.mark.parametrize("shares", [("0.8", "0.1"), ("1.2", "-0.2")])
def test_shares_sum_to_one_and_none_is_below_nothing(shares):
    with pytest.raises(IntegrityError, match="agreement_shares_sum_to_one"):
        make.agreement(make.bank(), *shares)


def test_the_page_shows_which_agreement_holds_and_which_is_unconfirmed(bank):
    make.office_date()
    make.agreement(make.bank("邮政储蓄银行", "邮储"), "0.6", "0.4", status="unconfirmed", document_number="双担协〔2005〕9号")
    shown = make.browser(make.staff(Role.AUDITOR)).get("/fund/agreements/").content.decode()
    assert shown.count("现行") == 2
    assert "双担协〔2005〕9号" in shown
    assert "60%" in shown
    assert "60%" not in make.browser(make.user(Role.BANK, bank=bank)).get("/fund/agreements/").content.decode()


def test_who_pays_the_interest_first_is_fixed_by_the_contracts_day():
    promised, eve = make.case_at(State.PROMISED, on=make.TODAY), make.TODAY - timedelta(1)
    assert not borrowers_pay_first(promised.bank, make.TODAY)  # nothing agreed: finance pays the bank
    make.agreement(promised.bank, from_day=FIRST)
    make.agreement(promised.bank, from_day=make.TODAY, borrower_pays_first=True)
    assert not borrowers_pay_first(promised.bank, eve)
    signed = make.contracted(promised)
    make.agreement(promised.bank, from_day=make.TODAY + timedelta(1))
    signed.refresh_from_db()
    assert signed.borrower_pays_first
