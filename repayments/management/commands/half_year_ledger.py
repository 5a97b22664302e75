from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from repayments.half_year import actions
from repayments.half_year.canonical import canonical
from repayments.half_year.pdf import ledger_pdf
from repayments.half_year.period import Period
from repayments.half_year.xlsx import ledger_xlsx
from repayments.models import HalfYearLedger
from staff.db import one_view
from staff.errors import Refused
from staff.office_date import office_today

WRITERS = {
    "csv": lambda ledger, lines, dues: canonical(ledger.period, lines),
    "xlsx": ledger_xlsx,
    "pdf": ledger_pdf,
}


class Command(BaseCommand):
    help = "Write the half-year repayment ledger of a period, as the book has it now, into files. Keeps nothing in the database."

    def add_arguments(self, parser):
        parser.add_argument("period", help="a half-year that is over, such as 2011-H2")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="the canonical figures")
        parser.add_argument("--xlsx", type=Path, metavar="FILE", help="all parts as sheets")
        parser.add_argument("--pdf", type=Path, metavar="FILE", help="the printed ledger, A3")

    def handle(self, *, period, **options):
        files = {kind: options[kind] for kind in WRITERS if options[kind]}
        if not files:
            raise CommandError(_("Name at least one file to write: --csv, --pdf or --xlsx."))
        try:
            ledger, lines, dues = compiled(Period.parse(period))
            for kind, path in files.items():
                path.write_bytes(WRITERS[kind](ledger, lines, dues))
                self.stdout.write(f"{path}  {len(lines)}  sha256:{ledger.checksum}")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as wrong:
            raise CommandError(f"{wrong.filename}: {wrong.strerror}") from wrong
        self._compare_with_issued(ledger)

    def _compare_with_issued(self, ledger):
        """An issued ledger is frozen; say whether the book still says the same."""
        issued = HalfYearLedger.objects.filter(period=ledger.period, issued_on__isnull=False).first()
        if issued:
            same = _("the same figures") if issued.checksum == ledger.checksum else _("other figures: the book was corrected after the issue")
            self.stdout.write(_("Issued as %(number)s: %(same)s.") % {"number": issued.number, "same": same})


@one_view()
def compiled(period):
    """The ledger, its lines and its plan, with their banks at hand."""
    today = office_today()
    actions.refuse_unless_over(period, on=today)
    ledger, (lines, dues) = actions.compile_ledger(period=period, by=None, on=today)
    prefetch_related_objects([*lines, *dues], "bank")
    return ledger, lines, dues
