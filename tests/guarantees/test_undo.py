"""A disbursement confirmed by mistake: undone by the bank while nothing stands on it, and everything is as before the money."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from guarantees import actions, queries
from guarantees.actions.demand import DemandIsOpen
from guarantees.actions.undo import NeverPromised, NothingToRenew, undoing
from guarantees.models import Promise
from loans.actions.leaving import ReasonMissing
from loans.models import Loan
from loans.states import State
from repayments import actions as repayments
from repayments import ledger
from repayments import queries as book
from repayments.models import Account, Entry
from repayments.unlending import MoneyStands
from reports import figures
from staff import checks
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.book import printed
from tests.make import TODAY as DAY

pytestmark = pytest.mark.django_db

LATER = date(2012, 2, 1)


@pytest.fixture(autouse=True)
def fund():
    return make.fund()


@pytest.fixture
def lent():
    return make.case_at(State.LIVE)


def undo(loan, *, on=LATER, by=None, reason="录错借款人"):
    return actions.undo_disbursement(loan=loan, reason=reason, by=by or make.clerk(loan), on=on)


# --- What it does ------------------------------------------------------------------------------------------------------------
def test_the_book_keeps_both_and_the_case_is_as_before_the_money(lent):
    iou = lent.iou_number
    loan = undo(lent)
    assert (
        printed(loan)
        == f"""
