"""The joint-meeting report as figures: every table of it, kept as plain data with a checksum."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from guarantees.queries import positions
from reports import periods, tables
from reports.meeting import sections
from reports.meeting.facts import Facts, proposed
from reports.periods import Period
from reports.tables import Table

KIND = "joint_meeting"
AT_THE_MEETING = ("cases", "room_after")  # of the day when the report is built, not of the period


@dataclass(frozen=True)
class Figures:
    """All tables of one report, by their keys; of which period, and on which day it was built."""

    period: Period
    on: date
    tables: dict[str, Table]

    def cell(self, table: str, row: str, column: str):
        return self.tables[table].cell(row, column)


def gather(*, period: Period, on: date) -> Figures:
    """The report's figures from the book as it stands."""
    facts, cases = Facts(period), proposed(period, on)
    found = [
        sections.plan(facts),
        sections.headline(facts),
        sections.fund(facts),
        sections.multiples(facts),
        sections.flow(facts),
        sections.by_month(facts),
        sections.recovery(facts),
        sections.late_by_bank(facts),
        sections.late_by_bucket(facts),
        sections.ventures(facts),
        sections.visits(facts),
        sections.since_the_beginning(facts),
    ]
    if cases:
        found += [sections.cases(cases), sections.room_after(cases, positions(on=on))]
    return Figures(period, on, {table.key: table for table in found})


def as_data(figures: Figures) -> dict[str, Any]:
    """The figures as plain data for the database."""
    return {"period": figures.period.name, "on": str(figures.on), "tables": [tables.as_data(table) for table in figures.tables.values()]}


def from_data(data: dict[str, Any]) -> Figures:
    """The figures back from the database, their words in the reader's language."""
    found = [tables.from_data(table) for table in data["tables"]]
    return Figures(periods.period(data["period"]), date.fromisoformat(data["on"]), {table.key: table for table in found})


def checksum(data: dict[str, Any]) -> str:
    """SHA-256 over the rows of the period's tables. The cases of the day are not among them: they move on while the paper is signed."""
    values = [[table["key"], table["rows"], table["foot"]] for table in data["tables"] if table["key"] not in AT_THE_MEETING]
    canonical = json.dumps([data["period"], values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
