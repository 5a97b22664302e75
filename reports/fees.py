"""Reward money, guarantee fee and handling fee by year and bank: what finance pays beside the subsidy, and who bears it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from loans.fees import Book, Kind
from repayments.claims.shares import add_up
from repayments.fees.computing import Days
from repayments.fees.queries import days_of, year_of
from reports.tables import Column, summed
from reports.tables import Kind as Shown
from staff.models import Bank
from staff.office_date import office_today

TITLE = _("Rewards and fees")
ABOUT = _(
    "Reward money, guarantee fee and handling fee for the days of the period, by year and bank. Where no rule held, or its text is missing, the amount is 0."
)
COLUMNS = {
    "year": Column(_("Year")),
    "bank": Column(_("Bank")),
    "lent": Column(_("New loans (yuan)"), Shown.YUAN),
    "reward": Column(_("Reward money (yuan)"), Shown.YUAN),
    "balance": Column(_("Average guaranteed balance (yuan)"), Shown.YUAN),
    "guarantee_fee": Column(_("Guarantee fee (yuan)"), Shown.YUAN),
    "firms": Column(_("Enterprise loans (yuan)"), Shown.YUAN),
    "handling_fee": Column(_("Handling fee (yuan)"), Shown.YUAN),
    "central": Column(_("Central (yuan)"), Shown.YUAN),
    "provincial": Column(_("Provincial (yuan)"), Shown.YUAN),
    "local": Column(_("Local (yuan)"), Shown.YUAN),
    "open": Column(_("Not divided (yuan)"), Shown.YUAN),
}


@dataclass(frozen=True)
class Row:
    year: str
    bank: str
    lent: Decimal
    reward: Decimal
    balance: Decimal
    guarantee_fee: Decimal
    firms: Decimal
    handling_fee: Decimal
    central: Decimal
    provincial: Decimal
    local: Decimal
    open: Decimal


def rows(*, period):
    """One line a year and bank, for the days of the period that have come."""
    banks, book, today = list(Bank.objects.all()), Book.on_record(), office_today()
    years = range(period.first.year, min(period.last, today).year + 1)
    return [row for year in years for row in _of_year(_days(year, period, today), banks, book)]


def foot(found):
    """Averages of several years do not add up."""
    foot = summed(found, year=_("Total"), bank="")
    return foot if len({row.year for row in found}) == 1 else foot | {"balance": None}


def _days(year, period, today):
    whole = days_of(year, today)
    return Days(max(whole.first, period.first), min(whole.last, period.last))


def _of_year(days, banks, book):
    kinds = {one.kind: [figure for _bank, figure in one.banks] for one in year_of(days, banks, book=book)}
    return [_row(days, bank, {kind: figures[at] for kind, figures in kinds.items()}) for at, bank in enumerate(banks)]


def _row(days, bank, figures):
    paid = [amount for kind in (Kind.REWARD, Kind.GUARANTEE_FEE, Kind.HANDLING_FEE) for amount in (figures[kind].base, figures[kind].amount)]
    return Row(str(days.first.year), bank.name, *paid, *add_up(figure.shares for figure in figures.values()))
