"""What the documents allow one kind of borrower on a day, for scripts and for people."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from loans import policy, rates, rulebook
from loans.models import BorrowerKind
from loans.policy import Terms
from loans.policy_files import read_groups

T = TypeVar("T")
CELLS = {  # key → cell of the terms; the percent stands right after its formula
    "lending_cap_yuan": "lending_cap",
    "subsidised_cap_yuan": "subsidised_cap",
    "term_months": "term_months",
    "extension_months": "extension_months",
    "rate_ceiling": "rate_ceiling",
    "rate_ceiling_percent": "",
    "subsidy_regime": "subsidy_regime",
    "new_hire_share": "new_hire_share",
    "new_hire_share_over_100": "new_hire_share_over_100",
}


class Command(BaseCommand):
    """`manage.py policy_in_force --on 2012-01-04 --kind individual --group woman --json`"""

    help = (
        "Prints what the policy documents in effect allow on a day, which serves as day of application and of contract. "
        'In JSON, yuan and months are whole numbers, percent and shares are texts such as "9.65" and "0.30"; null: no document says anything, '
        "or the rate is agreed freely. rate_ceiling_percent is for a loan of term_months. documents: the numbers behind the values, oldest first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", required=True, help="YYYY-MM-DD")
        parser.add_argument("--kind", required=True, help=", ".join(BorrowerKind))
        parser.add_argument("--group", action="append", default=[], help="code of a group (policy_files: groups.csv); may be given several times")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        on, kind = read(given, "on", date.fromisoformat), read(given, "kind", BorrowerKind)
        known = [row.code for row in read_groups()]
        if unknown := [group for group in given["group"] if group not in known]:
            raise CommandError(_("--group: %(value)s is none of %(known)s.") % {"value": ", ".join(unknown), "known": ", ".join(known)})
        found = in_force(on, kind, given["group"])
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) if given["json"] else "\n".join(lines(found)))


def in_force(on: date, kind: str, groups: list[str]) -> dict[str, Any]:
    """The terms of such a borrower, and the documents that they stand in."""
    terms = policy.terms(rulebook.rules(), kind=str(kind), groups=groups, application_on=on)
    cells = {key: getattr(terms, name) for key, name in CELLS.items() if name}
    found = {key: plain(key, cells[key].value) if cells.get(key) else None for key in CELLS}
    behind = sorted({(cell.rule.effective_from, cell.rule.document_no) for cell in cells.values() if cell})
    return found | {"rate_ceiling_percent": ceiling_percent(terms, on), "documents": list(dict.fromkeys(number for _day, number in behind))}


def ceiling_percent(terms: Terms, on: date) -> str | None:
    """The highest rate for the longest term; None where it is agreed freely, or no term or no rate is on record."""
    if not terms.term_months:
        return None
    try:
        found = rates.rate_ceiling(terms, rulebook.all_rates(), contract_on=on, term_months=terms.term_months.value)
    except rates.NoRate:
        return None
    return None if found is None else f"{found:.2f}"


def plain(key: str, value: Any) -> int | str:
    """A value as JSON holds it."""
    if key.endswith("_yuan") or key.endswith("_months"):
        return int(value)
    return f"{value:.2f}" if key.startswith("new_hire") else str(value)


def lines(found: dict[str, Any]) -> list[str]:
    """The same as text."""
    return [f"{key}: {'、'.join(value) if key == 'documents' else '—' if value is None else value}" for key, value in found.items()]


def read(given: dict[str, Any], name: str, kind: Callable[[str], T]) -> T:
    """One argument as what it should be, or an error that names it."""
    try:
        return kind(given[name])
    except ValueError as wrong:
        raise CommandError(_("--%(name)s: %(value)s cannot be read.") % {"name": name, "value": given[name]}) from wrong
