"""What came to the guarantee fund at each bank and left it, from the opening balance to the closing one."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from repayments.models import Entry
from reports import figures
from reports.tables import Column, Kind, summed
from staff.models import Bank

TITLE = _("Movements of the fund by bank")
ABOUT = _("The guarantee fund at each bank: what was there before the first day, what came and went by kind, what is there on the last.")
COLUMNS = {
    "bank": Column(_("Bank")),
    "opening": Column(_("Before the first day (yuan)"), Kind.YUAN),
    "paid_in": Column(_("Paid in (yuan)"), Kind.YUAN),
    "interest": Column(_("Deposit interest (yuan)"), Kind.YUAN),
    "moved": Column(_("Moved between banks (yuan)"), Kind.YUAN),
    "withdrawn": Column(_("Withdrawn (yuan)"), Kind.YUAN),
    "compensated": Column(_("Compensation (yuan)"), Kind.YUAN),
    "recovered": Column(_("Recovered (yuan)"), Kind.YUAN),
    "closing": Column(_("On the last day (yuan)"), Kind.YUAN),
}
KINDS = {
    "paid_in": Entry.Kind.PAY_IN,
    "interest": Entry.Kind.INTEREST,
    "moved": Entry.Kind.TRANSFER,
    "withdrawn": Entry.Kind.WITHDRAWAL,
    "compensated": Entry.Kind.COMPENSATION,
    "recovered": Entry.Kind.RECOVERY,
}


@dataclass(frozen=True)
class Row:
    bank: str
    opening: Decimal
    paid_in: Decimal
    interest: Decimal
    moved: Decimal
    withdrawn: Decimal
    compensated: Decimal
    recovered: Decimal
    closing: Decimal


def rows(*, period):
    """One line a bank; a reversal counts with what it undoes."""
    before, after = figures.fund_before(period.first), figures.fund_moves(first=period.first, last=period.last)
    return [_row(bank, before.get(bank.pk, figures.NOTHING), after) for bank in Bank.objects.filter(fund_account__isnull=False)]


def foot(found):
    return summed(found, bank=_("Total"))


def _row(bank, opening, moves):
    sums = [moves.get((bank.pk, kind), figures.NOTHING) for kind in KINDS.values()]
    return Row(bank.name, opening, *sums, opening + sum(sums))
