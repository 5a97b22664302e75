import csv
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from repayments.claims.due import due_of
from repayments.subsidy import NotAQuarter, Quarter
from staff.db import one_view
from staff.errors import Refused
from staff.models import Bank

COLUMNS = ("iou", "days", "base", "rate", "subsidy_yuan")
TOTAL = "total"


class Command(BaseCommand):
    help = (
        "Write what is due to a bank for a quarter's interest subsidy, as the book has it now, as CSV: one line a loan, or one for each"
        " stretch of days with one base (yuan) and one rate (percent a year) where these change within the quarter. A loan's subsidy is rounded"
        " once; where it has several lines, their subsidy_yuan sum to it to the fen. The last line is the total of the column subsidy_yuan."
    )

    def add_arguments(self, parser):
        parser.add_argument("quarter", help="a quarter of subsidy such as 2011-Q3: 21 June to 20 September")
        parser.add_argument("--bank", required=True, metavar="NAME", help="the bank's full or short name")
        parser.add_argument("--csv", required=True, type=Path, metavar="FILE", help="the file to write")

    def handle(self, *, quarter, bank, csv, **options):
        try:
            asked = Quarter.parse(quarter)
            with one_view():
                dues = due_of(bank_named(bank), asked)
            write(csv, dues)
        except (NotAQuarter, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as wrong:
            raise CommandError(f"{wrong.filename}: {wrong.strerror}") from wrong
        self.stdout.write(f"{csv}  {len(dues)}  {sum((due.amount for due in dues), Decimal('0.00'))}")


class NoSuchBank(Refused):
    """No handling bank has this name."""


def bank_named(name):
    """The bank of this full or short name; refuses (NoSuchBank) with the names that there are."""
    if found := Bank.objects.filter(Q(name=name.strip()) | Q(short_name=name.strip())).first():
        return found
    known = ", ".join(f"{bank.name} ({bank.short_name})" for bank in Bank.objects.all())
    raise NoSuchBank(_("There is no bank “%(name)s”; there are: %(known)s.") % {"name": name, "known": known})


def write(path, dues):
    """The lines and their total, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(COLUMNS)
        sheet.writerows([due.lent.iou, piece.days, f"{piece.base:.2f}", plain(piece.rate), part] for due in dues for piece, part in due.allotted)
        sheet.writerow([TOTAL, "", "", "", sum((due.amount for due in dues), Decimal("0.00"))])


def plain(rate):
    """Percent a year with at least two decimals, at most six: a third has no end in figures."""
    shown = f"{rate:.6f}".rstrip("0")
    return shown + "0" * (2 - len(shown.partition(".")[2]))
