"""The canonical figures of a ledger: one CSV, letter by letter the same for the same book, and its checksum."""

import csv
import hashlib
import io
from collections.abc import Iterable

from repayments.models import HalfYearLine

COLUMNS = (
    "iou",
    "first_entry",
    "principal",
    "opening",
    "arrears_brought",
    "due",
    "paid",
    "closing",
    "arrears",
    "days_overdue",
    "bucket",
    "due_next",
)
AMOUNTS = frozenset(("principal", "opening", "arrears_brought", "due", "paid", "closing", "arrears", "due_next"))


def canonical(period: str, lines: Iterable[HalfYearLine]) -> bytes:
    """The lines as CSV in UTF-8, in the order of their IOU numbers: amounts with two decimals, flags as 0 and 1."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(("period", *COLUMNS))
    for line in sorted(lines, key=lambda line: (line.iou, line.loan_id)):
        sheet.writerow((period, *(_cell(line, name) for name in COLUMNS)))
    return text.getvalue().encode("utf-8")


def checksum(content: bytes) -> str:
    """SHA-256, as papers carry it."""
    return hashlib.sha256(content).hexdigest()


def _cell(line: HalfYearLine, name: str) -> str:
    value = getattr(line, name)
    if name in AMOUNTS:
        return f"{value:.2f}"
    return str(int(value)) if name == "first_entry" else str(value)
