"""The fund's next twelve months as the book, the promises and the plan know them on a day: what `forecast` works on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from guarantees import forecast, queries
from guarantees.forecast import Flow, Month, Why
from guarantees.models import AnnualPlan, PlanQuarter, Promise
from loans.models import Loan
from repayments import queries as repayments
from repayments.schedule import NoSchedule, rows
from staff.models import Bank


@dataclass(frozen=True)
class BankOutlook:
    """One bank's part of the fund today and at the next twelve month ends."""

    bank: Bank
    months: list[Month]

    @property
    def runs_out(self) -> date | None:
        return forecast.runs_out(self.months)

    @property
    def least(self) -> Month:
        return min(self.months, key=lambda month: month.room)


@dataclass(frozen=True)
class Outlook:
    """Every bank's next twelve months, and the plans that they follow."""

    on: date
    banks: list[BankOutlook]
    plans: list[AnnualPlan]

    @property
    def total(self) -> list[Month]:
        return forecast.together([one.months for one in self.banks])


def outlook(*, on: date, plans: list[AnnualPlan] | None = None, proposed: list[Flow] | None = None) -> Outlook:
    """The next twelve months of every bank with what the plans (those in force, where none are given) want, and with what is proposed."""
    positions = queries.positions(on=on)
    plans = plans_in_force(on) if plans is None else plans
    flows = [*_falling_due(on), *_promised(on), *_still_planned(plans, on), *(proposed or [])]
    return Outlook(on, [BankOutlook(position.bank, forecast.ahead(position, flows, on)) for position in positions], plans)


def _falling_due(on):
    """Principal that is left of every row that falls due from today on, by the schedules in force; what is overdue is not among it."""
    horizon = forecast.month_ends(on)[-1]
    return [Flow(due.loan.bank_id, due.due, due.principal, Why.DUE) for due in repayments.due(Loan.objects.all(), on, horizon, on) if due.principal]


def _promised(on):
    """Open promises: each is used on its last day, and repaid by its form from then on."""
    known = Promise.objects.filter(promised_on__lte=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    flows = []
    for promise in known.select_related("loan", "account"):
        bank, day = promise.account.bank_id, max(promise.valid_until, on)
        flows.append(Flow(bank, day, promise.amount, Why.PAID_OUT))
        flows += [Flow(bank, row.due, row.principal, Why.DUE) for row in _rows(promise, day) if row.principal]
    return flows


def _rows(promise, day):
    loan = promise.loan
    try:
        return rows(loan.form, promise.amount, loan.rate or Decimal(0), day, loan.term_granted, grace=loan.grace_months)
    except NoSchedule:  # agreed row by row when it is paid out: until then nothing of it comes back
        return []


def plans_in_force(on):
    """The plans of this year and the next that are in force and say something of quarters."""
    return list(
        AnnualPlan.objects.filter(pk__in=[p.pk for p in AnnualPlan.objects.in_force(on)], year__in=(on.year, on.year + 1))
        .filter(quarters__isnull=False)
        .distinct()
    )


def _still_planned(plans, on):
    flows = []
    for plan in plans:
        cells = {(cell.bank_id, cell.quarter): cell.amount for cell in PlanQuarter.objects.filter(plan=plan)}
        flows += forecast.still_planned(cells, _done(on) if plan.year == on.year else {}, year=plan.year, on=on)
    return flows


def _done(on):
    """{bank: lent this year through today, and promised and not yet paid out}."""
    lent = Loan.objects.lent().filter(disbursed_on__range=(date(on.year, 1, 1), on)).order_by().values_list("bank").annotate(Sum("principal"))
    done = dict(lent)
    for position in queries.positions(on=on):
        done[position.bank.pk] = done.get(position.bank.pk, forecast.NOTHING) + position.reserved
    return done
