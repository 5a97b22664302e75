"""The book as a journal for hledger and ledger, on standard output."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from repayments.journal import journal


class Command(BaseCommand):
    """`manage.py export_journal --as-of 2011-12-31 > office.journal; hledger -f office.journal bal assets:loans`"""

    help = "Prints the book up to a day as a plain-text journal in CNY."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, help="YYYY-MM-DD")

    def handle(self, *args: Any, **given: Any) -> None:
        for line in journal(as_of=given["as_of"]):
            self.stdout.write(line)
