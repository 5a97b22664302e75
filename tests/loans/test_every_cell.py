"""Every filled cell of every policy row counts from its day on, and the day before the earlier one does.

What is expected is worked out here from the file alone, by the words of facts.md §0, without the resolver's code.
"""

import csv
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from loans.policy import terms
from loans.policy_files import DATA, read_rules

with (DATA / "policy_rules.csv").open(encoding="utf-8-sig", newline="") as file:
    ROWS = list(csv.DictReader(file))

CELLS = {
    "lending_cap_yuan": "lending_cap",
    "per_partner_cap_yuan": "per_partner_cap",
    "term_months": "term_months",
    "extension_months": "extension_months",
    "rate_ceiling": "rate_ceiling",
    "subsidy_regime": "subsidy_regime",
    "finance_split": "finance_split",
    "leverage": "leverage",
    "suspend_compensation_rate": "suspend_compensation_rate",
    "new_hire_share": "new_hire_share",
    "new_hire_share_over_100": "new_hire_share_over_100",
}
CAPS = ("lending_cap_yuan", "per_partner_cap_yuan")
NEARNESS = ["national", "provincial", "local"]
FILLED = [
    pytest.param(row, column, group, id=f"{row['document_no']}-{row['effective_from']}-{row['borrower_kind']}-{group or 'all'}-{column}")
    for row in ROWS
    if row["status"] != "text_missing"
    for column in CELLS
    if row[column]
    for group in row["groups"].split(";")
]


def heard(row, column, group, day):
    return row[column] and row["effective_from"] <= day.isoformat() and row["status"] != "text_missing" and row["groups"] in ("", *named(row, group))


def named(row, group):
    return [row["groups"]] if group and group in row["groups"].split(";") else []


def latest(rows):
    """Of rows heard, the last; on one day a named group before everybody, the nearer office before the farther."""
    return max(rows, key=lambda row: (row["effective_from"], row["groups"] != "", NEARNESS.index(row["level"])), default=None)


def of_level(rows, column):
    """The cap of one level: the last row, unless an earlier one for the group is better."""
    general, own = latest([row for row in rows if not row["groups"]]), latest([row for row in rows if row["groups"]])
    last = latest([row for row in (general, own) if row])
    return max([row for row in (last, own) if row], key=lambda row: D(row[column]), default=None)  # of equal ones the last


def expected(kind, column, group, day):
    rows = [row for row in ROWS if row["borrower_kind"] == kind and heard(row, column, group, day)]
    if column in CAPS:
        by_level = [of_level([row for row in rows if row["level"] == level], column) for level in NEARNESS]
        return max([row for row in by_level if row], key=lambda row: D(row[column]), default=None)
    if column == "finance_split":
        regime = expected(kind, "subsidy_regime", group, day)
        rows = [row for row in rows if regime and row["subsidy_regime"] == regime["subsidy_regime"]]
    return latest(rows)


def found(kind, column, group, day):
    """What the resolver says: value, document and day of the row, as text."""
    cell = getattr(terms(read_rules(), kind=kind, groups=[group] if group else [], application_on=day), CELLS[column])
    return cell and (str(cell.value), cell.rule.document_no, cell.rule.effective_from.isoformat())


def said(row, column):
    return row and (row[column], row["document_no"], row["effective_from"])


@pytest.mark.parametrize(("row", "column", "group"), FILLED)
def test_a_cell_counts_from_its_day_and_the_earlier_one_the_day_before(row, column, group):
    kind, day = row["borrower_kind"], date.fromisoformat(row["effective_from"])
    before = expected(kind, column, group, day - timedelta(1))
    assert found(kind, column, group, day - timedelta(1)) == said(before, column)
    winner = expected(kind, column, group, day)
    assert found(kind, column, group, day) == said(winner, column)
    if winner is not row:  # only a cap can stand above a later one: that of a group above the general one, that of one level above another's
        assert column in CAPS
        assert D(winner[column]) >= D(row[column])
        assert (winner["groups"], winner["level"]) != (row["groups"], row["level"])
    assert before is not row


@pytest.mark.parametrize(("row", "column", "group"), [case for case in FILLED if case.values[1] == "lending_cap_yuan"])
def test_only_national_caps_are_subsidised(row, column, group):
    day = date.fromisoformat(row["effective_from"])
    national = of_level([r for r in ROWS if r["borrower_kind"] == row["borrower_kind"] and r["level"] == "national" and heard(r, column, group, day)], column)
    cell = terms(read_rules(), kind=row["borrower_kind"], groups=[group] if group else [], application_on=day).subsidised_cap
    assert (cell and (str(cell.value), cell.rule.document_no)) == (national and (national[column], national["document_no"]))


def test_no_row_is_left_out():
    assert len(FILLED) == 91
    assert {case.values[0]["document_no"] for case in FILLED} == {row["document_no"] for row in ROWS if row["status"] != "text_missing"}


@pytest.mark.parametrize("kind", ["individual", "partnership", "enterprise"])
def test_every_group_on_every_day_of_change_gets_what_the_file_says(kind):
    days = {date.fromisoformat(row["effective_from"]) + timedelta(shift) for row in ROWS for shift in (-1, 0)}
    groups = {group for row in ROWS for group in row["groups"].split(";")} | {"veteran"}
    for day in sorted(days):
        for group in sorted(groups):
            for column in CELLS:
                assert found(kind, column, group, day) == said(expected(kind, column, group, day), column), (day, group, column)
