"""Interest subsidy by bank and quarter: due, claimed, approved, paid, and who bears it; over a year it is the year-end settlement."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from repayments.claims.queries import BankQuarter, year_of
from reports.tables import Column, Kind, summed
from staff.models import Bank
from staff.office_date import office_today

TITLE = _("Subsidy claim and settlement")
ABOUT = _("The quarters of subsidy that end in the period, bank by bank: the four amounts, what is still open, and who bears what is due.")
COLUMNS = {
    "quarter": Column(_("Quarter")),
    "bank": Column(_("Bank")),
    "due": Column(_("Due (yuan)"), Kind.YUAN),
    "claimed": Column(_("Claimed (yuan)"), Kind.YUAN),
    "approved": Column(_("Approved (yuan)"), Kind.YUAN),
    "paid": Column(_("Paid (yuan)"), Kind.YUAN),
    "unclaimed": Column(_("Due, not claimed (yuan)"), Kind.YUAN),
    "unpaid": Column(_("Approved, not paid (yuan)"), Kind.YUAN),
    "central": Column(_("Central (yuan)"), Kind.YUAN),
    "provincial": Column(_("Provincial (yuan)"), Kind.YUAN),
    "local": Column(_("Local (yuan)"), Kind.YUAN),
    "open": Column(_("Not divided (yuan)"), Kind.YUAN),
}


@dataclass(frozen=True)
class Row:
    quarter: str
    bank: str
    due: Decimal
    claimed: Decimal
    approved: Decimal
    paid: Decimal
    unclaimed: Decimal
    unpaid: Decimal
    central: Decimal
    provincial: Decimal
    local: Decimal
    open: Decimal


def rows(*, period):
    """One line a quarter and bank."""
    banks, today = list(Bank.objects.all()), office_today()
    found = [one for year in range(period.first.year, period.last.year + 1) for one in year_of(year, banks, on=today)]
    return [_row(one) for one in found if period.first <= one.quarter.last <= period.last]


def foot(found):
    return summed(found, quarter=_("Total"), bank="")


def _row(one: BankQuarter) -> Row:
    four, shares = one.four, one.shares
    return Row(str(one.quarter), one.bank.name, four.due, four.claimed, four.approved, four.paid, four.unclaimed, four.unpaid, *shares)
