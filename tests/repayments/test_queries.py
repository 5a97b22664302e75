"""What is owed, late and due, of one loan and of many: both ways of asking answer the same."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import State
from repayments import actions, queries
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

SEPTEMBER, DECEMBER = date(2012, 9, 21), date(2012, 12, 21)


@pytest.fixture
def loan():
    """50,000 in seven: 7,142.86 on 21 September and on every settlement day, the rest at maturity."""
    make.fund()
    return make.case_at(State.LIVE)


def late(loan, on):
    return tuple(queries.arrears(loan, on))


def test_a_row_is_late_from_the_day_after_its_due_day(loan):
    assert late(loan, SEPTEMBER) == (0, 0, "current")
    assert late(loan, date(2012, 9, 22)) == (D("7142.86"), 1, "1-30")


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-90"), (90, "31-90"), (91, "91-180"), (180, "91-180"), (181, "over-180"), (999, "over-180")],
)
def test_buckets(days, bucket):
    assert queries.bucket(days) == bucket


def test_paid_principal_settles_the_oldest_row_first(loan):
    make.repaid(loan, "10000", on=date(2013, 1, 10))
    rows = queries.allocation(loan, date(2013, 1, 10))
    september, december, march = rows[2:5]
    assert (september.state, september.paid, september.days_late) == ("paid", D("7142.86"), 0)
    assert (december.state, december.paid, december.remaining, december.days_late) == ("late", D("2857.14"), D("4285.72"), 20)
    assert (march.state, march.remaining) == ("open", D("7142.86"))
    assert late(loan, date(2013, 1, 10)) == (D("4285.72"), 20, "1-30")


def test_who_pays_ahead_is_not_late_until_that_is_used_up(loan):
    make.repaid(loan, "20000", on=date(2012, 3, 1))
    assert late(loan, date(2013, 3, 1)) == (0, 0, "current")
    assert late(loan, date(2013, 3, 22)) == (D("1428.58"), 1, "1-30")


def test_a_reversed_receipt_pays_nothing(loan):
    entry = make.repaid(loan, "50000", on=SEPTEMBER)
    actions.reverse_receipt(entry=entry, reason="串户", by=make.staff(Role.BANK), on=SEPTEMBER)
    assert queries.received(loan) == 0
    assert late(loan, DECEMBER) == (D("7142.86"), 91, "91-180")


DAYS = [date(2012, 3, 22), SEPTEMBER, date(2012, 9, 22), date(2012, 12, 31), date(2013, 7, 1), date(2014, 1, 4), date(2014, 6, 30)]


@pytest.mark.parametrize("paid", [[], ["5000"], ["7142.86"], ["20000", "3000"], ["49999.99"]])
@pytest.mark.parametrize("form", [Form.GRACE_QUARTERLY, Form.SINGLE_AT_MATURITY, Form.ANNUITY_MONTHLY])
def test_many_loans_answer_as_one_does(form, paid):
    make.fund()
    loan = make.case_at(State.LIVE, form=form)
    for amount in paid:
        make.repaid(loan, amount, on=date(2012, 2, 1))
    for on in DAYS:
        of_many = queries.owing(Loan.objects.all(), on).get(pk=loan.pk)
        days = (on - of_many.late_since).days if of_many.late_since else 0
        assert (of_many.late or 0, days) == late(loan, on)[:2], on
        assert of_many.owed == 50000 - sum(D(amount) for amount in paid), on


def test_what_falls_due_in_a_month_less_what_is_paid_ahead(loan):
    other = make.case_at(State.LIVE)
    make.repaid(other, "10000", on=date(2012, 8, 1))
    found = queries.due(Loan.objects.all(), date(2012, 9, 1), date(2012, 9, 30), date(2012, 9, 1))
    assert [(due.loan, due.due, due.principal) for due in found] == [(loan, SEPTEMBER, D("7142.86")), (other, SEPTEMBER, 0)]
    found = queries.due(Loan.objects.all(), date(2012, 12, 1), date(2012, 12, 31), date(2012, 9, 1))
    assert [due.principal for due in found] == [D("7142.86"), D("4285.72")]


def test_overdue_loans_the_longest_first(loan):
    second = make.case_at(State.LIVE, on=date(2012, 4, 1))
    repaid = make.case_at(State.LIVE)
    make.repaid(repaid, "7142.86", on=SEPTEMBER)
    found = queries.overdue(Loan.objects.all(), date(2013, 1, 4))
    assert [(row.pk, row.late_since) for row in found] == [(loan.pk, SEPTEMBER), (second.pk, DECEMBER), (repaid.pk, DECEMBER)]


def test_many_loans_are_asked_in_two_queries(loan, django_assert_num_queries):
    make.case_at(State.LIVE)
    with django_assert_num_queries(2):
        queries.due(Loan.objects.all(), date(2012, 9, 1), date(2012, 9, 30), date(2012, 9, 1))
    with django_assert_num_queries(1):
        list(queries.overdue(Loan.objects.all(), date(2013, 1, 4)))
