from datetime import date
from decimal import Decimal as D

import pytest

from guarantees.models import FundAccount
from guarantees.queries import positions
from repayments import ledger
from repayments.half_year.actions import PeriodNotOver, build
from repayments.half_year.canonical import canonical, checksum
from repayments.half_year.foot import Foot, feet, total
from repayments.half_year.period import Period
from repayments.ledger import Posting
from repayments.models import Account, Entry, HalfYearLedger, HalfYearLine
from staff.audit import history
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

ON = date(2012, 1, 4)


def test_a_draft_keeps_its_lines_foot_and_checksum(officer):
    first, second = made.loan(name="高云丽"), made.loan(name="吕强涛")
    made.repaid(first, date(2011, 9, 21), 6000)
    draft = build(period=made.H2, by=officer, on=ON)
    assert (draft.period, draft.version, draft.first_day, draft.last_day) == ("2011-H2", 1, date(2011, 7, 1), date(2011, 12, 31))
    assert list(draft.lines.values_list("iou", "closing")) == [(first.iou_number, D(15000)), (second.iou_number, D(21000))]
    assert draft.checksum == checksum(canonical("2011-H2", draft.lines.all()))
    assert [event.kind for event in history(draft)] == ["half_year.built"]


def test_a_new_draft_takes_the_place_of_the_old_one(officer):
    loan = made.loan()
    build(period=made.H2, by=officer, on=ON)
    made.repaid(loan, date(2011, 9, 21), 6000)
    draft = build(period=made.H2, by=officer, on=ON)
    assert (draft.version, HalfYearLedger.objects.count(), HalfYearLine.objects.get().closing) == (2, 1, D(15000))


def test_the_same_book_gives_the_same_checksum(officer):
    made.repaid(made.loan(), date(2011, 9, 21), 6000)
    assert build(period=made.H2, by=officer, on=ON).checksum == build(period=made.H2, by=officer, on=date(2012, 2, 1)).checksum


def test_a_half_year_must_be_over(officer):
    with pytest.raises(PeriodNotOver, match="2011-12-31"):
        build(period=made.H2, by=officer, on=date(2011, 12, 31))
    assert build(period=made.H2, by=officer, on=date(2012, 1, 1)).version == 1


def test_the_canonical_file_spells_amounts_flags_and_order_one_way():
    made.loan(date(2011, 6, 30), iou_number="YJ201100001")
    made.loan(iou_number="NJ201000001")
    header, *rows = canonical("2011-H2", reversed(list(made.lines().values()))).decode().split("\n")
    assert header == "period,iou,first_entry,principal,opening,arrears_brought,due,paid,closing,arrears,days_overdue,bucket,due_next"
    assert rows == [
        "2011-H2,NJ201000001,0,21000.00,21000.00,6000.00,6000.00,0.00,21000.00,12000.00,285,over-180,6000.00",
        "2011-H2,YJ201100001,1,21000.00,21000.00,0.00,0.00,0.00,21000.00,0.00,0,current,6000.00",
        "",
    ]


def test_the_foot_adds_ledger_and_young_loans_and_finds_both_in_fund_and_journal(officer, rural, postal):
    old, young = made.loan(bank=rural), made.loan(date(2011, 7, 1), "50000", bank=rural)
    made.loan(bank=postal, iou_number="YJ201000001")
    made.repaid(old, date(2011, 9, 21), 6000)
    made.repaid(young, date(2011, 12, 21), 1000)
    draft = build(period=made.H2, by=officer, on=ON)
    found = [Foot.from_data(row) for row in draft.foot]
    assert [(foot.bank, foot.closing, foot.young, foot.fund, foot.journal, foot.agrees) for foot in found] == [
        ("农村信用合作联社", 15000, 49000, 64000, 64000, True),
        ("邮政储蓄银行", 21000, 0, 21000, 21000, True),
    ]
    assert (total(found).total, total(found).lines) == (85000, 2)


def test_the_foot_is_the_fund_pages_guaranteed_balance(rural, postal):
    for bank in (rural, postal):
        FundAccount.objects.create(bank=bank, opened=date(2004, 1, 1))
        made.repaid(made.loan(bank=bank, iou_number=f"{bank.iou_prefix}1"), date(2011, 9, 21), 6000)
    found = feet(made.H2, made.lines().values())
    assert [foot.total for foot in found] == [position.used for position in positions(on=made.H2.last)] == [15000, 15000]


def test_a_compensated_loan_leaves_the_guaranteed_balance(rural):
    loan = made.loan()
    made.compensated(loan, date(2011, 10, 8), 21000, 300)
    (foot,) = feet(made.H2, made.lines().values())
    assert (foot.closing, foot.young, foot.fund, foot.compensated, foot.agrees) == (0, 0, 0, 21300, True)


def test_money_at_the_wrong_bank_shows_as_a_difference_to_the_fund_page(rural, postal, officer):
    loan = made.loan()
    stray = Posting(Account.PRINCIPAL, D(-100), loan, postal), Posting(Account.BANK_MONEY, D(100))
    ledger.post(Entry.Kind.RECEIPT, *stray, bank=rural, reference="stray", value_date=date(2011, 9, 21), on=ON, by=officer)
    found = {foot.bank_id: foot for foot in feet(made.H2, made.lines().values())}
    assert found[rural.pk].differences == (D(-100), 0)
    assert found[postal.pk].differences == (D(100), 0)
    assert not any(foot.agrees for foot in found.values())


def test_a_loan_paid_back_twice_before_the_period_shows_as_a_difference(rural):
    loan = made.loan()
    made.repaid(loan, date(2011, 6, 1), 21100)
    made.loan()
    (foot,) = feet(made.H2, made.lines().values())
    assert foot.differences == (D(100), D(100))


def test_the_draft_says_which_entries_it_knows(officer):
    last = made.repaid(made.loan(), date(2011, 9, 21), 6000)
    assert build(period=made.H2, by=officer, on=ON).last_entry == last.pk


def test_a_half_year_without_loans_has_an_empty_ledger(officer):
    draft = build(period=Period(2003, 2), by=officer, on=ON)
    assert (draft.lines.count(), draft.foot, draft.dropped) == (0, [], [])
