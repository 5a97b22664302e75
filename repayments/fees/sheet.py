"""The loans behind a year's rewards and fees as a CSV file: one line for each base and rule, and the total."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from loans.fees import Kind
from repayments.fees.computing import NOTHING, Line
from repayments.fees.queries import Figure


def as_csv(figures: Iterable[tuple[str, Figure]]) -> bytes:
    """These figures, each with the name of its bank, in UTF-8 with the mark that tells Excel so."""
    figures, text = list(figures), io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(
        (
            _("What"),
            _("Bank"),
            _("IOU no."),
            _("Case"),
            _("First day"),
            _("Last day"),
            _("Number of days"),
            _("Base of the figure (yuan)"),
            _("Percent"),
            _("Document"),
            _("Amount (yuan)"),
        )
    )
    for bank, figure in figures:
        for line in figure.lines:
            sheet.writerows(_rows(bank, line))
    sheet.writerow((_("Total"), *[""] * 9, f"{sum((figure.amount for _bank, figure in figures), NOTHING):.2f}"))
    return text.getvalue().encode("utf-8-sig")


def _rows(bank: str, line: Line) -> Iterator[tuple[Any, ...]]:
    for piece, part in line.parts:
        percent, document = (f"{piece.rate.percent.normalize():f}", piece.rate.document) if piece.rate and piece.rate.percent else ("0", "")
        days = (piece.first, piece.last, piece.days) if line.kind == Kind.GUARANTEE_FEE else (piece.first, "", "")
        yield (line.kind.label, bank, line.loan.iou, line.loan.number, *days, f"{piece.base:.2f}", percent, document, f"{part:.2f}")
