"""The office's figures on a book small enough to be worked out by hand.

At the rural bank 21,000 yuan were lent on 5 July 2010, due by 3,000 a quarter from 21 March 2011 on: 3,000 came on the day, 3,000 four days late,
1,500 on 21 September and nothing since. At the postal bank 20,000 were lent on 1 August 2011.
"""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.states import State
from reports import figures
from reports.figures import Lent, Received, Recovery, Visited
from reports.periods import period
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

H1, H2 = period("2011-H1"), period("2011-H2")
IN_H1, IN_H2 = {"first": H1.first, "last": H1.last}, {"first": H2.first, "last": H2.last}
LAST = H2.last


@pytest.fixture
def old(rural, postal):
    make.fund("10000", bank=rural, on=date(2010, 1, 4))
    make.fund("20000", bank=postal, on=date(2010, 1, 4))
    loan = made.loan(bank=rural)
    for day, principal in ((date(2011, 3, 21), "3000"), (date(2011, 6, 25), "3000"), (date(2011, 9, 21), "1500")):
        made.repaid(loan, day, principal, "100")
    return loan


@pytest.fixture
def new(postal):
    return made.loan(lent=date(2011, 8, 1), principal="20000", bank=postal, name="许秀兰")


def test_what_was_lent_by_bank_and_year(old, new, rural, postal):
    one, other = Lent(1, D("21000"), 1, 3, 1), Lent(1, D("20000"), 1, 3, 1)
    assert figures.lent("bank", last=LAST) == {rural.pk: one, postal.pk: other}
    assert figures.lent("bank", **IN_H2) == {postal.pk: other}
    assert figures.lent("year", "bank", last=LAST) == {(2010, rural.pk): one, (2011, postal.pk): other}
    assert figures.lent_in_all(last=LAST) == Lent(2, D("41000"), 2, 6, 2)
    assert figures.lent_in_all(last=date(2010, 7, 4)) == Lent()


def test_a_person_who_borrowed_twice_counts_once(old, rural):
    made.loan(lent=date(2011, 9, 1), bank=rural, applicant=old.applicant, state=State.SETTLED)
    assert figures.lent_in_all(last=LAST).loans == 2
    assert figures.lent_in_all(last=LAST).persons == 1


def test_receipts_count_by_their_value_date_and_reversed_ones_not_at_all(old, rural):
    made.reversed_(made.repaid(old, date(2011, 12, 21), "3000", "50"))
    assert figures.received(**IN_H1) == {rural.pk: Received(D("6000"), D("200"))}
    assert figures.received(**IN_H2) == {rural.pk: Received(D("1500"), D("100"))}
    assert figures.received("year", first=date(2004, 1, 1), last=LAST) == {2011: Received(D("7500"), D("300"))}


def test_a_row_is_late_from_the_day_after_its_due_day(old):
    def late(day):
        return [(one.loan, one.balance, one.arrears, one.days, one.bucket) for one in figures.late_loans(on=day)]

    assert late(date(2011, 9, 21)) == []
    assert late(date(2011, 9, 22)) == [(old.pk, D("13500"), D("1500"), 1, "1-30")]
    assert late(LAST) == [(old.pk, D("13500"), D("4500"), 101, "91-180")]


def test_a_compensated_loan_owes_the_fund(old):
    made.compensated(old, date(2011, 12, 28), "13500", "120")
    ((late),) = figures.late_loans(on=LAST)
    assert (late.loan, late.balance, late.arrears, late.bucket) == (old.pk, D("13620"), D("13620"), "compensated")
    assert figures.compensated(**IN_H2) == {old.bank_id: D("13500")}


def test_recovery_knows_what_came_by_the_due_day_and_what_came_later(old, rural):
    assert figures.recovery(**IN_H1) == {rural.pk: Recovery(D("6000"), D("3000"), D("6000"))}
    assert figures.recovery(**IN_H2) == {rural.pk: Recovery(D("6000"), D("1500"), D("1500"))}


def test_outstanding_at_the_end_of_a_day_and_of_every_year(old, new, rural, postal):
    assert figures.outstanding(on=LAST) == {rural.pk: D("13500"), postal.pk: D("20000")}
    assert figures.outstanding(on=date(2011, 6, 30)) == {rural.pk: D("15000")}
    assert figures.outstanding_at_year_ends(last=LAST) == {2010: D("21000"), 2011: D("33500")}


def test_the_highest_multiple_is_found_on_its_first_day(old, new, rural, postal):
    assert figures.highest_multiples(**IN_H1)[rural.pk] == (D("2.1"), date(2011, 1, 1))
    assert figures.highest_multiples(**IN_H2) == {rural.pk: (D("1.5"), date(2011, 7, 1)), postal.pk: (D(1), date(2011, 8, 1))}


def test_a_promise_counts_from_its_day_until_it_ends(old, rural):
    case = make.case_at(State.PROMISED, on=date(2011, 10, 10), amount=D("20000"))
    make.taken_back(case, on=date(2011, 10, 20))
    make.fund("10000", bank=rural, on=date(2011, 10, 21))
    assert figures.highest_multiples(**IN_H2)[rural.pk] == (D("3.35"), date(2011, 10, 10))
    assert figures.highest_multiples(first=date(2011, 10, 20), last=LAST)[rural.pk] == (D("1.35"), date(2011, 10, 20))


def test_visits_how_businesses_were_found_and_whose_visit_was_missed(old, new, rural, postal):
    made.visited(old, date(2011, 5, 5), "difficult")
    made.visited(new, date(2011, 10, 9), "normal")
    found = figures.visits_by_bank(**IN_H2, lent_by=date(2011, 9, 30))
    assert found == {rural.pk: Visited(live=1, difficult=1, missed=1), postal.pk: Visited(live=1, visits=1, normal=1)}
