"""Penalty interest: what overdue principal bears day by day instead of the contract's rate (domain.md §4, facts.md §3.9).

It runs on everything owed from maturity on, and on late instalments before it only where the contract says so. Never subsidised.
The arithmetic needs no database and no clock: amounts are yuan, rates percent a year, days counted first in, last out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from loans.models import Loan
from loans.money import fen
from repayments import queries, versions
from repayments.models import Account, Line
from repayments.rescheduling import Plan
from repayments.subsidy import Piece

NOTHING = Decimal("0.00")
TIMES = Decimal("1.5")  # of the contract's rate where the contract names no penalty rate (facts.md §3.9)


def pieces(plan: Plan, receipts: Iterable[tuple[date, Decimal]], *, until: date, rate: Decimal | None = None, on_rows: bool = False) -> list[Piece]:
    """The days before `until` on which principal was overdue, in runs of one base and one rate.

    `receipts` are principal by value date; `rate` is the contract's penalty rate, None: one and a half times the rate of the day.
    """
    receipts = sorted(receipts)
    starts = sorted({day for day in (*(r.due for r in plan.rows), plan.maturity, *(d for d, _a in receipts), *(d for d, _r in plan.rates)) if day < until})
    runs = [(start, stop, overdue(plan, receipts, start, on_rows=on_rows), rate or plan.rate_on(start) * TIMES) for start, stop in pairwise([*starts, until])]
    return [_piece(list(same)) for (base, _rate), same in groupby(runs, key=lambda run: run[2:]) if base]


def overdue(plan: Plan, receipts: Sequence[tuple[date, Decimal]], day: date, *, on_rows: bool) -> Decimal:
    """The principal in yuan that bears penalty interest on a day; a receipt counts from its own day."""
    owed = plan.principal - sum((amount for paid, amount in receipts if paid <= day), NOTHING)
    if day >= plan.maturity:
        return max(NOTHING, owed)
    return max(NOTHING, owed - plan.left_on(day)) if on_rows else NOTHING


def total(of: Iterable[Piece]) -> Decimal:
    """Penalty interest in yuan, rounded once."""
    return fen(sum((piece.amount for piece in of), NOTHING))


def borne(loan: Loan, on: date) -> list[Piece]:
    """The penalty interest that a lent loan has borne by a day, piece by piece."""
    lines = Line.objects.filter(loan=loan, account=Account.PRINCIPAL, entry__value_date__lte=on).exclude(queries.LENDING)
    paid = [(day, -amount) for day, amount in lines.values_list("entry__value_date", "amount")]
    plan = versions.plan_in_force(loan)
    return pieces(plan, paid, until=on, rate=loan.penalty_rate, on_rows=loan.penalty_on_rows)


def owed(loan: Loan, on: date) -> Decimal:
    """What of it has not been paid."""
    return max(NOTHING, total(borne(loan, on)) - queries.received(loan, Account.PENALTY))


def owed_by(plans: Mapping[Loan, Plan], on: date) -> dict[int, Decimal]:
    """The same of many loans at once, each with its plan: {key: yuan}."""
    lines = Line.objects.filter(loan__in=list(plans), account__in=(Account.PRINCIPAL, Account.PENALTY)).exclude(queries.LENDING)
    receipts: dict[int, list[tuple[date, Decimal]]] = {loan.pk: [] for loan in plans}
    paid = dict.fromkeys(receipts, NOTHING)
    for pk, account, day, amount in lines.values_list("loan", "account", "entry__value_date", "amount"):
        if account == Account.PENALTY:
            paid[pk] -= amount
        elif day <= on:
            receipts[pk].append((day, -amount))
    borne = {loan.pk: pieces(plan, receipts[loan.pk], until=on, rate=loan.penalty_rate, on_rows=loan.penalty_on_rows) for loan, plan in plans.items()}
    return {pk: max(NOTHING, total(found) - paid[pk]) for pk, found in borne.items()}


def _piece(runs: Sequence[tuple[date, date, Decimal, Decimal]]) -> Piece:
    first, _stop, base, rate = runs[0]
    end = runs[-1][1]
    days = (end - first).days
    return Piece(first, end - timedelta(1), days, base, rate, base * rate * days / 36000)
