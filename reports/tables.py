"""A table of figures, as data: what page, Excel, CSV, PDF and chart all print from.

Its words are English msgids until they are shown, so that a table kept in the database reads in every language.
"""

import json
import re
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext

from staff.templatetags.office import percent, wan, whole, yuan

HUNDREDTH = Decimal("0.01")


class Kind(StrEnum):
    """What a cell holds, and so how it is shown."""

    TEXT = "text"  # a name: shown as it is
    LABEL = "label"  # a word of ours: translated
    UNIT = "unit"  # a unit, likewise
    COUNT = "count"
    YUAN = "yuan"
    WAN = "wan"  # yuan, shown in 万元
    PERCENT = "percent"  # a share, kept to the hundredth of a per cent
    POINTS = "points"  # a difference of two shares
    TIMES = "times"
    DAY = "day"
    MEASURE = "measure"  # of the kind that its row names in "kind"


NUMBERS = {Kind.COUNT, Kind.YUAN, Kind.WAN, Kind.PERCENT, Kind.POINTS, Kind.TIMES, Kind.MEASURE}


class Column(NamedTuple):
    title: Any
    kind: Kind = Kind.TEXT

    @property
    def heading(self) -> str:
        """The title for a narrow column: its unit on a line of its own."""
        return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in re.split("(?=[（(])", str(self.title))))

    @property
    def is_number(self):
        return self.kind in NUMBERS


class Cell(NamedTuple):
    """One cell as it is to be shown: its value and its true kind."""

    value: Any
    kind: Kind
    url: str = ""  # the page of what the row is about, on its first cell

    def __str__(self):
        return show(self.value, self.kind)

    @property
    def is_number(self):
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Table:
    """Named columns, rows of values under them, and a foot with the sums."""

    key: str
    title: Any
    columns: dict[str, Column]
    rows: list[dict[str, Any]]
    foot: dict[str, Any] = field(default_factory=dict)
    note: Any = ""

    def cell(self, row: str, column: str) -> Cell:
        """The cell of the row with this key ("foot" for the foot): what sentences are made of."""
        found = self.foot if row == "foot" else next(r for r in self.rows if r.get("key") == row)
        return self._cell(found, column)

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        first, *others = (self._cell(row, name) for name in self.columns)
        return [first._replace(url=row.get("url", "")), *others]

    @property
    def lines(self) -> list[list[Cell]]:
        return [self.cells(row) for row in self.rows]

    @property
    def last_line(self) -> list[Cell]:
        return self.cells(self.foot) if self.foot else []

    def _cell(self, row, column):
        kind = self.columns[column].kind
        return Cell(row.get(column), Kind(row.get("kind") or Kind.COUNT) if kind == Kind.MEASURE else kind)


def of(report, *, only="", **days) -> Table:
    """Any report module as a table: its title, its columns, its rows (or only those with this key), and its foot where it has one."""
    found = [row for row in report.rows(**days) if not only or row.key == only]
    return _main(report, found)


def all_of(report, *, only="", **days) -> list[Table]:
    """The same with the summaries that a report makes of these very rows."""
    found = [row for row in report.rows(**days) if not only or row.key == only]
    return [_main(report, found), *(report.summaries(found) if hasattr(report, "summaries") and found else ())]


def _main(report, found):
    foot = report.foot(found) if hasattr(report, "foot") and found else None
    note = report.note(found) if hasattr(report, "note") else ""
    key = report.__name__.rpartition(".")[2]
    return Table(key, report.TITLE, report.COLUMNS, [as_row(row) for row in found], as_row(foot) if foot else {}, note)


def as_row(row):
    return asdict(row) if is_dataclass(row) else dict(row)


def summed(rows, **cells):
    """A foot for these rows: the given cells as they are, every other one summed."""
    rows = [as_row(row) for row in rows]
    return {name: cells[name] if name in cells else sum(row[name] for row in rows) for name in rows[0]}


def show(value, kind) -> str:
    """A value as page and paper print it; nothing for None."""
    if value is None or value == "":
        return ""
    if kind in (Kind.LABEL, Kind.UNIT):
        return _said(value, kind) if isinstance(value, str) else str(value)
    return SHOWN.get(kind, str)(value)


SHOWN = {
    Kind.COUNT: whole,
    Kind.YUAN: yuan,
    Kind.WAN: wan,
    Kind.PERCENT: percent,
    Kind.POINTS: lambda share: percent(share).removesuffix("%"),
    Kind.TIMES: yuan,
    Kind.DAY: lambda day: f"{day:%Y-%m-%d}",
}


def share(part, of) -> Decimal | None:
    """A part of a whole, to the hundredth of a per cent; None where there is no whole."""
    return (Decimal(part) / Decimal(of)).quantize(HUNDREDTH**2, ROUND_HALF_UP) if of else None


def change(now, before) -> Decimal | None:
    """How much more than before, as a share of before."""
    return share(Decimal(now) - Decimal(before), before)


def hundredths(number) -> Decimal:
    return Decimal(number).quantize(HUNDREDTH, ROUND_HALF_UP)


def as_data(table: Table) -> dict[str, Any]:
    """The table as plain data for the database: days and amounts as strings, words as msgids."""
    with translation.override("en"):
        columns = [[name, str(column.title), str(column.kind)] for name, column in table.columns.items()]  # a list: jsonb keeps no order of keys
        words = {"key": table.key, "title": str(table.title), "note": str(table.note), "columns": columns}
        return json.loads(json.dumps(words | {"rows": table.rows, "foot": table.foot}, default=str))


def from_data(data: dict[str, Any]) -> Table:
    """The table back from the database, its words in the reader's language."""
    columns = {name: Column(gettext(title), Kind(kind)) for name, title, kind in data["columns"]}
    read = lambda row: {name: _value(value, columns, row, name) for name, value in row.items()}  # noqa: E731
    foot = {name: _said(value) for name, value in read(data["foot"]).items()}
    return Table(data["key"], gettext(data["title"]), columns, [read(row) for row in data["rows"]], foot, _said(data["note"]))


def _said(value, kind=Kind.LABEL):
    """A word of ours in the reader's language; anything else as it is."""
    if not value or not isinstance(value, str):
        return value
    return pgettext("unit", value) if kind == Kind.UNIT else gettext(value)


def _value(value, columns, row, name):
    kind = columns[name].kind if name in columns else Kind.TEXT
    if kind == Kind.MEASURE:
        kind = Kind(row.get("kind") or Kind.COUNT)
    if value is None or value == "" or kind in (Kind.TEXT, Kind.LABEL, Kind.UNIT):
        return value
    if kind == Kind.DAY:
        return date.fromisoformat(value)
    return int(value) if kind == Kind.COUNT else Decimal(value)
