"""Money in the fund: what it stands for, who may move it, and that nothing leaves that promises stand on."""

from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import actions, movements, queries
from guarantees.actions import fund
from guarantees.actions.fund import BreaksTheMultiple, NotAMovement, SameAccount
from loans.actions.leaving import ReasonMissing
from loans.states import State
from repayments import ledger
from repayments.actions import AmountRefused, DayRefused
from repayments.ledger import AlreadyBooked, AlreadyReversed
from repayments.models import Account, Entry
from staff.errors import NotYours
from staff.models import Role
from tests import make
from tests.make import TODAY as DAY

pytestmark = pytest.mark.django_db


def move(act, *, amount="1000", document="双财社〔2012〕9号", value_date=DAY, by=None, on=DAY, **accounts):
    return act(amount=D(amount), document=document, value_date=value_date, by=by or make.staff(Role.FINANCE), on=on, **accounts)


def held(account):
    return ledger.balance(Account.FUND, bank=account.bank)


@pytest.fixture
def account(db):
    return make.fund("100000")


@pytest.fixture
def other(db):
    return make.fund("0", bank=make.bank("邮政储蓄银行", "邮储"))


def test_what_is_paid_in_can_be_promised_five_times(account):
    here = queries.position(account.bank, on=DAY)
    assert (here.balance, here.multiple, here.capacity, here.room, here.leverage) == (100000, 5, 500000, 500000, 0)


def test_a_position_tells_used_from_reserved(account):
    make.case_at(State.PROMISED, amount=D(30000)), make.case_at(State.LIVE, amount=D(50000))
    here = queries.position(account.bank, on=DAY)
    assert (here.used, here.reserved, here.room, here.leverage) == (50000, 30000, 420000, D("0.8"))


def test_a_position_is_that_of_its_day(account):
    loan = make.case_at(State.LIVE, on=date(2012, 2, 1))
    make.repaid(loan, "20000", on=date(2012, 9, 21))
    days = [DAY, date(2012, 2, 1), date(2012, 9, 20), date(2012, 9, 21)]
    assert [queries.position(account.bank, on=day).used for day in days] == [0, 50000, 50000, 30000]


def test_the_multiple_is_that_of_its_day():
    assert [queries.multiple(day) for day in (date(2004, 1, 1), DAY, date(2023, 9, 4))] == [5, 5, 10]


def test_interest_is_added_to_the_fund(account):
    entry = move(actions.keep_interest, account=account, amount="812.50")
    assert held(account) == D("100812.50")
    assert ledger.balance(Account.FUND_INTEREST) == D("-812.50")
    assert (entry.kind, entry.reference) == (Entry.Kind.INTEREST, "双财社〔2012〕9号")


def test_a_move_takes_from_one_bank_and_gives_to_another(account, other):
    move(actions.transfer, source=account, target=other, amount="40000")
    assert (held(account), held(other)) == (60000, 40000)
    assert Entry.objects.filter(kind=Entry.Kind.TRANSFER).count() == 1


def test_the_treasury_takes_back_what_nothing_stands_on(account):
    make.case_at(State.PROMISED)  # 50,000 stand on 10,000
    assert queries.standing(account.bank, on=DAY).free_to_leave == 90000
    move(actions.withdraw, account=account, amount="90000")
    with pytest.raises(BreaksTheMultiple, match=r"50,000\.00.*0\.00"):
        move(actions.withdraw, account=account, amount="0.01", document="双财社〔2012〕10号")


@pytest.mark.parametrize("state", [State.PROMISED, State.LIVE])
def test_a_move_that_would_break_the_multiple_is_refused(account, other, state):
    make.case_at(state)
    with pytest.raises(BreaksTheMultiple):
        move(actions.transfer, source=account, target=other, amount="90000.01")
    assert (held(account), held(other)) == (100000, 0)


def test_more_than_the_account_holds_does_not_leave_it(account):
    with pytest.raises(BreaksTheMultiple):
        move(actions.withdraw, account=account, amount="100000.01")


def test_a_bank_is_not_moved_to_itself(account):
    with pytest.raises(SameAccount):
        move(actions.transfer, source=account, target=account)


@pytest.mark.parametrize("act", [actions.pay_in, actions.keep_interest, actions.withdraw])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_only_finance_moves_the_fund(account, act, role):
    with pytest.raises(NotYours):
        move(act, account=account, by=make.user(role))


@pytest.mark.parametrize("amount", ["0", "-1"])
@pytest.mark.parametrize("act", [actions.pay_in, actions.keep_interest, actions.withdraw])
def test_amounts_are_above_zero(account, act, amount):
    with pytest.raises(AmountRefused):
        move(act, account=account, amount=amount)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2012, 1, 5)])
def test_money_moves_between_the_opening_and_today(account, day):
    with pytest.raises(DayRefused):
        move(actions.pay_in, account=account, value_date=day)


def test_a_document_is_booked_once_at_a_bank(account):
    move(actions.pay_in, account=account)
    with pytest.raises(AlreadyBooked):
        move(actions.pay_in, account=account)


# --- What a movement would change, and undoing one --------------------------------------------------------------------------


def undo(entry, *, reason="录错银行", by=None):
    return actions.reverse_movement(entry=entry, reason=reason, by=by or make.staff(Role.FINANCE), on=DAY)


