from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from repayments.half_year import actions
from repayments.half_year.canonical import canonical
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from staff.db import one_view
from staff.errors import Refused
from staff.office_date import office_today


class Command(BaseCommand):
    help = "Write the half-year repayment ledger of a period, as the book has it now, into files. Keeps nothing in the database."

    def add_arguments(self, parser):
        parser.add_argument("period", help="a half-year that is over, such as 2011-H2")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="the canonical figures")

    def handle(self, *, period, csv, **options):
        if not csv:
            raise CommandError(_("Name at least one file to write: --csv, --pdf or --xlsx."))
        try:
            self._write(Period.parse(period), csv)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as wrong:
            raise CommandError(f"{wrong.filename}: {wrong.strerror}") from wrong

    @one_view()
    def _write(self, period, csv):
        today = office_today()
        actions.refuse_unless_over(period, on=today)
        ledger, (lines, _dues) = actions.compile_ledger(period=period, by=None, on=today)
        csv.write_bytes(canonical(ledger.period, lines))
        self.stdout.write(f"{csv}  {len(lines)}  sha256:{ledger.checksum}")
        self._compare_with_issued(ledger)

    def _compare_with_issued(self, ledger):
        """An issued ledger is frozen; say whether the book still says the same."""
        issued = HalfYearLedger.objects.filter(period=ledger.period, issued_on__isnull=False).first()
        if issued:
            same = _("the same figures") if issued.checksum == ledger.checksum else _("other figures: the book was corrected after the issue")
            self.stdout.write(_("Issued as %(number)s: %(same)s.") % {"number": issued.number, "same": same})
