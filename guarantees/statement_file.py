"""A bank's statement as pasted or uploaded: its lines, or everything that is wrong with them by row and column. No database."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from staff.errors import Refused
from staff.forms import DayField, YuanField, plain

MOST_ROWS, LONGEST_TEXT = 500, 120
HEADS = {  # how banks call their columns
    "day": ("日期", "交易日期", "记账日期", "入账日期", "交易日"),
    "came": ("收入", "存入", "贷方", "贷方发生额", "收入金额", "存入金额"),
    "went": ("支出", "支取", "借方", "借方发生额", "支出金额", "支取金额"),
    "text": ("摘要", "用途", "备注", "附言", "说明"),
}
ORDER = ("day", "came", "went", "text")  # where there is no head
SUMS = ("合计", "总计", "小计", "本月合计")


class NotReadable(Refused):
    """A file that is neither Excel nor CSV."""

    title = _("The file cannot be read")
    about = ("file",)


class StatementRow(NamedTuple):
    """One line: its row in the file, its day, money in as plus or out as minus, and the bank's words."""

    row: int
    day: date
    amount: Decimal
    text: str


class Wrong(NamedTuple):
    """What is wrong: in which row, under which column, and the rule."""

    row: int
    column: str
    rule: str


def sheet_of(content: bytes, name: str) -> list[list[Any]]:
    """The cells of an uploaded file: Excel, or CSV in UTF-8 or GB18030."""
    if name.lower().endswith((".csv", ".txt")):
        try:
            return cells_of(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return cells_of(content.decode("gb18030", errors="replace"))
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as wrong:
        raise NotReadable(_gettext("%(name)s is neither an Excel file nor CSV.") % {"name": name}) from wrong


def cells_of(text: str) -> list[list[str]]:
    """The cells of pasted text: parted by tabs, as Excel copies them, or by commas."""
    return [[*row] for row in csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ",")]


def read(sheet: Sequence[Sequence[Any]], month: date) -> tuple[list[StatementRow], list[Wrong]]:
    """The lines of this month, or everything that is wrong; blank lines and sums are passed over."""
    places, begins = _head(sheet)
    lines, wrong = [], []
    for number, row in enumerate(sheet[begins:], start=begins + 1):
        cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
        if not any(str(cell).strip() for cell in cells.values()) or plain(str(row[0])) in SUMS:
            continue
        found = _line(number, cells, month)
        (lines if isinstance(found, StatementRow) else wrong).extend([found] if isinstance(found, StatementRow) else found)
    if len(lines) > MOST_ROWS:
        wrong.append(Wrong(begins + MOST_ROWS + 1, "", _gettext("A month has at most %(most)s lines.") % {"most": MOST_ROWS}))
    return lines, wrong


def _head(sheet):
    """Where each column stands and where the lines begin; without a head the columns are day, in, out, text."""
    for at, row in enumerate(sheet[:20]):
        names = [plain(str(cell)).partition("(")[0] for cell in row]
        places = {ours: names.index(word) for ours, words in HEADS.items() for word in words if word in names}
        if {"day", "came", "went"} <= set(places):
            return places, at + 1
    return {name: at for at, name in enumerate(ORDER)}, 0


def _line(number, cells, month) -> StatementRow | list[Wrong]:
    labels = {"day": _gettext("Day"), "came": _gettext("Came in (yuan)"), "went": _gettext("Went out (yuan)"), "text": _gettext("Text")}
    values, wrong = {}, []
    for name, field in (("day", DayField()), ("came", YuanField(required=False)), ("went", YuanField(required=False))):
        try:
            values[name] = field.clean(_plain_cell(cells.get(name, "")))
        except ValidationError as refused:
            wrong.append(Wrong(number, labels[name], " ".join(_rules(refused))))
    if wrong:
        return wrong
    day, came, went = values["day"], values["came"] or Decimal(0), values["went"] or Decimal(0)
    if (day.year, day.month) != (month.year, month.month):
        return [Wrong(number, labels["day"], _gettext("%(day)s does not lie in %(month)s.") % {"day": day, "month": f"{month:%Y-%m}"})]
    if bool(came) == bool(went):
        return [Wrong(number, labels["came"], _gettext("A line has either money in or money out."))]
    return StatementRow(number, day, came - went, " ".join(str(cells.get("text", "")).split())[:LONGEST_TEXT])


def _plain_cell(cell):
    """A cell as a person would have typed it: no time of day, no .0, none of the dust of a float."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}".rstrip("0")
    return "" if cell == "-" else cell


def _rules(refused: ValidationError) -> Iterable[str]:
    return (str(message) for message in refused.messages)
