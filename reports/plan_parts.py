"""The year's plan against actual, part by part: by quarter, by bank, by bank and quarter, by group, as of the last day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from guarantees import plans
from guarantees.plans import QUARTERS, Figures
from reports import figures
from reports.periods import QUARTER, part_of_year
from reports.tables import Column, Kind, share
from staff.models import Bank

TITLE = _("Plan against actual, by bank, quarter and group")
ABOUT = _(
    "The version of the year's plan that held on the last day, beside what was lent from New Year through it: by quarter, bank, bank's quarter and group."
)
COLUMNS = {
    "cut": Column(_("Part")),
    "name": Column(_("Which")),
    "loans_planned": Column(_("Loans planned"), Kind.COUNT),
    "loans": Column(_("How many loans"), Kind.COUNT),
    "loans_done": Column(_("Plan fulfilled"), Kind.PERCENT),
    "amount_planned": Column(_("Amount planned (yuan)"), Kind.YUAN),
    "amount": Column(_("Lent (yuan)"), Kind.YUAN),
    "amount_done": Column(_("Plan fulfilled"), Kind.PERCENT),
    "jobs_planned": Column(_("Jobs planned"), Kind.COUNT),
    "jobs": Column(_("Jobs"), Kind.COUNT),
    "jobs_done": Column(_("Plan fulfilled"), Kind.PERCENT),
}


@dataclass(frozen=True)
class Row:
    cut: str
    name: str
    loans_planned: int
    loans: int
    loans_done: Decimal | None
    amount_planned: Decimal
    amount: Decimal
    amount_done: Decimal | None
    jobs_planned: int
    jobs: int
    jobs_done: Decimal | None


def rows(*, period):
    """Whole year first, then its parts; nothing where no plan held on that day."""
    year, last = period.last.year, period.last
    plan = plans.in_force(year, last)
    if plan is None:
        return []
    grid, lent, groups = plans.grid_of(plan), _lent_by_quarter(year, last), _lent_by("group", date(year, 1, 1), last)
    whole = Figures(plan.loans, plan.amount, plan.jobs)
    found = [_row(_gettext("Year"), str(year), whole, plans.total(lent.values()))]
    if not grid.quarters:
        return found
    banks = Bank.objects.filter(pk__in={bank for bank, _quarter in (*grid.quarters, *lent)})
    found += [_row(_gettext("By quarter"), _quarter(quarter), grid.of_quarter(quarter), _sum(lent, quarter=quarter)) for quarter in QUARTERS]
    found += [_row(_gettext("By bank"), bank.name, grid.of_bank(bank.pk), _sum(lent, bank=bank.pk)) for bank in banks]
    cells = [(bank, quarter) for bank in banks for quarter in QUARTERS]
    found += [
        _row(bank.short_name, _quarter(quarter), grid.quarters.get((bank.pk, quarter), Figures()), lent.get((bank.pk, quarter), Figures()))
        for bank, quarter in cells
    ]
    by_group = dict.fromkeys((*grid.groups, *groups))
    found += [_row(_gettext("By group"), str(Group(group).label), grid.groups.get(group, Figures()), groups.get(group, Figures())) for group in by_group]
    return found


def _lent_by_quarter(year, last):
    """{(bank, quarter): what was lent} through the last day."""
    days = [part_of_year(QUARTER, year, quarter) for quarter in QUARTERS]
    return {
        (bank, quarter): lent
        for quarter, part in zip(QUARTERS, days, strict=True)
        if part.first <= last
        for bank, lent in _lent_by("bank", part.first, min(part.last, last)).items()
    }


def _lent_by(name, first, last):
    return {key: Figures(lent.loans, lent.amount, lent.jobs) for key, lent in figures.lent(name, first=first, last=last).items()}


def _sum(lent, *, bank=None, quarter=None):
    return plans.total(f for (of_bank, of_quarter), f in lent.items() if bank in (None, of_bank) and quarter in (None, of_quarter))


def _quarter(number):
    return _gettext("quarter %(number)s") % {"number": number}


def _row(cut, name, planned, done):
    pairs = zip(planned, done, strict=True)
    return Row(str(cut), name, *(cell for plan, actual in pairs for cell in (plan, actual, share(actual, plan))))
