"""The versions of a loan's schedule: read as plans, made by what changes them, made again where what they followed from was undone.

Every version is its predecessor and one change, by repayments/rescheduling.py; so a preview and the booked one cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.forms_of_repayment import Form
from loans.models import Loan
from repayments.models import Account, Entry, Extension, Instalment, Line, RateStep, Schedule
from repayments.rescheduling import Plan, Step, extended, later, repaid, repriced
from repayments.schedule import Given, NoSchedule, Row, maturity, rows
from staff.audit import note
from staff.models import User

NOTHING = Decimal("0.00")
Cause = Schedule.Cause
EARLY = (Cause.KEEP_TERM, Cause.KEEP_PAYMENT, Cause.WHOLE)


class NoVersion(NoSchedule):
    """A loan without a schedule has none to change."""

    title = _("No schedule to change")


@dataclass(frozen=True)
class Change:
    """One change of a schedule, and the day from which the new version is in force."""

    cause: Schedule.Cause
    day: date
    months: int = 0  # of an extension
    step: Step | None = None
    early: Decimal = NOTHING


def first_rows(loan: Loan, *, amount: Decimal, day: date, term: int, given: Sequence[Given] | None = None) -> list[Row]:
    """The schedule that a loan begins with; dated steps that its contract holds are reckoned in."""
    at_first, *steps = rates_from(loan, day, loan.rate_steps.all())
    begun = rows(loan.form, amount, at_first[1], day, term, grace=loan.grace_months, given=given)
    if not steps:
        return begun
    plan = Plan(Form(loan.form), amount, day, maturity(day, term), (at_first,), tuple(begun), loan.grace_months)
    return list(repriced(plan, day, steps).rows)


def plan_in_force(loan: Loan, on: date | None = None) -> Plan:
    """The latest version of a loan's schedule, or that of a day, as a plan that can be changed."""
    versions = [version for version in _standing(loan) if on is None or version.in_force_from <= on]
    plan = _first_plan(loan)
    for version in versions[1:]:
        plan = _as_booked(plan, version)
    return plan


def after(plan: Plan, change: Change) -> Plan:
    """The plan that a change makes of another."""
    if change.cause == Cause.EXTENSION:
        return extended(plan, change.day, later(plan, change.months))
    if change.cause == Cause.RATE_STEP:
        return repriced(plan, change.day, [*plan.rates[1:], change.step] if change.step else plan.rates[1:])
    return repaid(plan, change.day, change.early, keep_payment=change.cause == Cause.KEEP_PAYMENT)


def early_part(plan: Plan, day: date, principal: Decimal, paid_before: Decimal) -> Decimal:
    """What of a receipt comes before its time: all that is above what was due by its day and had not been paid."""
    return principal - max(NOTHING, plan.principal - plan.left_on(day) - paid_before)


def paid_before(loan: Loan, day: date, entry: Entry | None = None) -> Decimal:
    """Principal received by a day; where an entry is given, without it and what was booked on its day after it."""
    lines = Line.objects.filter(loan=loan, account=Account.PRINCIPAL, entry__kind=Entry.Kind.RECEIPT, entry__reversed_by=None)
    sooner = Q(entry__value_date__lt=day) | Q(entry__value_date=day, entry__lt=entry) if entry else Q(entry__value_date__lte=day)
    return -(lines.filter(sooner).aggregate(sum=Sum("amount"))["sum"] or NOTHING)


# --- Booking -------------------------------------------------------------------------------------------------------------------
def book(loan: Loan, change: Change, *, by: User, on: date, reason: str = "", entry: Entry | None = None, step: RateStep | None = None) -> Schedule:
    """Write the version that a change makes of a locked loan's schedule; versions in force from a later day are made again upon it."""
    overtaken = [version for version in _standing(loan)[1:] if version.in_force_from > change.day]
    _cancel(overtaken, by=by, on=on)
    was = plan_in_force(loan)
    plan = after(was, change)
    made = _write(loan, plan, Schedule(cause=change.cause, in_force_from=change.day, reason=reason, entry=entry, step=step), by=by, on=on)
    _run_to(loan, _again(loan, plan, overtaken, by=by, on=on))
    return made


def remake(loan: Loan, *, by: User, on: date) -> None:
    """After a receipt of a locked loan was undone: its own version falls away, and those that followed are made again."""
    plan, versions = _first_plan(loan), _standing(loan)[1:]
    for place, version in enumerate(versions):
        change = _change_of(loan, plan, version)
        if change is None or after(plan, change).rows != _rows_of(version):
            _cancel(versions[place:], by=by, on=on)
            plan = _again(loan, plan, versions[place:], by=by, on=on)
            note("schedule.remade", subject=loan, by=by, on=on)
            break
        plan = after(plan, change)
    _run_to(loan, plan)