def test_the_preview_shows_both_banks_before_and_after_and_books_nothing(account, other):
    make.case_at(State.PROMISED)
    parts = fund.parts(Entry.Kind.TRANSFER, amount=D(40000), source=account, target=other)
    here, there = fund.look(parts, value_date=DAY, by=make.staff(Role.FINANCE), on=DAY)
    assert [(c.before.balance, c.after.balance) for c in (here, there)] == [(100000, 60000), (0, 40000)]
    assert [(c.before.room, c.after.room) for c in (here, there)] == [(450000, 250000), (0, 200000)]
    assert not Entry.objects.filter(kind=Entry.Kind.TRANSFER).exists()
    move(actions.transfer, source=account, target=other, amount="40000")
    assert [queries.standing(a.bank, on=DAY) for a in (account, other)] == [here.after, there.after]


def test_the_preview_refuses_what_the_booking_refuses(account, other):
    make.case_at(State.PROMISED)
    parts = fund.parts(Entry.Kind.TRANSFER, amount=D("90000.01"), source=account, target=other)
    with pytest.raises(BreaksTheMultiple):
        fund.look(parts, value_date=DAY, by=make.staff(Role.FINANCE), on=DAY)


def test_a_wrong_transfer_is_undone_at_both_banks_and_both_entries_stay(account, other):
    wrong = move(actions.transfer, source=account, target=other, amount="40000")
    right = undo(wrong)
    assert (held(account), held(other)) == (100000, 0)
    assert (right.reverses, right.memo, Entry.objects.filter(pk=wrong.pk).exists()) == (wrong, "录错银行", True)


def test_what_stands_on_the_money_keeps_the_movement_from_being_undone(account):
    second = move(actions.pay_in, account=account, amount="50000")
    make.case_at(State.PROMISED, amount=D(50000))
    move(actions.withdraw, account=account, amount="100000", document="双财社〔2012〕10号")  # 50,000 are left for 50,000 promised
    with pytest.raises(BreaksTheMultiple):
        undo(second)
    assert held(account) == 50000


def test_undoing_a_withdrawal_is_never_in_the_way(account):
    taken = move(actions.withdraw, account=account, amount="100000")
    undo(taken)
    assert held(account) == 100000


def test_nothing_is_undone_twice_nor_without_a_reason_nor_by_others(account):
    entry = move(actions.pay_in, account=account)
    with pytest.raises(ReasonMissing):
        undo(entry, reason=" ")
    with pytest.raises(NotYours):
        undo(entry, by=make.user(Role.DIRECTOR))
    undone = undo(entry)
    with pytest.raises(AlreadyReversed):
        undo(entry)
    with pytest.raises(NotAMovement):
        undo(undone)
    assert held(account) == 100000


def test_a_disbursement_is_not_undone_here(account):
    loan = make.case_at(State.LIVE)
    with pytest.raises(NotAMovement):
        undo(Entry.objects.get(lines__loan=loan, lines__account=Account.PRINCIPAL))


def test_the_list_sums_what_came_and_went_of_what_was_asked_for(account, other):
    move(actions.withdraw, account=account, amount="30000", document="双财社〔2012〕77号")
    move(actions.transfer, source=account, target=other, amount="20000", document="双财社〔2012〕78号")
    finance = make.staff(Role.FINANCE)
    everything = movements.Totals(movements.found(finance, {}).qs)
    assert (everything.came, everything.went, everything.net) == (120000, 50000, 70000)
    one = movements.found(finance, {"bank": str(account.bank.pk), "kind": "transfer"}).qs
    assert [line.amount for line in one] == [-20000]
    assert [line.amount for line in movements.found(finance, {"q": "77号"}).qs] == [-30000]
    assert [line.bank for line in movements.found(make.user(Role.BANK, bank=other.bank), {}).qs] == [other.bank]


def test_a_movement_from_the_page_shows_before_and_after_first(account, other):
    make.office_date()
    browser = make.browser(make.staff(Role.FINANCE))
    said = {"source": account.pk, "target": other.pk, "amount": "40000", "document": "双财社〔2012〕9号", "value_date": "2012-01-04", "memo": "调剂"}
    shown = browser.post("/fund/transfer/preview/", said).content.decode()
    assert "60,000.00" in shown
    assert "40,000.00" in shown
    assert "100,000.01" not in browser.post("/fund/transfer/preview/", said | {"amount": "100000.01"}).content.decode().split("<section")[0]
    assert "note bad" in browser.post("/fund/transfer/preview/", said | {"amount": "100000.01"}).content.decode()
    assert held(account) == 100000
    assert browser.post("/fund/transfer/", said).status_code == 302
    entry = Entry.objects.get(kind=Entry.Kind.TRANSFER)
    assert (held(account), entry.memo) == (60000, "调剂")
    assert browser.get(f"/fund/movements/{entry.pk}/voucher.pdf").content[:4] == b"%PDF"
    assert browser.get("/fund/movements/excel/?kind=transfer").content[:2] == b"PK"
    assert browser.post(f"/fund/movements/{entry.pk}/reverse/", {"reason": "录错"}).status_code == 302
    assert held(account) == 100000
    assert "调剂" in browser.get("/fund/movements/").content.decode()
