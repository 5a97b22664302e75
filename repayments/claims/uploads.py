"""A bank's list per loan, CSV or Excel: every row that cannot be taken is named with its number and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from loans.money import fen
from repayments.claims.actions import Claimed
from staff.errors import Refused
from staff.forms import plain

IOU = ("借据号", "iou", "iouno.", "iounumber")
AMOUNT = ("申请贴息资金额", "申请贴息", "申请额", "申请金额", "贴息金额", "贴息额", "subsidy_yuan", "amount", "claimed")
TOTALS = ("total", "合计", "总计", "小计")
HEADINGS_WITHIN = 10
MOST = Decimal("99999999.99")


class BadList(Refused):
    """The file cannot be taken; `faults` names every row and column."""

    title = _("The list cannot be taken")
    about = ("file",)

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def read(name: str, content: bytes) -> list[Claimed]:
    """What the bank claims for each loan; lines of one loan are added up, blank and total rows passed over. Refuses (BadList) with all faults."""
    rows = _rows(name, content)
    head = next((at for at, row in enumerate(rows[:HEADINGS_WITHIN]) if _place(row, IOU) is not None and _place(row, AMOUNT) is not None), None)
    if head is None:
        raise BadList([_gettext("No heading names the columns “%(iou)s” and “%(amount)s”.") % {"iou": IOU[0], "amount": AMOUNT[0]}])
    iou_at, amount_at = _place(rows[head], IOU), _place(rows[head], AMOUNT)
    faults: list[str] = []
    found: dict[str, Decimal] = {}
    for number, row in _filled(rows, head):
        iou, amount = _iou(row[iou_at], number, rows[head][iou_at], faults), _amount(row[amount_at], number, rows[head][amount_at], faults)
        if iou and amount is not None:
            found[iou] = found.get(iou, Decimal("0.00")) + amount
    if not found and not faults:
        faults.append(_gettext("The list is empty."))
    if faults:
        raise BadList(faults)
    return [Claimed(iou, amount) for iou, amount in found.items()]


def _rows(name: str, content: bytes) -> list[list[Any]]:
    if name.lower().endswith((".xlsx", ".xls", ".ods")):
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        except (CalamineError, IndexError) as wrong:
            raise BadList([_gettext("This is no Excel file that can be read.")]) from wrong
    return list(csv.reader(io.StringIO(_text(content))))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadList([_gettext("This is no text that can be read: neither UTF-8 nor GB 18030.")])


def _filled(rows: Sequence[Sequence[Any]], head: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """(row number as Excel shows it, row) below the heading, but blank and total rows; short rows are filled up."""
    width = len(rows[head])
    for at, row in enumerate(rows[head + 1 :], head + 2):
        cells = [*row, *[""] * (width - len(row))]
        first = next((plain(str(cell)).lower() for cell in cells if str(cell).strip()), "")
        if first and first not in TOTALS:
            yield at, cells


def _place(row: Sequence[Any], names: Sequence[str]) -> int | None:
    bare = [plain(str(cell)).lower().partition("(")[0] for cell in row]
    return next((at for at, cell in enumerate(bare) if cell in names), None)


def _iou(cell: Any, number: int, column: Any, faults: list[str]) -> str:
    text = plain(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell))
    if not text:
        faults.append(_fault(number, column, _gettext("The cell is blank.")))
    return text


def _amount(cell: Any, number: int, column: Any, faults: list[str]) -> Decimal | None:
    try:
        amount = Decimal(plain(str(cell)).replace(",", "").replace("¥", "")) if not isinstance(cell, (bool, date)) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(cell, float):
        amount = fen(amount)
    if amount.is_finite() and 0 <= amount <= MOST and amount == fen(amount):
        return fen(amount)
    faults.append(_fault(number, column, _gettext("“%(cell)s” is no amount of yuan to the fen.") % {"cell": cell}))
    return None


def _fault(number: int, column: Any, what: str) -> str:
    return _gettext("Row %(n)s, column “%(column)s”: %(what)s") % {"n": number, "column": column, "what": what}
