"""The figures of a ledger as the book has them now: one statement for all loans, then the subsidy day by day. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from loans import policy, rulebook
from loans.policy import Rule
from loans.rates import Rates, subsidy_reference
from repayments.half_year.period import Period
from repayments.models import HalfYearDue, HalfYearLedger, HalfYearLine
from repayments.schedule import Row, maturity
from repayments.subsidy import LoanFacts, borrower_part, subsidy
from staff.runs import report_progress

QUERY = Path(__file__).with_name("lines.sql").read_text(encoding="utf-8")
Record = Mapping[str, Any]  # a row of that query
COMPENSATED = "compensated"
KEPT = frozenset(field.attname for field in HalfYearLine._meta.concrete_fields) - {"id", "ledger_id", "subsidy"}
PLANNED = ("loan_id", "bank_id", "iou", "borrower", "phone", "community", "officer", "young", "arrears")


class Figures(NamedTuple):
    """Everything that a ledger keeps, unsaved."""

    lines: list[HalfYearLine]
    dues: list[HalfYearDue]


def figures(ledger: HalfYearLedger, *, run_id: int | None = None) -> Figures:
    """The lines of this ledger's period by IOU number, and the plan of the coming half-year."""
    period = Period.parse(ledger.period)
    rows = _rows(period)
    rules, rates = rulebook.rules(), rulebook.all_rates()
    found = Figures([], [])
    for done, row in enumerate(rows, 1):
        facts = _facts(row, rules, rates)
        if not row["young"]:
            found.lines.append(_line(ledger, row, facts, period))
        if row["closing"] > 0 and row["bucket"] != COMPENSATED:
            found.dues.extend(_dues(ledger, row, replace(facts, schedule=_schedule(row)), period.next))
        if done % 100 == 0:
            report_progress(run_id, done, len(rows), _("Figures"))
    return found


def _rows(period: Period) -> list[dict[str, Any]]:
    days: dict[str, Any] = {"first": period.first, "last": period.last, "next_last": period.next.last, "previous": str(period.previous)}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, days)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _line(ledger: HalfYearLedger, row: Record, facts: LoanFacts, period: Period) -> HalfYearLine:
    financed = sum((subsidy(facts, quarter) for quarter in period.quarters), Decimal("0.00"))
    return HalfYearLine(ledger=ledger, subsidy=financed, **{name: row[name] for name in KEPT})


def _dues(ledger: HalfYearLedger, row: Record, facts: LoanFacts, coming: Period) -> Iterator[HalfYearDue]:
    """The loan's due days in the coming half-year; paid principal settles the oldest rows first."""
    planned = Decimal("0.00")
    for due in facts.schedule:
        planned += due.principal
        if coming.first <= due.due <= coming.last:
            yield HalfYearDue(
                ledger=ledger,
                due=due.due,
                principal=due.principal,
                remaining=min(due.principal, max(Decimal("0.00"), planned - row["paid_to_date"])),
                interest=due.interest,
                own_interest=borrower_part(facts, due),
                **{name: row[name] for name in PLANNED},
            )


def _facts(row: Record, rules: Sequence[Rule], rates: Rates) -> LoanFacts:
    """What the subsidy of the loan depends on, which goes by its first plan."""
    signed, months = row["contract_date"], row["term_months"]
    terms = policy.terms(rules, kind=row["borrower_kind"], groups=row["groups"], application_on=row["applied_on"], contract_on=signed)
    regime = terms.regime(micro_profit=row["micro_profit"])
    return LoanFacts(
        regime=regime,
        principal=row["principal"],
        rate=row["rate"],
        disbursed=row["disbursed_on"],
        maturity=maturity(row["disbursed_on"], months),
        cap=terms.capped_for_subsidy(row["principal"], row["partners"]),
        schedule=_schedule(row, "first_"),
        receipts=list(zip(row["repaid_on"] or (), row["repaid"] or (), strict=True)),
        reference=subsidy_reference(regime, rates, contract_on=signed, term_months=months),
        steps=list(zip(row["repriced_on"] or (), row["repriced"] or (), strict=True)),
        pays_first=row["borrower_pays_first"],
    )


def _schedule(row: Record, which: str = "") -> list[Row]:
    """The rows in force on the last day, or those of the "first_" plan."""
    columns = ("sequences", "dues", "principals", "interests", "balances_after")
    return [Row(*cells) for cells in zip(*(row[which + column] or () for column in columns), strict=True)]