2012-01-04  {iou:<16} principal +50000.00   bank_money -50000.00
2012-01-04  {iou + "/reversed":<16} principal -50000.00   bank_money +50000.00  booked 2012-02-01  undoes {iou}
"""
    )
    emptied = (loan.disbursed_on, loan.disbursed_by, loan.principal, loan.iou_number, loan.maturity, loan.difference_reason)
    assert (loan.state, loan.state_since, emptied) == (State.CONTRACTED, LATER, (None, None, None, None, None, ""))
    assert loan.contract_number and loan.rate


def test_the_room_is_reserved_again(lent):
    undo(lent)
    here = queries.position(make.bank(), on=LATER)
    assert (here.used, here.reserved) == (0, 50000)
    assert (lent.promise.__class__.objects.get().ended_on, Promise.objects.get().end) == (None, "")


def test_schedule_and_venture_are_cancelled_with_who_and_when(lent):
    undo(lent)
    for opened in (lent.schedules.get(), lent.ventures.get()):
        assert (opened.cancelled_on, opened.cancelled_by) == (LATER, make.clerk(lent))
    assert book.schedule_of(lent, LATER) is None and book.allocation(lent, LATER) == []


def test_the_history_says_what_was_undone_by_whom_and_why(lent, client):
    make.office_date(LATER)
    undo(lent)
    page = make.browser(make.staff(Role.AUDITOR)).get(f"/cases/{lent.number}/").content.decode()
    assert f"银行撤销2012-01-04的放款50000.00元（借据{lent.iou_number}）：录错借款人" in page


def test_figures_drop_everywhere(lent):
    make.office_date(LATER)
    assert figures.lent_in_all(last=LATER)[:4] == (1, 50000, 1, 3)
    undo(lent)
    assert figures.lent_in_all(last=LATER)[:4] == (0, 0, 0, 0)
    assert figures.outstanding(on=LATER) == figures.live_loans(on=LATER) == {}
    assert figures.late_loans(on=date(2013, 1, 1)) == []
    assert figures.recovery(first=DAY, last=date(2014, 2, 1)) == {}
    assert book.received(Loan.objects.get()) == 0
    assert checks.problems() == []


def test_it_can_be_disbursed_again_also_under_the_same_number(lent):
    iou = lent.iou_number
    make.disbursed(undo(lent), iou_number=iou, day=date(2012, 1, 6), amount=D(40000), difference_reason="实际放款", on=LATER)
    loan = Loan.objects.get()
    assert (loan.state, loan.iou_number, loan.principal, loan.disbursed_on) == (State.LIVE, iou, 40000, date(2012, 1, 6))
    assert [schedule.version for schedule in loan.schedules.standing()] == [2]
    assert [entry.reference for entry in Entry.objects.filter(lines__account=Account.PRINCIPAL)] == [iou, f"{iou}/reversed", f"{iou}/2"]
    assert loan.ventures.count() == 2 and figures.lent_in_all(last=LATER)[:4] == (1, 40000, 1, 3)
    assert sum(share.principal for share in book.allocation(loan, LATER)) == 40000
    assert book.received(loan) == 0 and checks.problems() == []


def test_also_twice(lent):
    for _ in range(2):
        make.disbursed(undo(Loan.objects.get()), iou_number="NJ201200001", on=LATER)
    undo(Loan.objects.get())
    assert ledger.outstanding(lent) == 0 and lent.schedules.count() == 3 and not lent.schedules.standing().exists()


def test_a_loan_undone_and_lent_again_settles_on_the_day_of_its_own_last_receipt(lent):
    again = make.disbursed(undo(lent), day=DAY, on=LATER)
    make.repaid(again, "50000", on=LATER, value_date=date(2012, 1, 20))
    assert Loan.objects.get().closed_on == date(2012, 1, 20)
    assert checks.problems() == []


# --- What refuses it ---------------------------------------------------------------------------------------------------------
def test_not_while_a_receipt_stands(lent):
    receipt = make.repaid(lent, "1000", on=LATER)
    with pytest.raises(MoneyStands, match=receipt.reference):
        undo(lent)
    repayments.reverse_receipt(entry=receipt, reason="录错", by=make.clerk(lent), on=LATER)
    assert undo(lent).state == State.CONTRACTED


def test_not_while_a_demand_waits(lent):
    late = date(2013, 1, 10)
    actions.demand(loan=lent, principal=D(50000), interest=D(0), reason="催收三次未还", by=make.clerk(lent), on=late)
    with pytest.raises(DemandIsOpen):
        undo(lent, on=late)


def test_it_needs_its_reason(lent):
    with pytest.raises(ReasonMissing):
        undo(lent, reason=" ")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BANK])
def test_nobody_but_the_bank_undoes(lent, role):
    with pytest.raises(NotYours):
        undo(lent, by=make.user(role))


def test_nor_another_bank(lent):
    with pytest.raises(NotYours):
        undo(lent, by=make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储")))


@pytest.mark.parametrize("state", [state for state in make.STEPS if state != State.LIVE])
def test_only_a_live_loan_is_undone(state):
    with pytest.raises(NotAllowedFromHere):
        undo(make.case_at(state))


def test_a_loan_of_the_old_ledger_has_no_promise_to_go_back_to(lent):
    Promise.objects.all().delete()
    with pytest.raises(NeverPromised):
        undo(lent)


# --- The promise that stands again ---------------------------------------------------------------------------------------------
def test_what_others_have_by_now_is_not_promised_twice(fund):
    lent = make.disbursed(make.case_at(State.CONTRACTED), amount=D(42000), difference_reason="自有资金增加")
    actions.withdraw(account=fund, amount=D("191600"), document="财1", value_date=DAY, by=make.staff(Role.FINANCE), on=DAY)
    assert queries.room(make.bank(), on=DAY) == 0
    assert undoing(lent, LATER).reserved == 42000
    loan = undo(lent)
    assert (loan.amount_granted, Promise.objects.get().amount, queries.room(make.bank(), on=LATER)) == (42000, 42000, 0)
    assert checks.problems() == []
    assert make.disbursed(loan, amount=D(42000), on=LATER).state == State.LIVE


def test_what_is_still_free_of_it_is():
    make.disbursed(make.case_at(State.CONTRACTED), amount=D(42000), difference_reason="自有资金增加")
    loan = undo(Loan.objects.get())
    assert (loan.amount_granted, queries.position(make.bank(), on=LATER).reserved) == (50000, 50000)


def test_days_that_are_over_lapse_the_same_night(lent):
    late = lent.promise.valid_until + timedelta(1)
    assert not undoing(lent, lent.promise.valid_until).lapses and undoing(lent, late).lapses
    undo(lent, on=late)
    assert [loan.number for loan in actions.lapse_due(on=late + timedelta(1))] == [lent.number]
    assert queries.room(make.bank(), on=late) == 1000000


def test_unless_the_right_day_is_confirmed_at_once(lent):
    late = lent.promise.valid_until + timedelta(1)
    make.disbursed(undo(lent, on=late), day=date(2012, 1, 5), on=late)
    assert actions.lapse_due(on=late + timedelta(1)) == []


def test_or_the_director_renews_the_promise(lent):
    late = lent.promise.valid_until + timedelta(1)
    undo(lent, on=late)
    promise = actions.renew_promise(loan=lent, reason="银行误确认，实际未放款", by=make.staff(Role.DIRECTOR), on=late)
    assert promise.valid_until == queries.promise_valid_until(late)
    assert actions.lapse_due(on=late + timedelta(1)) == []
    make.disbursed(Loan.objects.get(), day=late, on=late)


def test_no_other_promise_is_renewed():
    with pytest.raises(NothingToRenew):
        actions.renew_promise(loan=make.case_at(State.CONTRACTED), reason="x", by=make.staff(Role.DIRECTOR), on=LATER)


# --- The page --------------------------------------------------------------------------------------------------------------------
def test_the_page_shows_the_fund_before_and_after_and_does_it(lent):
    make.office_date(LATER)
    browser = make.browser(make.clerk(lent))
    page = browser.get(f"/cases/{lent.number}/undo-disbursement/").content.decode()
    assert "950,000.00" in page and f"有效期至{lent.promise.valid_until}" in page
    browser.post(f"/cases/{lent.number}/undo-disbursement/", {"reason": "录错借款人"})
    assert Loan.objects.get().state == State.CONTRACTED


def test_the_page_of_a_loan_with_receipts_says_why_not(lent):
    make.office_date(LATER)
    receipt = make.repaid(lent, "1000", on=LATER)
    answer = make.browser(make.clerk(lent)).get(f"/cases/{lent.number}/undo-disbursement/")
    assert answer.status_code == 409 and receipt.reference in answer.content.decode()
