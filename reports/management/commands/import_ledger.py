"""Takes the office's old ledger in, or only says what would become of it."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from reports.importing.actions import RowsRefused, take_in
from reports.importing.examine import Examined, as_data, examine
from staff.errors import Refused
from staff.models import Role, User
from staff.office_date import office_today


class Command(BaseCommand):
    """`manage.py import_ledger office_ledger.xlsx --dry-run --json`; exit code 1 where a row is refused, dry run or not."""

    help = "Imports an Excel ledger: all of it, or nothing where a row is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of it")
        parser.add_argument("--json", action="store_true", help="the outcome as JSON on standard output")
        parser.add_argument("--by", help="user name of the administrator who imports (default: the first one)")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            found = self._outcome(given)
        except RowsRefused as refusal:
            found = refusal.found
        except (OSError, Refused) as wrong:
            raise CommandError(str(wrong)) from wrong
        if given["json"]:
            self.stdout.write(json.dumps(as_data(found), ensure_ascii=False, indent=1))
        else:
            self._tell(found)
        if found.count("refused"):
            sys.exit(1)

    def _outcome(self, given: dict[str, Any]) -> Examined:
        content, on = given["file"].read_bytes(), office_today()
        if given["dry_run"]:
            return examine(content, on=on)
        return take_in(content=content, file_name=given["file"].name, by=administrator(given["by"]), on=on, progress=self._progress)

    def _progress(self, done: int, total: int, message: str) -> None:
        self.stderr.write(f"{done}/{total} {message}")

    def _tell(self, found: Examined) -> None:
        for row in found.rows:
            for finding in (*row.errors, *row.warnings):
                said = {"sheet": row.layout.sheet, "row": row.number, "column": finding.column, "message": finding.message}
                self.stdout.write(_("%(sheet)s, row %(row)s, %(column)s: %(message)s") % said)
        counts = {outcome: found.count(outcome) for outcome in ("accepted", "unchanged", "refused")} | {"warned": found.warned}
        self.stdout.write(_("Accepted %(accepted)s, unchanged %(unchanged)s, refused %(refused)s, warned %(warned)s.") % counts)


def administrator(username: str | None) -> User:
    """Who imports: the one named, or the first active administrator."""
    people = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    person = people.filter(username=username).first() if username else people.order_by("pk").first()
    if person is None:
        raise CommandError(_("No administrator is there to import: name one with --by."))
    return person
