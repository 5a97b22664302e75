"""Pan Zhiguo paid in December; his bank reported it in February, when the half-year's ledger had long been issued."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest

from guarantees.queries import positions
from loans.states import State
from repayments import checks
from repayments.half_year.actions import build
from repayments.half_year.canonical import checksum
from repayments.half_year.foot import Foot
from repayments.half_year.issue import issue, rebuilt_checksum
from repayments.half_year.period import Period
from repayments.half_year.queries import part_of
from repayments.half_year.xlsx import ledger_xlsx
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

H2, H1 = Period(2012, 2), Period(2013, 1)
SEPTEMBER, DECEMBER, MARCH, JUNE = date(2012, 9, 21), date(2012, 12, 21), date(2013, 3, 21), date(2013, 6, 21)
ISSUED, REPORTED, NEXT = date(2013, 1, 7), date(2013, 2, 18), date(2013, 7, 2)
ROW = D("7142.86")  # 50,000 in seven equal rows after half a year


def agrees_with_the_fund_page(ledger):
    feet = [Foot.from_data(row) for row in ledger.foot]
    assert feet and all(foot.agrees for foot in feet)
    assert {foot.bank: foot.total for foot in feet} == {one.bank.name: one.used for one in positions(on=ledger.last_day) if one.used}


def page(person, ledger):
    return make.browser(person).get(f"/half-year/{ledger.pk}/").content.decode()


def test_a_receipt_reported_late_is_the_next_ledgers_adjustment():
    officer, director = make.staff(Role.LOAN_OFFICER), make.staff(Role.DIRECTOR)
    loan = make.case_at(State.LIVE)
    make.repaid(loan, ROW, on=SEPTEMBER)

    issued = issue(ledger=build(period=H2, by=officer, on=date(2013, 1, 4)), by=director, on=ISSUED)
    line = issued.lines.get()
    assert (line.first_entry, line.paid, line.closing, line.arrears, line.bucket) == (True, ROW, D("42857.14"), ROW, "1-30")
    agrees_with_the_fund_page(issued)
    files = {file.name: bytes(file.content) for file in issued.files.all()}

    late = make.repaid(loan, ROW, reference="NXS20121221-77", value_date=DECEMBER, on=REPORTED)
    issued.refresh_from_db()
    assert {file.name: bytes(file.content) for file in issued.files.all()} == files
    assert checksum(files["2012-H2半年还款台账.csv"]) == issued.checksum != rebuilt_checksum(issued)
    assert issued.lines.get().closing == D("42857.14")

    for day in (MARCH, JUNE):
        make.repaid(loan, ROW, on=day)
    coming = build(period=H1, by=officer, on=NEXT)
    line = coming.lines.get()
    assert (line.opening, line.adjustment, line.arrears_brought) == (D("35714.28"), -ROW, 0)
    assert (line.due, line.paid, line.closing, line.arrears, line.bucket) == (2 * ROW, 2 * ROW, D("21428.56"), 0, "current")
    agrees_with_the_fund_page(coming)

    annex = part_of(coming, None).annex
    assert tuple(annex.bridge) == (D("42857.14"), 0, -ROW, D("35714.28"))
    (adjusted,) = annex.adjusted
    assert (adjusted.iou, adjusted.adjustment) == (loan.iou_number, -ROW)
    assert [(entry.pk, entry.moved, entry.booked_on) for entry in adjusted.entries] == [(late.pk, -ROW, REPORTED)]
    sheet = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(*part_of(coming, None))))["期初调整"]
    assert [cell.value for cell in sheet[3]][6:8] == ["NXS20121221-77", float(-ROW)]

    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    assert "NXS20121221-77" in page(make.clerk(loan), coming) and "NXS20121221-77" in page(officer, coming)
    assert "NXS20121221-77" not in page(stranger, coming) and loan.iou_number not in page(stranger, coming)
    assert [line for check in checks.CHECKS for line in check()] == []
