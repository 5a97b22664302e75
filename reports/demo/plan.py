"""The demo's plan for 2012: drawn up by an officer on the second morning, signed by both departments on the third."""

from datetime import date
from decimal import Decimal

from applicants.models import Group
from guarantees.actions import plan as actions
from guarantees.models import AnnualPlan
from guarantees.plans import Figures, Grid
from staff.models import Bank, Role, User

YEAR, EVE, MORNING = 2012, date(2012, 1, 3), date(2012, 1, 4)
WAN = Decimal(10000)
JOBS_A_LOAN = 4
QUARTERS = {  # bank: loans and 万元 of its four quarters
    "农信社": ((60, 240), (110, 440), (90, 360), (40, 160)),
    "邮储": ((20, 90), (40, 180), (30, 135), (15, 65)),
    "城商行": ((10, 45), (20, 90), (15, 70), (5, 25)),
}
GROUPS = {
    Group.REGISTERED_UNEMPLOYED: (180, 740),
    Group.LAID_OFF_SOE: (70, 290),
    Group.COLLECTIVE_LAID_OFF: (30, 120),
    Group.HARD_TO_EMPLOY: (45, 170),
    Group.ZERO_EMPLOYMENT_FAMILY: (30, 130),
    Group.VETERAN: (50, 220),
    Group.GRADUATE: (25, 120),
    Group.DISABLED: (15, 50),
    Group.LABOUR_INTENSIVE_FIRM: (10, 60),
}


def begin():
    """Draw the plan up and sign it, once."""
    if AnnualPlan.objects.filter(year=YEAR).exists():
        return
    plan = actions.draw_up(year=YEAR, grid=_grid(), reason="", by=_who(Role.LOAN_OFFICER), on=EVE)
    actions.sign(plan=plan, by=_who(Role.FINANCE), on=EVE)
    actions.sign(plan=plan, by=_who(Role.DIRECTOR), on=MORNING)


def _grid():
    banks = {bank.short_name: bank.pk for bank in Bank.objects.all()}
    quarters = {(banks[name], at): _figures(*cell) for name, cells in QUARTERS.items() for at, cell in enumerate(cells, start=1)}
    return Grid(quarters, {group.value: _figures(*cell) for group, cell in GROUPS.items()})


def _figures(loans, wan):
    return Figures(loans, wan * WAN, loans * JOBS_A_LOAN)


def _who(role):
    return User.objects.filter(role=role).order_by("pk").first()
