"""What was lent in each year, bank by bank."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports import figures
from reports.tables import Column, Kind, summed
from staff.models import Bank

TITLE = _("Lending by year and bank")
ABOUT = _("Loans disbursed in each year since the beginning, by handling bank, with the jobs that they brought.")
COLUMNS = {
    "year": Column(_("Year")),
    "bank": Column(_("Bank")),
    "loans": Column(_("How many loans"), Kind.COUNT),
    "amount": Column(_("Lent (yuan)"), Kind.YUAN),
    "jobs": Column(_("Jobs"), Kind.COUNT),
}


@dataclass(frozen=True)
class Row:
    year: str
    bank: str
    loans: int
    amount: Decimal
    jobs: int


def rows(*, period):
    """One line a year and bank, through the last day of the period."""
    banks = {bank.pk: bank for bank in Bank.objects.all()}
    lent = figures.lent("year", "bank", last=period.last)
    order = sorted(lent, key=lambda key: (key[0], banks[key[1]].order))
    return [Row(str(year), banks[bank].name, lent[year, bank].loans, lent[year, bank].amount, lent[year, bank].jobs) for year, bank in order]


def foot(found):
    return summed(found, year=_("Total"), bank="")
