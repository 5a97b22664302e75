"""The policy tables of the database as the resolver's records, and the first filling of those tables."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from loans.models import BenchmarkRate, PolicyRow, ReferenceRate
from loans.policy import Level, Regime, Rule, Status, Terms, terms
from loans.policy_files import read_documents, read_rates, read_rules
from loans.rates import Benchmark, Rates, Reference

CELLS = ("lending_cap_yuan", "per_partner_cap_yuan", "term_months", "extension_months", "leverage", "suspend_compensation_rate")
SHARES = ("new_hire_share", "new_hire_share_over_100")
WORDS = ("rate_ceiling", "finance_split")


def rules() -> list[Rule]:
    """All policy rows on record, oldest first."""
    return [_rule(row) for row in PolicyRow.objects.select_related("document")]


def rates() -> Rates:
    """All benchmark and quoted rates on record."""
    return Rates(
        [Benchmark(*row) for row in BenchmarkRate.objects.values_list(*Benchmark._fields)],
        [Reference(*row) for row in ReferenceRate.objects.values_list(*Reference._fields)],
    )


def terms_on(*, kind: str, groups: Iterable[str], application_on: date, contract_on: date | None = None) -> Terms:
    """What the rows on record allow a borrower (facts.md §0)."""
    return terms(rules(), kind=kind, groups=groups, application_on=application_on, contract_on=contract_on)


def fill(documents: Any, rows: Any, benchmarks: Any, references: Any) -> None:
    """Put what loans/data/ holds into these four tables, where it is not yet there; safe to run twice."""
    given = read_rules()
    levels = {rule.document_no: rule.level for rule in given}
    filed = {
        number: documents.objects.get_or_create(number=number, defaults={"title": title, "issued": issued, "level": levels[number]})[0]
        for number, title, issued in read_documents()
    }
    for rule in given:
        cells = {name: getattr(rule, name) for name in (*CELLS, *SHARES)} | {name: getattr(rule, name) or "" for name in WORDS}
        rows.objects.get_or_create(
            document=filed[rule.document_no],
            effective_from=rule.effective_from,
            borrower_kind=rule.borrower_kind,
            groups=";".join(sorted(rule.groups)),
            defaults={**cells, "subsidy_regime": rule.subsidy_regime or "", "status": rule.status, "note": rule.note},
        )
    known = read_rates()
    for benchmark in known.benchmarks:
        benchmarks.objects.get_or_create(effective_from=benchmark.effective_from, defaults=benchmark._asdict())
    for reference in known.references:
        references.objects.get_or_create(effective_from=reference.effective_from, series=reference.series, defaults=reference._asdict())


def _rule(row: PolicyRow) -> Rule:
    return Rule(
        document_no=row.document.number,
        effective_from=row.effective_from,
        level=Level(row.document.level),
        borrower_kind=row.borrower_kind,
        status=Status(row.status),
        groups=frozenset(filter(None, row.groups.split(";"))),
        subsidy_regime=Regime(row.subsidy_regime) if row.subsidy_regime else None,
        note=row.note,
        **{name: getattr(row, name) for name in (*CELLS, *SHARES)},
        **{name: getattr(row, name) or None for name in WORDS},
    )
