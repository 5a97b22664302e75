"""The loans whose interest finance may pay, each with all that its subsidy depends on: one statement for all of them. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from loans import policy, rulebook
from loans.models import Loan
from loans.policy import Rule, Terms
from loans.rates import Rates, subsidy_reference
from repayments.schedule import Row, maturity
from repayments.subsidy import LoanFacts
from staff.models import Bank

QUERY = Path(__file__).with_name("loans.sql").read_text(encoding="utf-8")
PLAN = ("sequences", "dues", "principals", "interests", "balances_after")
Record = Mapping[str, Any]  # a row of that query


@dataclass(frozen=True)
class Lent:
    """One loan, and why finance pays which part of its interest: the regime's document and who bears it."""

    loan_id: int
    number: str
    bank_id: int
    iou: str
    borrower: str
    facts: LoanFacts
    document: str  # whose regime it is; empty: no subsidy
    split: str  # the row's own finance_split, "central=0.25;local=0.25;borrower=0.50"

    @property
    def is_subsidised(self) -> bool:
        return self.facts.regime is not None

    @property
    def borrower_pays_first(self) -> bool:
        return self.facts.borrower_pays_first

    def balance(self, day: date) -> Decimal:
        """What the borrower owed the bank at the end of a day."""
        paid = sum((amount for received, amount in self.facts.receipts if received <= day), Decimal("0.00"))
        return self.facts.principal - paid if self.facts.disbursed <= day else Decimal("0.00")


class Rulebook:
    """Rules and rates read once; borrowers alike in kind, groups and days share their terms."""

    def __init__(self, rules: Sequence[Rule], rates: Rates):
        self.rules, self.rates = rules, rates
        self._known: dict[tuple[Any, ...], Terms] = {}

    @classmethod
    def on_record(cls) -> "Rulebook":
        return cls(rulebook.rules(), rulebook.all_rates())

    def terms(self, kind: str, groups: Sequence[str], applied_on: date, signed_on: date) -> Terms:
        key = (kind, tuple(sorted(groups)), applied_on, signed_on)
        if key not in self._known:
            self._known[key] = policy.terms(self.rules, kind=kind, groups=groups, application_on=applied_on, contract_on=signed_on)
        return self._known[key]


def lent_by(last: date, *, bank: Bank | None = None, loan: Loan | None = None, carrying_from: date | None = None, book: Rulebook | None = None) -> list[Lent]:
    """The loans lent up to a day, of one bank or all; only those whose original maturity lies after `carrying_from`, where given."""
    asked = {"last": last, "bank": bank and bank.pk, "loan": loan and loan.pk, "carrying_from": carrying_from}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, asked)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    book = book or Rulebook.on_record()
    return [_lent(row, book) for row in rows]


def _lent(row: Record, book: Rulebook) -> Lent:
    terms = book.terms(row["borrower_kind"], row["groups"], row["applied_on"], row["contract_date"])
    facts = _facts(row, terms, book.rates)
    regime, split = terms.subsidy_regime, terms.finance_split
    return Lent(
        facts=facts,
        document=regime.rule.document_no if regime and facts.regime else "",
        split=split.value if split and facts.regime else "",
        **{name: row[name] for name in ("loan_id", "number", "bank_id", "iou", "borrower")},
    )


def _facts(row: Record, terms: Terms, rates: Rates) -> LoanFacts:
    signed, months = row["contract_date"], row["term_months"]
    regime = terms.regime(micro_profit=row["micro_profit"])
    return LoanFacts(
        regime=regime,
        principal=row["principal"],
        rate=row["rate"],
        disbursed=row["disbursed_on"],
        maturity=maturity(row["disbursed_on"], months),
        cap=terms.capped_for_subsidy(row["principal"], row["partners"]),
        schedule=[Row(*cells) for cells in zip(*(row[column] or () for column in PLAN), strict=True)],
        receipts=list(zip(row["repaid_on"] or (), row["repaid"] or (), strict=True)),
        reference=subsidy_reference(regime, rates, contract_on=signed, term_months=months),
        steps=list(zip(row["repriced_on"] or (), row["repriced"] or (), strict=True)),
        pays_first=row["borrower_pays_first"],
    )
