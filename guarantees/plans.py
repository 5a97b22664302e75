"""The year's plan as figures: what a grid sums to, which versions there are, and what stands in the way of lending it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _gettext

from applicants.models import Group
from guarantees import queries
from guarantees.models import AnnualPlan
from guarantees.outlook import outlook
from staff.templatetags.office import month, yuan

QUARTERS = (1, 2, 3, 4)


class Figures(NamedTuple):
    """How many loans, how much in yuan, how many jobs."""

    loans: int = 0
    amount: Decimal = Decimal("0.00")
    jobs: int = 0

    def __bool__(self):
        return any(tuple(self))


def total(figures: Iterable[Figures]) -> Figures:
    """The sum of these figures."""
    loans, amounts, jobs = zip(*figures, strict=True) if (figures := list(figures)) else ((), (), ())
    return Figures(sum(loans), sum(amounts, Decimal("0.00")), sum(jobs))


class Grid(NamedTuple):
    """A plan laid out: by bank and quarter, and by group; both sum to the plan."""

    quarters: Mapping[tuple[int, int], Figures]
    groups: Mapping[str, Figures]

    @property
    def total(self) -> Figures:
        return total(self.quarters.values())

    def of_bank(self, bank):
        return total(figures for (of, _quarter), figures in self.quarters.items() if of == bank)

    def of_quarter(self, quarter):
        return total(figures for (_bank, of), figures in self.quarters.items() if of == quarter)


def grid_of(plan: AnnualPlan) -> Grid:
    """A plan's grid; one of the old ledger has none."""
    figures = lambda row: Figures(row.loans, row.amount, row.jobs)  # noqa: E731
    return Grid({(cell.bank_id, cell.quarter): figures(cell) for cell in plan.quarters.all()}, {cell.group: figures(cell) for cell in plan.groups.all()})


def versions(year: int) -> list[AnnualPlan]:
    """All versions of a year's plan, the latest first."""
    people = ("drawn_up_by", "director_signed_by", "finance_signed_by", "dropped_by")
    return list(AnnualPlan.objects.filter(year=year).select_related(*people).order_by("-version"))


def in_force(year: int, on) -> AnnualPlan | None:
    """The version of a year's plan that holds on this day."""
    return AnnualPlan.objects.in_force(on).filter(year=year).first()


def warnings(plan: AnnualPlan, *, on) -> list[str]:
    """What stands in the way of lending a plan: more than the fund may stand for, or a bank whose room runs out on the way."""
    capacity = queries.Total(queries.positions(on=on)).capacity
    found = []
    if plan.amount > capacity:
        said = {"amount": yuan(plan.amount), "capacity": yuan(capacity)}
        found.append(_gettext("The plan of %(amount)s yuan is more than the whole fund may stand for, %(capacity)s yuan.") % said)
    for bank in outlook(on=on, plans=[plan]).banks:
        if bank.runs_out:
            said = {"bank": bank.bank, "month": month(bank.runs_out), "missing": yuan(-bank.least.room), "worst": month(bank.least.last)}
            found.append(_gettext("%(bank)s: lent by this plan, room runs out in %(month)s; in %(worst)s %(missing)s yuan are short.") % said)
    return found


def groups_first(used: Iterable[str]) -> list[tuple[str, str]]:
    """All groups with their names, those in use before the others."""
    used = set(used)
    return sorted(Group.choices, key=lambda choice: choice[0] not in used)
