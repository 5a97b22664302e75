"""Any table as a CSV file: the titles of its columns, its rows, its foot."""

import csv
import io

from reports import tables
from reports.tables import Kind, Table

CONTENT_TYPE = "text/csv; charset=utf-8"


def write(out, report, **days):
    """Any report module as CSV in UTF-8; the mark at its head tells Excel so."""
    text = io.StringIO()
    first, *summaries = tables.all_of(report, **days)
    write_table(text, first)
    for table in summaries:
        text.write(f"\n{table.title}\n")
        write_table(text, table)
    out.write(text.getvalue().encode("utf-8-sig"))


def write_table(out, table: Table):
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(column.title for column in table.columns.values())
    lines = [*table.lines, table.last_line] if table.last_line else table.lines
    sheet.writerows([plain(cell) for cell in line] for line in lines)


def plain(cell) -> str:
    """A cell as a program reads it: no thousands, a minus that is one."""
    if cell.kind in (Kind.YUAN, Kind.TIMES) and cell.value is not None:
        return f"{cell.value:.2f}"
    return str(cell).replace(",", "").replace("−", "-") if cell.is_number else str(cell)
