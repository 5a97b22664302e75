"""The schedule of a loan as CSV, for scripts: seq, due day, principal, interest, balance after it."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from loans.forms_of_repayment import Form
from repayments.schedule import rows
from staff.errors import Refused

T = TypeVar("T")
COLUMNS = ("seq", "due", "due_principal", "due_interest", "balance_after")
FORMS = [form for form in Form if form != Form.CUSTOM]


class Command(BaseCommand):
    """`manage.py loan_schedule --form grace_quarterly --principal 20000 --rate 5.76 --disbursed 2005-04-11 --term 24`"""

    help = "Prints the schedule of a loan as CSV."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--form", required=True, help=", ".join(FORMS))
        parser.add_argument("--principal", required=True, help="yuan")
        parser.add_argument("--rate", required=True, help="percent a year")
        parser.add_argument("--disbursed", required=True, help="YYYY-MM-DD")
        parser.add_argument("--term", required=True, help="months")
        parser.add_argument("--grace", default="6", help="months without principal (grace_quarterly)")

    def handle(self, *args: Any, **given: Any) -> None:
        if given["form"] not in FORMS:
            raise CommandError(_("--form: %(value)s is none of %(forms)s.") % {"value": given["form"], "forms": ", ".join(FORMS)})
        try:
            schedule = rows(
                Form(given["form"]),
                read(given, "principal", Decimal),
                read(given, "rate", Decimal),
                read(given, "disbursed", date.fromisoformat),
                read(given, "term", int),
                grace=read(given, "grace", int),
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(schedule)


def read(given: dict[str, Any], name: str, kind: Callable[[str], T]) -> T:
    """One argument as what it should be, or an error that names it."""
    try:
        return kind(given[name])
    except (ValueError, InvalidOperation) as wrong:
        raise CommandError(_("--%(name)s: %(value)s cannot be read.") % {"name": name, "value": given[name]}) from wrong
