"""A sheet of the workbook as rows of values: where its headings stand, what each cell says, what is wrong with it.

Excel's own row numbers are kept. Blank rows and total rows are passed over.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reports.importing.cells import UNITS, YUAN, BadCell, is_blank

HEADINGS_WITHIN = 20  # rows from the top
TOTALS = ("合计", "总计", "小计", "累计", "本页合计")


class Column(NamedTuple):
    """One column of a sheet: our word, the office's heading, how its cells are read."""

    key: str
    heading: str
    read: Callable[..., Any]
    must_be_there: bool = True  # the column
    may_be_blank: bool = False  # its cells
    money: bool = False  # its heading may carry a unit, and the reader is given it


class Layout(NamedTuple):
    """One sheet as the office keeps it."""

    sheet: str
    columns: tuple[Column, ...]

    def heading(self, key: str) -> str:
        """What the clerk calls this column."""
        return next(column.heading for column in self.columns if column.key == key)


class Finding(NamedTuple):
    """What is wrong, or worth knowing, about one cell."""

    column: str
    message: str


@dataclass
class Row:
    """One row of a sheet, its values by our words, and what was found about it."""

    layout: Layout
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    known: bool = False  # in the book already, with this content

    def __getitem__(self, key: str) -> Any:
        """The value of a cell; None where it is blank or could not be read."""
        return self.values.get(key)

    def refuse(self, key: str, message: str) -> None:
        self.errors.append(Finding(self.layout.heading(key), message))

    def warn(self, key: str, message: str) -> None:
        self.warnings.append(Finding(self.layout.heading(key), message))

    @property
    def outcome(self) -> str:
        if self.errors:
            return "refused"
        return "unchanged" if self.known else "accepted"

    @property
    def is_new(self) -> bool:
        return self.outcome == "accepted"


def read(layout: Layout, cells: Sequence[Sequence[Any]]) -> list[Row]:
    """The rows of one sheet. A sheet without its headings is one refused row."""
    top = _top(layout, cells)
    places = _places(layout, cells[top]) if cells else {}
    missing = [column for column in layout.columns if column.must_be_there and column.key not in places]
    if missing:
        found = [Finding(column.heading, _("The sheet has no such column.")) for column in missing]
        return [Row(layout, top + 1, errors=found)]
    units = {key: _unit(cells, top, place) for key, place in places.items()}
    kept = ((number, row) for number, row in enumerate(cells[top + 1 :], top + 2) if not _passed_over(row))
    return [_row(layout, number, row, places, units) for number, row in kept]


def _row(layout: Layout, number: int, cells: Sequence[Any], places: dict[str, int], units: dict[str, Any]) -> Row:
    row = Row(layout, number)
    for column in layout.columns:
        if column.key not in places:
            continue
        cell = cells[places[column.key]]
        try:
            if not column.may_be_blank and is_blank(cell):
                raise BadCell(_("The cell is blank."))
            if not is_blank(cell) or column.money:
                row.values[column.key] = column.read(cell, units[column.key]) if column.money else column.read(cell)
        except BadCell as wrong:
            row.errors.append(Finding(column.heading, str(wrong)))
    return row


def _top(layout: Layout, cells: Sequence[Sequence[Any]]) -> int:
    """The row among the first few that holds most of the headings."""
    tops = range(min(HEADINGS_WITHIN, len(cells)))
    return max(tops, key=lambda at: len(_places(layout, cells[at])), default=0)


def _places(layout: Layout, headings: Sequence[Any]) -> dict[str, int]:
    """Where each column stands, whatever unit or spaces its heading carries."""
    found = {_bare(cell): place for place, cell in reversed(list(enumerate(headings)))}
    return {column.key: found[bare] for column in layout.columns if (bare := _bare(column.heading)) in found}


def _bare(heading: Any) -> str:
    return _squeezed(heading).partition("(")[0]


def _squeezed(cell: Any) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell)))


def _unit(cells: Sequence[Sequence[Any]], top: int, place: int) -> Any:
    """The unit in the heading's brackets, else the one that a title row names for the whole sheet, else yuan."""
    if bracketed := re.search(r"\((.+)\)", _squeezed(cells[top][place])):
        return UNITS.get(bracketed[1], YUAN)
    titles = " ".join(_squeezed(cell) for row in cells[:top] for cell in row)
    named = re.search(r"单位:(万元|元)", titles)
    return UNITS[named[1]] if named else YUAN


def _passed_over(row: Sequence[Any]) -> bool:
    first = next((cell for cell in row if not is_blank(cell)), None)
    return first is None or _squeezed(first).rstrip(":") in TOTALS
