"""The tables of loans/data/ as records: rules, rates and groups, as the office's fact sheet hands them over."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from loans.policy import Level, Regime, Rule, Status
from loans.rates import Benchmark, Rates, Reference

DATA = Path(__file__).parent / "data"


class GroupRow(NamedTuple):
    """One group of borrowers: our code, the office's word, since when documents know it."""

    code: str
    label: str
    known_from: date
    note: str


def read_rules(path: Path = DATA / "policy_rules.csv") -> list[Rule]:
    """The policy rows, in the order of the file."""
    return [_rule(row) for row in _rows(path)]


def read_rates(benchmarks: Path = DATA / "benchmark_rates.csv", references: Path = DATA / "lpr_1y.csv") -> Rates:
    """The benchmark rates and the quoted rates."""
    columns = ("up_to_6_months", "up_to_1_year", "1_to_3_years", "3_to_5_years")
    return Rates(
        [Benchmark(date.fromisoformat(row["effective_from"]), *(Decimal(row[column]) for column in columns)) for row in _rows(benchmarks)],
        [Reference(date.fromisoformat(row["effective_from"]), row["series"], Decimal(row["percent"]), row["status"]) for row in _rows(references)],
    )


def read_documents(path: Path = DATA / "policy_documents.csv") -> list[tuple[str, str, date | None]]:
    """The documents behind the rules: number, title where it is known, day of issue where it is sure."""
    return [(row["number"], row["title"], date.fromisoformat(row["issued"]) if row["issued"] else None) for row in _rows(path)]


def read_document_notes(path: Path = DATA / "document_notes.csv") -> list[tuple[str, dict[str, str]]]:
    """Every document that the office knows of, also those that fill no row: number; title, day of issue, level and what it changed."""
    return [(row.pop("number"), row) for row in _rows(path)]


def read_groups(path: Path = DATA / "groups.csv") -> list[GroupRow]:
    """The groups, in the order of the file."""
    return [GroupRow(row["code"], row["label"], date.fromisoformat(row["known_from"]), row["note"] or "") for row in _rows(path)]


def read_ages(path: Path = DATA / "age_limits.csv") -> list[tuple[str, str, dict[str, str]]]:
    """Age limits: document, its level, cells."""
    return _documented(path)


def read_trades(path: Path = DATA / "excluded_trades.csv") -> list[tuple[str, str, dict[str, str]]]:
    """Excluded trades: document, its level, cells."""
    return _documented(path)


def read_lending_rules(name: str) -> list[tuple[str, str, dict[str, str]]]:
    """The dated rows of one of our own tables, such as "group_proofs": document, its level, the cells that are filled."""
    return [(document, level, {key: text for key, text in cells.items() if text}) for document, level, cells in _documented(DATA / f"{name}.csv")]


def group_codes() -> dict[str, str]:
    """The office's word for each group → its code."""
    return {row.label: row.code for row in read_groups()}


def known_groups(on: date) -> list[str]:
    """The codes of the groups that documents know on a day."""
    return [row.code for row in read_groups() if row.known_from <= on]


def _documented(path: Path) -> list[tuple[str, str, dict[str, str]]]:
    return [(row.pop("document_no"), row.pop("level"), row) for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        document_no=row["document_no"],
        effective_from=date.fromisoformat(row["effective_from"]),
        level=Level(row["level"]),
        borrower_kind=row["borrower_kind"],
        status=Status(row["status"]),
        groups=frozenset(filter(None, row["groups"].split(";"))),
        lending_cap_yuan=_decimal(row["lending_cap_yuan"]),
        per_partner_cap_yuan=_decimal(row["per_partner_cap_yuan"]),
        term_months=int(row["term_months"]) if row["term_months"] else None,
        extension_months=int(row["extension_months"]) if row["extension_months"] else None,
        rate_ceiling=row["rate_ceiling"] or None,
        subsidy_regime=Regime(row["subsidy_regime"]) if row["subsidy_regime"] else None,
        finance_split=row["finance_split"] or None,
        leverage=_decimal(row["leverage"]),
        suspend_compensation_rate=_decimal(row["suspend_compensation_rate"]),
        new_hire_share=_decimal(row["new_hire_share"]),
        new_hire_share_over_100=_decimal(row["new_hire_share_over_100"]),
        note=row["note"] or "",
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
