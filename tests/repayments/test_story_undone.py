"""Disbursed by mistake: subsidy was claimed and paid on it before anybody saw; undone, lent again for less, and the next claim takes the subsidy back."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from guarantees import actions
from loans.models import Loan
from loans.states import State
from repayments import queries
from repayments.claims.due import due_of
from repayments.subsidy import Quarter
from reports import figures
from staff.models import Role
from tests import make
from tests.book import printed
from tests.make import TODAY
from tests.repayments.claims import made as subsidy
from tests.repayments.walked import confirmed, in_order, on, on_desk, opened, sent, standing, told

pytestmark = pytest.mark.django_db

Q1, Q2 = Quarter(2012, 1), Quarter(2012, 2)
CLAIMED, FOUND_OUT = date(2012, 3, 22), date(2012, 3, 26)
SUBSIDY = D("1032.01")  # 50,000 at 9.65 % for the 77 days from January 4 to March 20


def due(bank, quarter):
    return sum((one.amount for one in due_of(bank, quarter)), D(0))


def test_disbursed_by_mistake():
    make.fund()
    loan = make.case_at(State.CONTRACTED)
    bank, director = make.browser(make.clerk(loan)), make.browser(make.staff(Role.DIRECTOR))
    # the bank confirms what it has not paid out
    on(TODAY)
    assert "承诺" in opened(bank, loan, "disbursement/")
    assert sent(bank, loan, "disbursement/", day=TODAY, amount="50000", iou_number="NJ201200777").status_code == 302
    assert standing(loan, TODAY) == (State.LIVE, 50000, 50000, 0, 950000)
    assert figures.lent_in_all(last=TODAY)[:2] == (1, 50000) and len(queries.allocation(Loan.objects.get(), TODAY)) > 0

    # the quarter goes by; its subsidy is claimed, approved and paid
    on(CLAIMED)
    assert due(loan.bank, Q1) == SUBSIDY
    claim = subsidy.approved(subsidy.claim(SUBSIDY, quarter=Q1, bank=loan.bank, on=CLAIMED), on=CLAIMED)
    subsidy.paid(claim, SUBSIDY, day=CLAIMED, on=CLAIMED)

    # seen before it is undone: room, promise, and the subsidy that goes back
    on(FOUND_OUT)
    page = opened(bank, loan, "undo-disbursement/")
    assert claim.number in page and "该行下一次申请冲减1,032.01元" in page and "950,000.00" in page
    assert standing(loan, FOUND_OUT)[0] == State.LIVE
    assert sent(bank, loan, "undo-disbursement/", reason="借款人未到场，实际未放款").status_code == 302
    assert standing(loan, FOUND_OUT) == (State.CONTRACTED, 0, 0, 50000, 950000)
    assert (
        printed(loan)
        == """
2012-01-04  NJ201200777      principal +50000.00   bank_money -50000.00
2012-01-04  NJ201200777/reversed principal -50000.00   bank_money +50000.00  booked 2012-03-26  undoes NJ201200777
"""
    )
    waits = Loan.objects.get()
    assert queries.schedule_of(waits, FOUND_OUT) is None and not waits.ventures.filter(cancelled_on=None).exists()
    assert figures.lent_in_all(last=FOUND_OUT)[:2] == (0, 0) and due(loan.bank, Q1) == 0
    assert claim.lines.get().approved == SUBSIDY  # what finance approved stays
    assert f"{claim.number}已批准的贴息1032.01元须退回：由该行下一次申请冲减" in told(loan)
    assert any("借款人未到场" in words for words in told(loan)) and ("确认放款", loan.number) in on_desk(make.clerk(loan), FOUND_OUT)
    assert in_order()

    # its promise has run out: the director renews it, or it lapses tonight
    if waits.promise.valid_until < FOUND_OUT:
        assert sent(director, loan, "renew-promise/", reason="银行误确认").status_code == 302
    assert actions.lapse_due(on=FOUND_OUT + timedelta(1)) == []

    # lent at last, for less: what that frees is shown first
    again = {"day": FOUND_OUT, "amount": "40000", "iou_number": "NJ201200777", "difference_reason": "只需四万元"}
    assert "50,000.00" in sent(bank, loan, "disbursement/", **again | {"amount": "50000.01"}).content.decode()
    seen, done = confirmed(bank, loan, "disbursement/", **again)
    assert seen.context["shown"]["freed"] == 10000 and done.status_code == 302
    assert standing(loan, FOUND_OUT) == (State.LIVE, 40000, 40000, 0, 960000)
    assert sum(share.principal for share in queries.allocation(Loan.objects.get(), FOUND_OUT)) == 40000

    # the next claim of the bank: its own quarter, and the first one taken back with the entry behind it
    claimed = on(date(2012, 6, 22))
    undone = next(entry for entry in queries.entries_of(loan) if entry.reverses)
    second = subsidy.claim(due(loan.bank, Q2), quarter=Q2, bank=loan.bank, on=claimed)
    back = second.lines.get(of_quarter=str(Q1))
    assert (back.before, back.due, back.iou) == (SUBSIDY, -SUBSIDY, "NJ201200777")
    assert undone.pk in back.entries
    approved = subsidy.approved(second, on=claimed)
    assert sum(line.approved for line in approved.lines.all()) == due(loan.bank, Q2) - SUBSIDY
    assert in_order()
