"""A list as an Excel sheet: its title, heads that stay, real numbers and days, sums at the foot."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}


class Column(NamedTuple):
    """One column: its head, how wide, and whether amounts stand in it."""

    title: Any
    width: int = 14
    money: bool = False


def workbook(sheets: Sequence[tuple[str, Sequence[Column], Iterable[Sequence[Any]], Sequence[Any]]]) -> bytes:
    """A workbook of lists: (title, columns, rows, foot) each on a sheet of its own; an empty foot is left out."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": str(sheets[0][0]), "author": settings.OFFICE_NAME})
    for title, columns, rows, foot in sheets:
        _sheet(book, str(title), columns, [*rows], foot)
    book.close()
    return content.getvalue()


def answer(content: bytes, name: str) -> HttpResponse:
    """The answer that hands an Excel file over under this name."""
    return HttpResponse(content, content_type=CONTENT_TYPE, headers={"Content-Disposition": content_disposition_header(True, name)})


def _sheet(book, title, columns, rows, foot):
    sheet = book.add_worksheet("".join(letter for letter in title if letter not in "[]:*?/\\'")[:31])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write(0, 0, title, book.add_format({**FONT, "bold": True, "font_size": 14}))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write(
            1, at, str(column.title), book.add_format({**FONT, "bold": True, "bottom": 1, "text_wrap": True, "align": "right" if column.money else "left"})
        )
    plain, strong = _Cells(book, sheet), _Cells(book, sheet, bold=True, top=1)
    for number, row in enumerate(rows, start=2):
        plain.row(number, columns, row)
    if foot:
        strong.row(2 + len(rows), columns, foot)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)


class _Cells:
    """Writes rows in one look; its formats are made once."""

    def __init__(self, book, sheet, **look):
        self.sheet = sheet
        self.text = book.add_format({**FONT, **look})
        self.money = book.add_format({**FONT, **look, "num_format": "#,##0.00"})
        self.count = book.add_format({**FONT, **look, "num_format": "#,##0"})
        self.day = book.add_format({**FONT, **look, "num_format": "yyyy-mm-dd", "align": "left"})

    def row(self, number, columns, row):
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            if isinstance(value, date):
                self.sheet.write_datetime(number, at, value, self.day)
            elif isinstance(value, int | Decimal):
                self.sheet.write_number(number, at, value, self.money if column.money else self.count)
            else:
                self.sheet.write_string(number, at, "" if value is None else str(value), self.text)
