"""A ledger that comes again after an IOU or contract number was corrected, under the old numbers or the new ones: it is the same loan."""

from datetime import date

import pytest

from loans.models import Loan
from reports.importing.actions import RowsRefused, take_in
from tests import make
from tests.reports.workbooks import added, changed, ledger, warnings, workbook

pytestmark = pytest.mark.django_db
LOANS, RECEIPTS, VISITS = "贷款台账", "还款流水", "贷后回访"
WAS, NOW = "NJ200900001", "NJ200900091"


@pytest.fixture(autouse=True)
def people(rural, officer, administrator):
    """The bank of the ledger, and who works with it."""


def imported(by, sheets):
    return take_in(content=workbook(sheets), file_name="台账.xlsx", by=by, on=make.TODAY)


def with_unnumbered_receipt():
    return added(RECEIPTS, ["", "农村信用合作联社", WAS, date(2010, 6, 21), 100, 5])


def renamed(sheets):
    return {name: [[NOW if cell == WAS else cell for cell in row] for row in rows] for name, rows in sheets.items()}


def test_the_same_ledger_is_unchanged_under_either_number(administrator):
    imported(administrator, with_unnumbered_receipt())
    loan, contract = Loan.objects.get(number=WAS), Loan.objects.get(number=WAS).contract_number
    make.renumbered(loan, NOW)
    make.renumbered(loan, "农信借0099", which="contract")
    everything = sum(len(rows) - 1 for rows in with_unnumbered_receipt().values())
    old = imported(administrator, with_unnumbered_receipt())
    assert (old.count("accepted"), old.count("unchanged"), old.count("refused")) == (0, everything, 0)
    assert {(sheet, message) for sheet, _row, _column, message in warnings(old)} >= {(LOANS, f"{WAS}已更正为{NOW}。"), (RECEIPTS, f"{WAS}已更正为{NOW}。")}
    assert (LOANS, f"{contract}已更正为农信借0099。") in {(sheet, message) for sheet, _row, _column, message in warnings(old)}
    new = imported(administrator, renamed(with_unnumbered_receipt()))
    assert (new.count("accepted"), new.count("unchanged")) == (0, everything)
    later = renamed(ledger()) | {RECEIPTS: [*with_unnumbered_receipt()[RECEIPTS], ["R9", "农村信用合作联社", WAS, date(2011, 9, 10), 200, 1]]}
    assert imported(administrator, later).count("accepted") == 1  # a receipt under the old number finds its loan
    assert loan.book_lines.filter(entry__reference="R9").exists()


def test_other_content_under_the_old_number_is_refused_as_before(administrator):
    imported(administrator, ledger())
    make.renumbered(Loan.objects.get(number=WAS), NOW)
    row = next(at for at, cells in enumerate(ledger()[LOANS], start=1) if WAS in cells)
    with pytest.raises(RowsRefused, match="有1行未通过"):
        imported(administrator, changed(LOANS, row, "带动就业人数", 9))
