"""Gao Shulan's broilers fell ill: her loan is asked, consented and granted to run half a year longer, once, without subsidy."""

from datetime import date

import pytest

from loans.states import State
from repayments import checks, ledger, penalty, queries
from repayments.borrower_plan import facts_of, first_rows_of, plan_of
from repayments.changes import actions, proposals
from repayments.models import Extension, Schedule
from repayments.schedule import add_months
from repayments.subsidy import Quarter, subsidy
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

LENT, ASKED, DUE = date(2012, 1, 11), date(2013, 11, 20), date(2014, 1, 11)


@pytest.fixture
def loan():
    """50,000 over 24 months, equal principal by quarter after half a year; three quarters paid by the autumn of 2013."""
    loan = make.case_at(State.LIVE, on=LENT)
    for row in list(loan.schedules.get().instalments.filter(principal__gt=0))[:4]:
        make.repaid(loan, row.principal, on=row.due)
    return loan


def rows(loan, on):
    return [(row.due, row.principal, row.interest) for row in queries.schedule_of(loan, on).instalments.all()]


def test_an_extended_loan_from_its_request_to_its_end(loan):
    before, first = rows(loan, ASKED), queries.schedule_of(loan, ASKED)
    late_then = queries.arrears(loan, ASKED)
    make.asked_to_extend(loan, on=ASKED, months=6)
    with pytest.raises(actions.ConsentMissing):
        actions.grant_extension(loan=loan, by=make.staff(Role.DIRECTOR), on=ASKED)
    actions.consent_extension(loan=loan, bank_day=ASKED, bank_paper="农信展1号", by=make.clerk(loan), on=date(2013, 11, 25))
    granted = actions.grant_extension(loan=loan, by=make.staff(Role.DIRECTOR), on=date(2013, 11, 28))
    loan.refresh_from_db()

    assert (loan.maturity, granted.old_maturity, granted.new_maturity, granted.document) == (date(2014, 7, 11), DUE, date(2014, 7, 11), "银发〔2002〕394号")
    assert rows(loan, date(2013, 11, 27)) == before
    now = rows(loan, date(2013, 11, 28))
    assert now[:7] == before[:7] and [due for due, _p, _i in now[7:]] == [date(2013, 12, 21), date(2014, 3, 21), date(2014, 6, 21), date(2014, 7, 11)]
    assert sum(principal for _due, principal, _i in now) == loan.principal
    assert queries.arrears(loan, date(2013, 11, 27)) == late_then._replace(days=late_then.days + 7)
    assert queries.schedule_of(loan, ASKED) == first

    for row in plan_of(loan, date(2014, 7, 11)).payments:
        if row.due > DUE:
            assert row.own_interest > 0 and (row.due < add_months(DUE, 3) or row.financed == 0)
    make.repaid(loan, ledger.outstanding(loan), on=date(2014, 7, 11))
    loan.refresh_from_db()
    assert loan.state == State.SETTLED and penalty.borne(loan, date(2014, 8, 1)) == []
    assert [line for check in checks.CHECKS for line in check()] == []


def test_finance_pays_nothing_more_for_an_extended_loan(loan):

    def financed():
        facts = facts_of(loan, first_rows_of(loan))
        return [subsidy(facts, Quarter(year, n)) for year in (2013, 2014) for n in (1, 2, 3, 4)]

    before, planned = financed(), plan_of(loan, ASKED)
    make.extended(loan, on=ASKED)
    loan.refresh_from_db()
    assert financed() == before and before[5:] == [0, 0, 0]
    after = plan_of(loan, ASKED)
    assert after.interest > planned.interest and after.financed <= planned.financed


def test_it_is_refused_where_the_rule_says_so(loan):
    with pytest.raises(proposals.TooLong, match="银发〔2002〕394号"):
        make.asked_to_extend(loan, on=ASKED, months=13)
    with pytest.raises(proposals.TooLate):
        make.asked_to_extend(loan, on=DUE)
    with pytest.raises(actions.ConsentMissing):
        make.asked_to_extend(loan, on=ASKED, guarantors_paper="")
    with pytest.raises(NotYours):
        actions.ask_extension(loan=loan, months=6, reason="x", request_day=ASKED, request_paper="1", by=make.staff(Role.FINANCE), on=ASKED)
    make.extended(loan, on=ASKED, months=6)
    with pytest.raises(actions.ExtendedAlready):
        make.asked_to_extend(loan, on=ASKED)


def test_a_request_lies_until_it_is_too_late(loan):
    make.asked_to_extend(loan, on=ASKED, months=6)
    actions.consent_extension(loan=loan, bank_day=ASKED, bank_paper="农信展1号", by=make.clerk(loan), on=ASKED)
    with pytest.raises(proposals.TooLate):
        actions.grant_extension(loan=loan, by=make.staff(Role.DIRECTOR), on=DUE)
    actions.refuse_extension(loan=loan, reason="已到期", by=make.staff(Role.DIRECTOR), on=DUE)
    assert Extension.objects.get().ended_on == DUE
    assert Schedule.objects.filter(loan=loan).count() == 1


def test_a_settled_loan_is_not_extended(loan):
    make.repaid(loan, ledger.outstanding(loan), on=ASKED)
    with pytest.raises(NotAllowedFromHere):
        make.asked_to_extend(loan, on=ASKED)


@pytest.mark.parametrize(("term", "most"), [(6, 6), (12, 12), (18, 9), (24, 12)])
def test_a_short_loan_is_extended_by_its_own_term_a_longer_one_by_half(term, most):
    assert proposals.limit_of(make.case_at(State.APPLIED, on=LENT, term=term)).months == most
