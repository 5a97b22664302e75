"""Paid late: from maturity on everything owed bears the penalty rate, day by day, and finance pays none of it."""

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest

from guarantees.actions.bank import RateTooHigh
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.money import fen
from loans.states import State
from repayments import checks, ledger, penalty, receiving
from repayments.actions import RepaidMoreThanOwed, reverse_receipt
from repayments.models import Account
from tests import make

pytestmark = pytest.mark.django_db

LENT, DUE = date(2012, 1, 11), date(2013, 1, 11)


def loan_of(**contract):
    loan = make.case_at(State.PROMISED, on=LENT, form=Form.BULLET_QUARTERLY, term=12)
    loan = make.disbursed(make.contracted(loan, on=LENT, rate=D("9.5")), on=LENT)
    Loan.objects.filter(pk=loan.pk).update(**contract)
    loan.refresh_from_db()
    return loan


def pay(loan, principal, day, fine="0"):
    return make.repaid(loan, principal, on=day, penalty=D(fine))


def test_a_loan_paid_back_late_in_two_parts():
    loan = loan_of()
    assert penalty.owed(loan, DUE) == 0
    pay(loan, "20000", DUE + timedelta(10))
    # 50,000 for 10 days, then 30,000 for 20, at 1.5 × 9.5 = 14.25 %
    assert [(p.days, p.base, p.rate) for p in penalty.borne(loan, DUE + timedelta(30))] == [(10, D(50000), D("14.25")), (20, D(30000), D("14.25"))]
    assert penalty.owed(loan, DUE + timedelta(30)) == D("435.42")
    assert receiving.proposal(loan, DUE + timedelta(30))["penalty"] == D("435.42")
    with pytest.raises(RepaidMoreThanOwed, match="435"):
        pay(loan, "30000", DUE + timedelta(30), "435.43")
    last = pay(loan, "30000", DUE + timedelta(30), "435.42")
    assert ledger.balance(Account.PENALTY, loan=loan) == D("-435.42") and penalty.owed(loan, date(2014, 1, 1)) == 0
    reverse_receipt(entry=last, reason="录错", by=make.clerk(loan), on=DUE + timedelta(31))
    assert penalty.owed(loan, DUE + timedelta(30)) == D("435.42")
    assert [line for check in checks.CHECKS for line in check()] == []


def test_the_contract_may_name_its_rate_and_late_instalments():
    loan = make.case_at(State.PROMISED, on=LENT, form=Form.EQUAL_PRINCIPAL_MONTHLY, term=12, amount=D(12000))
    with pytest.raises(RateTooHigh):
        make.contracted(loan, on=LENT, rate=D("9.5"), penalty_rate=D("14.26"))
    loan = make.disbursed(make.contracted(loan, on=LENT, rate=D("9.5"), penalty_rate=D(12), penalty_on_rows=True), on=LENT)
    day = date(2012, 3, 21)  # 1,000 late since February 11, another since March 11
    assert [(p.first, p.days, p.base) for p in penalty.borne(loan, day)] == [(date(2012, 2, 11), 29, D(1000)), (date(2012, 3, 11), 10, D(2000))]
    assert penalty.owed(loan, day) == D("16.33")


def test_day_by_day_it_is_the_same():
    loan = loan_of(penalty_rate=D("12.6"), penalty_on_rows=True)
    paid = {DUE + timedelta(3): D("1234.56"), DUE + timedelta(17): D("20000.01"), DUE + timedelta(80): D(500)}
    for day, amount in paid.items():
        pay(loan, amount, day)
    until = DUE + timedelta(123)
    days = (DUE + timedelta(n) for n in range((until - DUE).days))
    exact = sum((Fraction(50000 - sum(amount for paid_on, amount in paid.items() if paid_on <= day)) * Fraction("12.6") / 36000 for day in days), Fraction())
    assert penalty.owed(loan, until) == fen(D(exact.numerator) / exact.denominator)


def test_an_extended_loan_bears_none_before_its_new_maturity():
    loan = loan_of()
    make.extended(loan, on=date(2012, 12, 3), months=6)
    assert penalty.owed(Loan.objects.get(pk=loan.pk), date(2013, 7, 11)) == 0
    assert [p.first for p in penalty.borne(Loan.objects.get(pk=loan.pk), date(2013, 7, 21))] == [date(2013, 7, 11)]
