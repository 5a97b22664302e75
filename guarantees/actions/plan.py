"""The annual plan: employment or finance draws it up, director and finance sign, a change is another version."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from guarantees.actions.locks import has_reason
from guarantees.models import AnnualPlan, PlanGroup, PlanQuarter
from guarantees.plans import Figures, Grid, total
from loans.money import fen
from repayments.actions import only_roles
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Bank, Role

DRAWERS = (Role.LOAN_OFFICER, Role.REVIEWER, Role.FINANCE)
SIGNERS = (Role.DIRECTOR, Role.FINANCE)


class PlanDoesNotAddUp(Refused):
    """Banks by quarters and groups are two cuts of one plan: both sum to it."""

    title = _("The plan does not add up")


class PlanYearIsOver(Refused):
    """What a year was to lend is settled once the year is over."""

    title = _("The year is over")


class DraftIsOpen(Refused):
    """One version after the other: the last one drawn up is signed or given up first."""

    title = _("A version waits for its signatures")


class PlanIsSettled(Refused):
    """A version that somebody signed is not changed; another one takes its place."""

    title = _("This version stands as it is")


@transaction.atomic
def draw_up(*, year, grid, reason, by, on):
    """Draw up the next version of a year's plan; director and finance sign it later. Returns the plan."""
    only_roles(by, *DRAWERS)
    if year < on.year:
        raise PlanYearIsOver(_gettext("%(year)s is over; its plan stays as it was.") % {"year": year})
    last = AnnualPlan.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0
    if last:
        has_reason(reason)
    sums = refuse_uneven(grid)
    plan = AnnualPlan(year=year, version=last + 1, **sums._asdict(), reason=reason, drawn_up_on=on, drawn_up_by=by)
    waits = DraftIsOpen(_gettext("A version of the plan of %(year)s waits for its signatures: it is signed or given up first.") % {"year": year})
    with refusing("plan_one_draft_a_year", waits), refusing("plan_version_once_a_year", waits):
        plan.save(force_insert=True)
    _lay_out(plan, grid)
    note("plan.drawn_up", subject=plan, by=by, on=on, year=year, version=plan.version, amount=fen(plan.amount))
    return plan


@transaction.atomic
def correct(*, plan, grid, reason, by, on):
    """Change a version that nobody has signed yet."""
    only_roles(by, *DRAWERS)
    plan = _open(plan)
    if plan.director_signed_on or plan.finance_signed_on:
        raise PlanIsSettled(_gettext("Version %(version)s has a signature: give it up and draw up another.") % {"version": plan.version})
    if plan.version > 1:
        has_reason(reason)
    sums = refuse_uneven(grid)
    plan.loans, plan.amount, plan.jobs, plan.reason = *sums, reason
    plan.save()
    plan.quarters.all().delete()
    plan.groups.all().delete()
    _lay_out(plan, grid)
    note("plan.corrected", subject=plan, by=by, on=on, year=plan.year, version=plan.version, amount=fen(plan.amount))
    return plan


@transaction.atomic
def sign(*, plan, by, on):
    """Sign for one's department; with both signatures the version is in force from this day."""
    only_roles(by, *SIGNERS)
    plan = _open(plan)
    place = "director" if by.role == Role.DIRECTOR else "finance"
    if getattr(plan, f"{place}_signed_on"):
        raise PlanIsSettled(_gettext("Your department has signed version %(version)s already.") % {"version": plan.version})
    if place == "director" and by.pk == plan.drawn_up_by_id:
        raise NotYours(_gettext("%(name)s drew this version up; somebody else signs for the director.") % {"name": by})
    setattr(plan, f"{place}_signed_on", on)
    setattr(plan, f"{place}_signed_by", by)
    if plan.director_signed_on and plan.finance_signed_on:
        plan.in_force_from = on
    plan.save()
    note("plan.signed", subject=plan, by=by, on=on, year=plan.year, version=plan.version)
    return plan


@transaction.atomic
def give_up(*, plan, reason, by, on):
    """Give up a version that is not in force; it stays on record."""
    only_roles(by, *DRAWERS, *SIGNERS)
    plan = _open(plan)
    has_reason(reason)
    plan.dropped_on, plan.dropped_by = on, by
    plan.save()
    note("plan.given_up", subject=plan, by=by, on=on, year=plan.year, version=plan.version, reason=reason)
    return plan


def refuse_uneven(grid: Grid) -> Figures:
    """The plan's sums; refuses a grid whose two cuts differ, a cell that is half filled, or one that says nothing."""
    for (bank, quarter), figures in grid.quarters.items():
        _refuse_half(figures, _gettext("%(bank)s, quarter %(quarter)s") % {"bank": Bank.objects.get(pk=bank), "quarter": quarter})
    for group, figures in grid.groups.items():
        _refuse_half(figures, str(Group(group).label))
    sums, of_groups = grid.total, total(grid.groups.values())
    if not sums:
        raise PlanDoesNotAddUp(_gettext("The plan is empty."))
    names = {"loans": _("loans"), "amount": _("amount (yuan)"), "jobs": _("jobs")}
    for name, label in names.items():
        ours, theirs = getattr(sums, name), getattr(of_groups, name)
        if ours != theirs:
            said = {"what": label, "banks": f"{ours:,}", "groups": f"{theirs:,}"}
            raise PlanDoesNotAddUp(_gettext("%(what)s: the banks sum to %(banks)s, the groups to %(groups)s.") % said)
    return sums


def _refuse_half(figures, where):
    if bool(figures.loans) != bool(figures.amount):
        raise PlanDoesNotAddUp(_gettext("%(where)s: loans and amount go together.") % {"where": where})


def _lay_out(plan, grid):
    cells = [PlanQuarter(plan=plan, bank_id=bank, quarter=quarter, **f._asdict()) for (bank, quarter), f in grid.quarters.items() if f]
    PlanQuarter.objects.bulk_create(cells)
    PlanGroup.objects.bulk_create(PlanGroup(plan=plan, group=group, **f._asdict()) for group, f in grid.groups.items() if f)


def _open(plan):
    """This version, locked; refuses one that is in force or was given up."""
    plan = AnnualPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.in_force_from:
        raise PlanIsSettled(_gettext("Version %(version)s is in force from %(day)s.") % {"version": plan.version, "day": plan.in_force_from})
    if plan.dropped_on:
        raise PlanIsSettled(_gettext("Version %(version)s was given up on %(day)s.") % {"version": plan.version, "day": plan.dropped_on})
    return plan
