"""Runs every check over the book and everything that hangs on it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from staff import checks


class Command(BaseCommand):
    """`manage.py check_book`; exit code 1 where something is wrong, each thing on a line."""

    help = "Checks the book; prints what is wrong."

    def handle(self, *args: Any, **given: Any) -> None:
        if found := checks.problems():
            self.stdout.write("\n".join(found))
            self.stdout.write(_("%(checks)s checks, %(problems)s problems.") % {"checks": len(checks.registered()), "problems": len(found)})
            sys.exit(1)
        self.stdout.write(_("%(checks)s checks: the book is in order.") % {"checks": len(checks.registered())})
