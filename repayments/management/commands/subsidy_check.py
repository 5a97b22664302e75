"""The subsidy of the loans in a file of cases, quarter by quarter, as JSON, for scripts."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from loans.forms_of_repayment import Form
from loans.policy import Regime
from repayments.schedule import maturity, rows
from repayments.subsidy import LoanFacts, quarters, subsidy
from staff.errors import Refused


class Command(BaseCommand):
    """`manage.py subsidy_check tests/golden/subsidy.json`"""

    help = "Prints the subsidy of the cases in a JSON file, quarter by quarter; quarters without any are left out."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            cases = json.loads(given["file"].read_text(encoding="utf-8"))
            answer = [{"case": case["case"], "computed": computed(case)} for case in cases]
        except (OSError, ValueError, KeyError, ArithmeticError, Refused) as wrong:
            raise CommandError(f"{given['file']}: {wrong}") from wrong
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def computed(case: dict[str, Any]) -> dict[str, str]:
    """The quarters of one case that carry subsidy, each with its yuan."""
    loan = facts(case)
    found = {str(quarter): subsidy(loan, quarter) for quarter in quarters(loan.disbursed, loan.maturity)}
    return {quarter: str(amount) for quarter, amount in found.items() if amount}


def facts(case: dict[str, Any]) -> LoanFacts:
    """A case of the file as the facts that its subsidy depends on."""
    principal, rate, disbursed = Decimal(case["principal"]), Decimal(case["rate_percent"]), date.fromisoformat(case["disbursed"])
    return LoanFacts(
        regime=Regime(case["regime"]),
        principal=principal,
        rate=rate,
        disbursed=disbursed,
        maturity=maturity(disbursed, case["term_months"]),
        cap=Decimal(case["subsidised_cap"]),
        schedule=rows(Form(case["form"]), principal, rate, disbursed, case["term_months"]),
        receipts=[(date.fromisoformat(day), Decimal(amount)) for day, amount in case.get("receipts", ())],
        reference=Decimal(case["reference_percent"]) if case.get("reference_percent") is not None else None,
    )
