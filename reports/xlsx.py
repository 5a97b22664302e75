"""Any table as an Excel sheet: real numbers in the office's formats, heads that stay, sums at the foot."""

from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.conf import settings

from reports import tables
from reports.tables import Cell, Kind, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.YUAN: "#,##0.00",
    Kind.WAN: "#,##0.00",
    Kind.PERCENT: "0.00%",
    Kind.POINTS: "#,##0.00",
    Kind.TIMES: "0.00",
    Kind.DAY: "yyyy-mm-dd",
}
SCALE = {Kind.WAN: Decimal("0.0001"), Kind.POINTS: Decimal(100)}
FONT = "宋体"


class Book:
    """A workbook in the making; its formats are made once."""

    def __init__(self, title: str):
        self.content = BytesIO()
        self.book = xlsxwriter.Workbook(self.content, {"in_memory": True, "remove_timezone": True})
        self.book.set_properties({"title": title, "author": settings.OFFICE_NAME, "company": settings.OFFICE_NAME})
        self.formats: dict[tuple, object] = {}

    def format(self, **cells):
        key = tuple(sorted(cells.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **cells})
        return self.formats[key]

    def sheet(self, name: str):
        """A new sheet for A4; its name cut to what Excel takes."""
        sheet = self.book.add_worksheet(_sheet_name(name))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C— &P —")
        return sheet

    def table(self, table: Table):
        """One table on a sheet of its own."""
        sheet = self.sheet(str(table.title))
        sheet.write(0, 0, str(table.title), self.format(bold=True, font_size=14))
        for at, column in enumerate(table.columns.values()):
            sheet.write(1, at, str(column.title), self.format(bold=True, bottom=1, text_wrap=True, align="right" if column.is_number else "left"))
        for row, line in enumerate(table.lines, start=2):
            self._line(sheet, row, line)
        if table.last_line:
            self._line(sheet, 2 + len(table.rows), table.last_line, bold=True, top=1)
        if table.note:
            sheet.write(3 + len(table.rows), 0, str(table.note))
        _widths(sheet, table)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)

    def done(self) -> bytes:
        self.book.close()
        return self.content.getvalue()

    def _line(self, sheet, row, line, **look):
        for at, cell in enumerate(line):
            self._cell(sheet, row, at, cell, look)

    def _cell(self, sheet, row, at, cell: Cell, look):
        if cell.value is None or cell.kind not in NUMBER_FORMATS:
            sheet.write_string(row, at, str(cell), self.format(**look)) if str(cell) else sheet.write_blank(row, at, None, self.format(**look))
            return
        style = self.format(num_format=NUMBER_FORMATS[cell.kind], **look)
        if cell.kind == Kind.DAY:
            sheet.write_datetime(row, at, cell.value, style)
        else:
            sheet.write_number(row, at, cell.value * SCALE.get(cell.kind, 1), style)


def write(out, report, **days):
    """Any report module as an Excel file."""
    found = tables.all_of(report, **days)
    book = Book(str(found[0].title))
    for table in found:
        book.table(table)
    out.write(book.done())


def _sheet_name(name):
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31]


def _widths(sheet, table):
    lines = [[str(column.title) for column in table.columns.values()], *([str(cell) for cell in line] for line in (*table.lines, table.last_line))]
    for at in range(len(table.columns)):
        widest = max((sum(2 if ord(letter) > 255 else 1 for letter in line[at]) for line in lines if line), default=8)
        sheet.set_column(at, at, min(max(widest + 2, 8), 40))
