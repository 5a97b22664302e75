"""The figures of a ledger as the book has them now: one statement for all loans, then the subsidy day by day. Writes nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from loans import policy, rulebook
from loans.policy import Rule
from loans.rates import Rates, subsidy_reference
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger, HalfYearLine
from repayments.schedule import Row, maturity
from repayments.subsidy import LoanFacts, subsidy
from staff.runs import report_progress

QUERY = Path(__file__).with_name("lines.sql").read_text(encoding="utf-8")
KEPT = frozenset(field.attname for field in HalfYearLine._meta.concrete_fields) - {"id", "ledger_id", "subsidy"}


def lines(ledger: HalfYearLedger, *, run_id: int | None = None) -> list[HalfYearLine]:
    """The unsaved lines of this ledger's period, by IOU number."""
    period = Period.parse(ledger.period)
    rows = _rows(period)
    rules, rates = rulebook.rules(), rulebook.all_rates()
    found = []
    for done, row in enumerate(rows, 1):
        financed = _subsidy(row, period, rules, rates)
        found.append(HalfYearLine(ledger=ledger, subsidy=financed, **{name: row[name] for name in KEPT}))
        if done % 100 == 0:
            report_progress(run_id, done, len(rows))
    return found


def _rows(period: Period) -> list[dict[str, Any]]:
    days = {"first": period.first, "last": period.last, "next_last": period.next.last, "previous": str(period.previous)}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, days)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _subsidy(row: Mapping[str, Any], period: Period, rules: Sequence[Rule], rates: Rates) -> Decimal:
    """What finance pays of this loan's interest in the two quarters of the period."""
    facts = _facts(row, rules, rates)
    return sum((subsidy(facts, quarter) for quarter in period.quarters), Decimal("0.00"))


def _facts(row: Mapping[str, Any], rules: Sequence[Rule], rates: Rates) -> LoanFacts:
    signed, months = row["contract_date"], row["term_months"]
    terms = policy.terms(rules, kind=row["borrower_kind"], groups=row["groups"], application_on=row["applied_on"], contract_on=signed)
    regime = terms.regime(micro_profit=row["micro_profit"])
    columns = ("sequences", "dues", "principals", "interests", "balances_after")
    return LoanFacts(
        regime=regime,
        principal=row["principal"],
        rate=row["rate"],
        disbursed=row["disbursed_on"],
        maturity=maturity(row["disbursed_on"], months),
        cap=terms.capped_for_subsidy(row["principal"], row["partners"]),
        schedule=[Row(*cells) for cells in zip(*(row[column] or () for column in columns), strict=True)],
        receipts=list(zip(row["repaid_on"] or (), row["repaid"] or (), strict=True)),
        reference=subsidy_reference(regime, rates, contract_on=signed, term_months=months),
    )
