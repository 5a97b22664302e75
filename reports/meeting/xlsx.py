"""The joint-meeting report as an Excel file, from the very figures of the PDF: amounts in yuan to the fen."""

from django.utils import translation

from reports.meeting.figures import from_data
from reports.meeting.pdf import title
from reports.meeting.sentences import paragraphs
from reports.xlsx import Book


def render(data, *, number="", issued_by="", on, checksum="") -> bytes:
    """The workbook: what is read aloud on the first sheet, then a sheet a table."""
    with translation.override("zh-hans"):
        figures = from_data(data)
        book = Book(title(figures))
        _opening(book, figures, [number or "草稿（未签发）", f"签发人：{issued_by}" if issued_by else "", f"数据校验码：{checksum}", f"{on:%Y-%m-%d}"])
        for table in figures.tables.values():
            book.table(table)
        return book.done()


def _opening(book, figures, below):
    sheet = book.sheet("报告")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, title(figures), book.format(bold=True, font_size=18, align="center"))
    lines = [*paragraphs(figures), "", *filter(None, below)]
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, book.format(text_wrap=True, font_size=12))
