"""The repayment lines as the page lists them: chips, filters, order, the columns asked for, and what the shown lines add up to."""

from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from repayments.half_year.columns import BY_NAME, COLUMNS, SUMMED_NAMES, Column
from repayments.half_year.forms import LineFilters
from repayments.models import HalfYearLine, Visit

ALL = ("", _("All"), Q(), "brand")
UNVISITED = ("unvisited", _("Not visited"), Q(visits=0), "warn")


class Part(NamedTuple):
    """One of the ledger's lists: its chips (code, words, condition, tone) and the columns that it shows unasked."""

    chips: tuple[tuple[str, Any, Q, str], ...]
    columns: tuple[str, ...]


REPAYMENT = Part(
    (ALL, ("first", _("First entries"), Q(first_entry=True), ""), ("arrears", _("In arrears"), Q(arrears__gt=0), "bad"), UNVISITED),
    ("bank", "principal", "opening", "due", "paid", "closing", "arrears", "days_overdue", "business", "workers", "due_next"),
)
PRODUCTION = Part(
    (
        ALL,
        ("normal", Visit.Business.NORMAL.label, Q(business=Visit.Business.NORMAL), "ok"),
        ("difficult", Visit.Business.DIFFICULT.label, Q(business=Visit.Business.DIFFICULT), "warn"),
        ("stopped", Visit.Business.STOPPED.label, Q(business=Visit.Business.STOPPED), "bad"),
        UNVISITED,
    ),
    ("bank", "community", "officer", "phone", "last_visit", "business", "workers", "jobs", "visits", "closing", "arrears"),
)
NARROWED = ("bank", "community", "officer", "bucket", "group")


class Listing:
    """The lines of a ledger that a user may see, as asked for in the address. What the address asks for wrongly is passed over."""

    def __init__(self, lines: QuerySet[HalfYearLine], query: Any, part: Part = REPAYMENT) -> None:
        self.all, self.part = lines, part
        self.form = LineFilters(query, lines)
        self.asked = self.form.chosen_values()

    @cached_property
    def show(self) -> str:
        asked = self.asked.get("show", "")
        return asked if asked in {code for code, *_rest in self.part.chips} else ""

    @property
    def chips(self) -> list[dict[str, Any]]:
        """Each chip with how many of all lines it stands for."""
        counts = self.all.aggregate(**{f"n_{code}": Count("pk", filter=condition) for code, _label, condition, _tone in self.part.chips})
        return [{"code": code, "label": label, "n": counts[f"n_{code}"], "tone": tone} for code, label, _condition, tone in self.part.chips]

    @cached_property
    def lines(self) -> QuerySet[HalfYearLine]:
        chosen = {name: self.asked[name] for name in NARROWED if name in self.asked}
        condition = next(condition for code, _label, condition, _tone in self.part.chips if code == self.show)
        return self.all.filter(condition, **chosen).order_by(*self._order)

    @property
    def sort(self) -> str:
        """The order asked for: a column's name, with a minus before it for the largest first."""
        asked = self.asked.get("sort", "")
        return asked if asked.removeprefix("-") in BY_NAME else "iou"

    @property
    def _order(self) -> tuple[str, str]:
        return ("bank__order" if self.sort == "bank" else "-bank__order" if self.sort == "-bank" else self.sort), "iou"

    @cached_property
    def columns(self) -> list[Column]:
        """The columns to show besides IOU and borrower: those asked for, else the part's own in its own order."""
        if "column" in self.asked:
            return [column for column in COLUMNS if column.name in self.asked["column"]]
        return [BY_NAME[name] for name in self.part.columns]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Each heading with the order that pressing it asks for; numbers begin with the largest."""
        return [{"column": column, "next": self._next(column), "sorted": self._sorted(column)} for column in (*COLUMNS[:2], *self.columns)]

    def _next(self, column: Column) -> str:
        down = f"-{column.name}"
        if self.sort == column.name:
            return down
        if self.sort == down:
            return column.name
        return down if column.is_number or column.name == "days_overdue" else column.name

    def _sorted(self, column: Column) -> str:
        return {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")

    @property
    def options(self) -> list[dict[str, Any]]:
        """The columns to choose from, and which are on."""
        return [{"name": column.name, "title": column.title, "on": column in self.columns} for column in COLUMNS[2:] if column.name != "venture"]

    @property
    def foot(self) -> list[dict[str, Any]]:
        """The sum under each shown column."""
        return [{"column": column, "value": self.sums.get(column.name)} for column in self.columns]

    @cached_property
    def sums(self) -> dict[str, Any]:
        """What all listed lines add up to, not only those of this page."""
        found = self.lines.order_by().aggregate(n=Count("pk"), **{f"sum_{name}": Sum(name) for name in SUMMED_NAMES})
        return {"n": found["n"]} | {name: found[f"sum_{name}"] or 0 for name in SUMMED_NAMES}


def headline(lines: QuerySet[HalfYearLine]) -> dict[str, Any]:
    """The figures at the head of the page, over all lines that the user may see."""
    counts = {"n": Q(), "first": Q(first_entry=True), "late": Q(arrears__gt=0), "unvisited": Q(visits=0)}
    states = {state: Q(business=state) for state in ("normal", "difficult", "stopped")}
    amounts = ("due", "paid", "closing", "arrears", "due_next")
    found = lines.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in (counts | states).items()},
        **{f"sum_{name}": Sum(name) for name in amounts},
    )
    found |= {name: found.pop(f"sum_{name}") or 0 for name in amounts}
    return found | {
        "late_share": found["arrears"] / found["closing"] if found["closing"] else None,
        "normal_share": found["normal"] / found["n"] if found["n"] else None,
    }