def _again(loan: Loan, plan: Plan, versions: Sequence[Schedule], *, by: User, on: date) -> Plan:
    for version in versions:
        if change := _change_of(loan, plan, version):
            plan = after(plan, change)
            same = Schedule(cause=version.cause, in_force_from=version.in_force_from, reason=version.reason, entry=version.entry, step=version.step)
            _write(loan, plan, same, by=by, on=on)
    return plan


def _change_of(loan: Loan, plan: Plan, version: Schedule) -> Change | None:
    """The change that made a version, as it is known now; None where its receipt was undone, or nothing of it is early any more."""
    day = version.in_force_from
    if version.cause == Cause.EXTENSION:
        return Change(Cause.EXTENSION, day, months=_extension_of(loan).months)
    if version.cause == Cause.RATE_STEP:
        return Change(Cause.RATE_STEP, day, step=(version.step.from_day, version.step.rate))
    if hasattr(version.entry, "reversed_by"):
        return None
    before, principal = paid_before(loan, day, version.entry), _principal_of(loan, version.entry)
    if version.cause == Cause.WHOLE and before + principal == loan.principal:
        return Change(Cause.WHOLE, day, early=plan.left_on(day)) if plan.left_on(day) else None
    early = early_part(plan, day, principal, before)
    cause = Cause.KEEP_TERM if version.cause == Cause.WHOLE else Cause(version.cause)
    return Change(cause, day, early=early) if early > 0 else None


def _write(loan: Loan, plan: Plan, version: Schedule, *, by: User, on: date) -> Schedule:
    version.loan, version.version, version.form = loan, loan.schedules.count() + 1, loan.form
    version.rate, version.made_on, version.made_by = plan.rate_on(version.in_force_from), on, by
    version.save(force_insert=True)
    write_rows(version, plan.rows)
    if version.cause == Cause.EXTENSION:
        loan.extensions.filter(ended_on=None).update(new_maturity=plan.maturity)
    return version


def write_rows(version: Schedule, planned: Sequence[Row]) -> None:
    """The rows of a new version."""
    Instalment.objects.bulk_create(
        Instalment(schedule=version, sequence=r.seq, due=r.due, principal=r.principal, interest=r.interest, balance_after=r.balance_after) for r in planned
    )


def _cancel(versions: Sequence[Schedule], *, by: User, on: date) -> None:
    Schedule.objects.filter(pk__in=[version.pk for version in versions]).update(cancelled_on=on, cancelled_by=by)


def _run_to(loan: Loan, plan: Plan) -> None:
    """The loan ends when its schedule does."""
    loan.maturity = plan.maturity
    loan.save(update_fields=["maturity"])


# --- Reading -------------------------------------------------------------------------------------------------------------------
def _standing(loan: Loan) -> list[Schedule]:
    versions = list(loan.schedules.standing().select_related("entry__reversed_by", "step").order_by("version"))
    if not versions:
        raise NoVersion(_gettext("Case %(number)s has no schedule.") % {"number": loan.number})
    return versions


def _first_plan(loan: Loan) -> Plan:
    """The version of the disbursement, with the steps that the contract held then."""
    first = _standing(loan)[0]
    later_steps = loan.schedules.standing().filter(step__isnull=False).values("step")
    rates = rates_from(loan, loan.disbursed_on, loan.rate_steps.exclude(pk__in=later_steps))
    return Plan(Form(loan.form), loan.principal, loan.disbursed_on, maturity(loan.disbursed_on, loan.term), rates, _rows_of(first), loan.grace_months)


def _as_booked(plan: Plan, version: Schedule) -> Plan:
    """A plan with the rows of its next version."""
    planned = _rows_of(version)
    ends = planned[-1].due if version.cause in (Cause.EXTENSION, Cause.KEEP_PAYMENT) else plan.maturity
    rates = dict(plan.rates) | ({version.step.from_day: version.step.rate} if version.step else {})
    return replace(plan, rows=planned, maturity=ends, rates=tuple(sorted(rates.items())))


def _rows_of(version: Schedule) -> tuple[Row, ...]:
    return tuple(Row(r.sequence, r.due, r.principal, r.interest, r.balance_after) for r in version.instalments.order_by("sequence"))


def rates_from(loan: Loan, first: date, steps) -> tuple[Step, ...]:
    """The rate from the first day, and each step after it."""
    known = sorted((step.from_day, step.rate) for step in steps)
    at_first = next((rate for day, rate in reversed(known) if day <= first), loan.rate)
    return ((first, at_first), *(step for step in known if step[0] > first))


def _extension_of(loan: Loan) -> Extension:
    return loan.extensions.get(ended_on=None, decided_on__isnull=False)


def _principal_of(loan: Loan, entry: Entry) -> Decimal:
    return -(entry.lines.filter(loan=loan, account=Account.PRINCIPAL).aggregate(sum=Sum("amount"))["sum"] or NOTHING)
