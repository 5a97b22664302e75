"""The annual plans, and what became of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports import figures
from reports.tables import Column, Kind, share, summed

TITLE = _("Plan against actual")
ABOUT = _("The annual plan of every year beside what was done in it, through the last day of the period.")
COLUMNS = {
    "year": Column(_("Year")),
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
    year: str
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
    """One line a year that has a plan."""
    lent = figures.lent("year", last=period.last)
    plans = figures.plans(on=period.last)
    return [_row(plans[year], lent.get(year, figures.Lent())) for year in sorted(plans) if year <= period.last.year]


def foot(found):
    sums = summed(found, year=_("Total"), loans_done=None, amount_done=None, jobs_done=None)
    return sums | {f"{name}_done": share(sums[name], sums[f"{name}_planned"]) for name in ("loans", "amount", "jobs")}


def _row(plan, lent):
    pairs = (plan.loans, lent.loans), (plan.amount, lent.amount), (plan.jobs, lent.jobs)
    return Row(str(plan.year), *(cell for planned, done in pairs for cell in (planned, done, share(done, planned))))
