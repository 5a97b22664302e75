"""The office's main figures at the end of a day, for scripts and for people."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guarantees.queries import positions
from reports import figures


class Command(BaseCommand):
    """`manage.py office_figures --as-of 2011-12-31 --json`; amounts are yuan with two decimals."""

    help = "Prints the office's main figures as of a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        found = office_figures(given["as_of"])
        if given["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(lines(found)))


def office_figures(on: date) -> dict[str, Any]:
    """What the office stood for at the end of a day: since its beginning, by bank and by year."""
    all_lent, banks = figures.lent_in_all(last=on), positions(on=on)
    return {
        "as_of": on.isoformat(),
        "guarantee_fund_paid_in_yuan": str(figures.paid_in(on=on)),
        "borrowers_persons": all_lent.persons,
        "lent_yuan": str(all_lent.amount),
        "ventures_opened": all_lent.ventures,
        "jobs_created": all_lent.jobs,
        "loans": all_lent.loans,
        "outstanding_yuan": str(sum((bank.used for bank in banks), figures.NOTHING)),
        "by_bank": {
            bank.bank.name: {
                "fund_yuan": str(bank.balance),
                "outstanding_yuan": str(bank.used),
                "reserved_yuan": str(bank.reserved),
                "room_yuan": f"{bank.room:.2f}",
            }
            for bank in banks
        },
        "by_year": {
            str(year): {"loans": lent.loans, "lent_yuan": str(lent.amount), "jobs": lent.jobs} for year, lent in sorted(figures.lent("year", last=on).items())
        },
    }


def lines(found: dict[str, Any], indent: str = "") -> list[str]:
    """The same as indented text."""
    shown = []
    for name, value in found.items():
        shown.append(f"{indent}{name}:" if isinstance(value, dict) else f"{indent}{name}: {value}")
        shown += lines(value, indent + "  ") if isinstance(value, dict) else []
    return shown
