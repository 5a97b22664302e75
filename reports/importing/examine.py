"""A whole workbook examined: every sheet read, every row checked. Nothing is written here."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook, ZipError

from guarantees.queries import position
from reports.importing import funding, lending, repaying, teaching
from reports.importing.known import Known, LentLoan, known
from reports.importing.sheets import Layout, Row, read
from staff.errors import Refused
from staff.models import Bank

LAYOUTS = (funding.FUND, funding.PLAN, lending.LAYOUT, repaying.RECEIPTS, repaying.VISITS, teaching.SIYB, teaching.OTHER)


class NotALedger(Refused):
    """The file is no Excel workbook, or holds no sheet of the office's ledger."""

    title = gettext_lazy("Not an office ledger")


@dataclass
class Examined:
    """What a workbook holds, row by row, and what is to become of it."""

    sheets: dict[str, list[Row]]
    known: Known
    repaid: dict[str, date] = field(default_factory=dict)  # IOU numbers that the receipts repay whole, with the day

    def of(self, layout: Layout) -> list[Row]:
        return self.sheets.get(layout.sheet, [])

    def new(self, layout: Layout) -> list[Row]:
        return [row for row in self.of(layout) if row.is_new]

    @property
    def rows(self) -> Iterable[Row]:
        return (row for rows in self.sheets.values() for row in rows)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def warned(self) -> int:
        return sum(bool(row.warnings) for row in self.rows)


def examine(content: bytes, *, on: date) -> Examined:
    """Read a workbook and find everything that is wrong with it, all at once. `on` is the office's date."""
    found = Examined(_sheets(content), known())
    funding.check_fund(found.of(funding.FUND), on, found.known)
    funding.check_plan(found.of(funding.PLAN), found.known)
    loans = found.of(lending.LAYOUT)
    lending.check(loans, on, found.known)
    lent = found.known.loans | {row["iou"]: _lent(row) for row in loans if row.is_new}
    refused = {row["iou"] for row in loans if row.errors} - lent.keys()
    found.repaid = repaying.check_receipts(found.of(repaying.RECEIPTS), on, found.known, lent, refused)
    _check_settled(loans, found)
    _warn_of_two_at_once(loans, found)
    _warn_beyond_the_multiple(found, on)
    repaying.check_visits(found.of(repaying.VISITS), on, found.known, lent, refused)
    names = _names(found)
    for layout in (teaching.SIYB, teaching.OTHER):
        teaching.check(found.of(layout), on, found.known, names)
    return found


def _sheets(content: bytes) -> dict[str, list[Row]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ZipError, zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise NotALedger(_("The file cannot be read as an Excel workbook.")) from wrong
    there = {name.strip(): name for name in book.sheet_names}
    sheets = {
        layout.sheet: read(layout, book.get_sheet_by_name(there[layout.sheet]).to_python(skip_empty_area=False)) for layout in LAYOUTS if layout.sheet in there
    }
    if not sheets:
        said = {"sheets": "、".join(layout.sheet for layout in LAYOUTS)}
        raise NotALedger(_("The workbook holds none of the sheets %(sheets)s.") % said)
    return sheets


def _lent(row: Row) -> LentLoan:
    return LentLoan(row["bank"], row["disbursed"], row["amount"])


def _check_settled(loans: Sequence[Row], found: Examined) -> None:
    """What the sheet says of settlement against what the receipts say."""
    for row in loans:
        if row.known or row.errors or not row["settled"]:
            continue
        if not (repaid := found.repaid.get(row["iou"])):
            row.refuse("settled", _("By the receipts its principal is not yet repaid whole."))
        elif row["settled"] < repaid:
            row.refuse("settled", _("By the receipts its principal was repaid on %(day)s only.") % {"day": repaid})


def _warn_of_two_at_once(loans: Sequence[Row], found: Examined) -> None:
    """A person has one live loan at a time; where history had two, it is said."""
    latest: dict[Any, Row] = {}
    for row in sorted((row for row in loans if row.is_new), key=lambda row: row["disbursed"]):
        person = row["identity"]
        before = latest.get(person)
        if before and not ((repaid := found.repaid.get(before["iou"])) and repaid <= row["disbursed"]):
            row.warn("registration", _("The earlier loan %(iou)s was not repaid yet; kept as it was.") % {"iou": before["iou"]})
        latest[person] = row


def _warn_beyond_the_multiple(found: Examined, on: date) -> None:
    """Lent is lent, and uses room; where the fund then stands for more than its multiple, the last loan of that bank says so."""
    last = {row["bank"]: row for row in found.new(lending.LAYOUT)}
    for bank, row in last.items():
        now = position(bank, on=on)
        balance = now.balance + _sum(found.new(funding.FUND), bank, "amount")
        lent, repaid = _sum(found.new(lending.LAYOUT), bank, "amount"), _sum(found.new(repaying.RECEIPTS), bank, "principal")
        after = replace(now, balance=balance, used=now.used + lent - repaid)
        if after.over_limit:
            said = {"bank": bank, "stands": after.used + after.reserved, "capacity": after.capacity}
            row.warn("bank", _("With this ledger the fund at %(bank)s stands for %(stands)s, more than its multiple allows: %(capacity)s.") % said)


def _sum(rows: Iterable[Row], bank: Bank, key: str) -> Decimal:
    return sum((row[key] for row in rows if row["bank"] == bank), Decimal(0))


def _names(found: Examined) -> dict[str, str]:
    names = {key: name for key, (_pk, name) in found.known.people.items()}
    for row in found.new(lending.LAYOUT):
        names.setdefault(lending.person_key(row["identity"]), row["name"])
    return names


def as_data(found: Examined) -> dict[str, Any]:
    """The outcome as scripts read it: counts over all sheets, every loan, and of the other sheets what was refused or warned of."""
    shown = (row for row in found.rows if row.layout is lending.LAYOUT or row.errors or row.warnings)
    return {
        **{outcome: found.count(outcome) for outcome in ("accepted", "unchanged", "refused")},
        "warned": found.warned,
        "rows": [_row_data(row) for row in shown],
    }


def _row_data(row: Row) -> dict[str, Any]:
    amount, day = row["amount"], row["disbursed"]
    return {
        "sheet": row.layout.sheet,
        "row": row.number,
        "outcome": row.outcome,
        "errors": [finding._asdict() for finding in row.errors],
        "warnings": [finding._asdict() for finding in row.warnings],
        "amount_yuan": str(amount) if isinstance(amount, Decimal) else None,
        "disbursed_on": day.isoformat() if day else None,
    }
