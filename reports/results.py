"""What the office has achieved since it began, year by year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports import figures
from reports.tables import Column, Kind, summed

TITLE = _("Results since the beginning")
ABOUT = _("Loans, ventures and jobs of every year, what was repaid in it, and what was outstanding at its end.")
COLUMNS = {
    "year": Column(_("Year")),
    "loans": Column(_("How many loans"), Kind.COUNT),
    "amount": Column(_("Lent (yuan)"), Kind.YUAN),
    "ventures": Column(_("Ventures"), Kind.COUNT),
    "jobs": Column(_("Jobs"), Kind.COUNT),
    "repaid": Column(_("Principal repaid (yuan)"), Kind.YUAN),
    "balance": Column(_("Outstanding at its end (yuan)"), Kind.YUAN),
}


@dataclass(frozen=True)
class Row:
    year: str
    loans: int
    amount: Decimal
    ventures: int
    jobs: int
    repaid: Decimal
    balance: Decimal


def rows(*, period):
    """One line a year, the last one through the last day of the period."""
    lent = figures.lent("year", last=period.last)
    repaid = figures.received("year", first=date.min, last=period.last)
    balances = figures.outstanding_at_year_ends(last=period.last)
    return [_row(year, lent.get(year, figures.Lent()), repaid.get(year, figures.Received()), balances[year]) for year in sorted(balances)]


def foot(found):
    return summed(found, year=_("Total"), balance=found[-1].balance)


def _row(year, lent, repaid, balance):
    return Row(str(year), lent.loans, lent.amount, lent.ventures, lent.jobs, repaid.principal, balance)
