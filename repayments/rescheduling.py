"""How a schedule goes on when a loan is extended, repaid early or repriced: rows already due stay, new ones follow for what is left.

No database, no clock. Amounts are yuan to the fen, rates percent a year, days counted first in, last out. A plan always holds the
whole loan. Whole months of a monthly form bear a twelfth of the rate, broken ones are reckoned by days (domain.md §4).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, count, pairwise, takewhile

from django.utils.translation import gettext_lazy as _

from loans.forms_of_repayment import Form
from loans.money import fen
from repayments.schedule import NoSchedule, Row, add_months, first_with_principal, level_payment, settlement_days

ZERO = Decimal("0.00")
DAY = timedelta(1)
MONTHLY = (Form.ANNUITY_MONTHLY, Form.EQUAL_PRINCIPAL_MONTHLY)
BY_QUARTER = (Form.BULLET_QUARTERLY, Form.GRACE_QUARTERLY)
ALL_AT_ONCE = (Form.BULLET_QUARTERLY, Form.SINGLE_AT_MATURITY)  # their principal comes back on one day

Step = tuple[date, Decimal]  # from this day on this rate


class NothingLeft(NoSchedule):
    """A schedule is changed before its last day, and only for what is left."""


class NotEarly(NoSchedule):
    """Early is what is paid above everything due, and no more than is left."""

    about = ("principal",)


class PaymentCannotStay(NoSchedule):
    """Where all principal is due on one day there is no payment to keep: that row becomes smaller."""

    about = ("cause",)


@dataclass(frozen=True)
class Plan:
    """A whole schedule, and what its rows follow from."""

    form: Form
    principal: Decimal
    disbursed: date
    maturity: date
    rates: tuple[Step, ...]  # in order; the first is the contract's, from the disbursement on
    rows: tuple[Row, ...]
    grace: int = 6

    def rate_on(self, day: date) -> Decimal:
        return self.rates[max(0, bisect_right(self.rates, day, key=lambda step: step[0]) - 1)][1]

    def due_by(self, day: date) -> tuple[Row, ...]:
        """The rows due up to a day, that day included."""
        return self.rows[: bisect_right(self.rows, day, key=lambda row: row.due)]

    def due_after(self, day: date) -> tuple[Row, ...]:
        return self.rows[len(self.due_by(day)) :]

    def left_after(self, rows: Sequence[Row]) -> Decimal:
        """The principal that stays once these first rows are paid."""
        return rows[-1].balance_after if rows else self.principal

    def left_on(self, day: date) -> Decimal:
        """The principal planned to be left at the end of a day."""
        return self.left_after(self.due_by(day))


# --- What may change ---------------------------------------------------------------------------------------------------------
def extended(plan: Plan, day: date, maturity: date) -> Plan:
    """From this day on the loan runs to a later maturity."""
    _refuse_without_rest(plan, day)
    longer, before = replace(plan, maturity=maturity), plan.due_after(day)
    days = [*(row.due for row in before[:-1]), maturity] if plan.form == Form.CUSTOM else _days_after(longer, day)
    return _gone_on(longer, plan.due_by(day), days, before)


def repriced(plan: Plan, day: date, steps: Iterable[Step]) -> Plan:
    """These are the contract's steps, known since this day: rows due by then stay, and so do those due before a new step."""
    rates = tuple(sorted(dict([plan.rates[0], *steps]).items()))
    new = [since for since, rate in rates if dict(plan.rates).get(since) != rate]
    day = max(day, min(new, default=day))
    before = plan.due_after(day)
    other = replace(plan, rates=rates)
    return _gone_on(other, plan.due_by(day), [row.due for row in before], before) if before else other


def repaid(plan: Plan, day: date, early: Decimal, *, keep_payment: bool = False) -> Plan:
    """So much principal comes back early on this day, with a row of its own; smaller rows follow, or fewer."""
    _refuse_without_rest(plan, day)
    if not 0 < early <= plan.left_on(day):
        said = {"early": f"{early:,.2f}", "left": f"{plan.left_on(day):,.2f}"}
        raise NotEarly(_("What is paid early is above 0 and at most the %(left)s yuan not yet due; %(early)s is not.") % said)
    kept, before = (*plan.due_by(day - DAY), _row_of_the_day(plan, day, early)), plan.due_after(day)
    if not kept[-1].balance_after:
        return replace(plan, rows=kept)
    if not keep_payment:
        return _gone_on(plan, kept, [row.due for row in before], before)
    shorter = _as_before(plan, kept, before)
    return replace(shorter, maturity=shorter.rows[-1].due)


def later(plan: Plan, months: int) -> date:
    """The maturity so many months on: so many more since disbursement, where the loan ends on a whole number of them."""
    place = _months(plan.disbursed, plan.maturity)
    whole = add_months(plan.disbursed, place) == plan.maturity
    return add_months(plan.disbursed, place + months) if whole else add_months(plan.maturity, months)


def accrued(plan: Plan, day: date, balance: Decimal) -> Decimal:
    """The interest in yuan that a balance has borne on a day since its last due day; since disbursement where it is paid with the principal."""
    return fen(by_days(plan, balance, since_of(plan, plan.due_by(day)), day))


# --- The rows that follow ----------------------------------------------------------------------------------------------------
def _gone_on(plan: Plan, kept: Sequence[Row], days: Sequence[date], before: Sequence[Row]) -> Plan:
    """What the kept rows leave, spread over these days as the loan's form does it."""
    if plan.form == Form.ANNUITY_MONTHLY:
        return replace(plan, rows=(*kept, *_annuity(plan, kept, days)))
    left = plan.left_after(kept)
    if plan.form == Form.CUSTOM:
        parts = _in_proportion(left, [row.principal for row in before])
    elif plan.form == Form.EQUAL_PRINCIPAL_MONTHLY:
        parts = _equally(left, len(days))
    else:
        first = first_with_principal(plan.form, plan.disbursed, list(days), plan.grace)
        parts = [ZERO] * first + _equally(left, len(days) - first)
    return replace(plan, rows=(*kept, *_rows(plan, kept, days, parts)))


def _as_before(plan: Plan, kept: Sequence[Row], before: Sequence[Row]) -> Plan:
    """What the kept rows leave, paid as planned before for as long as something is left."""
    if plan.form in ALL_AT_ONCE:
        raise PaymentCannotStay(_("All principal of this loan is due on one day: an early repayment makes that row smaller, the term stays."))
    days = [row.due for row in before]
    if plan.form == Form.ANNUITY_MONTHLY:
        return replace(plan, rows=(*kept, *_annuity(plan, kept, days, level=before[0].principal + before[0].interest)))
    left = plan.left_after(kept)
    ends = [ZERO, *takewhile(lambda total: total < left, accumulate(row.principal for row in before)), left]
    parts = [end - start for start, end in pairwise(ends)]
    return replace(plan, rows=(*kept, *_rows(plan, kept, days[: len(parts)], parts)))


def _rows(plan: Plan, kept: Sequence[Row], days: Sequence[date], parts: Sequence[Decimal]) -> Iterator[Row]:
    balance, since = plan.left_after(kept), since_of(plan, kept)
    for seq, (due, part) in enumerate(zip(days, parts, strict=True), len(kept) + 1):
        if plan.form == Form.SINGLE_AT_MATURITY:
            interest = fen(by_days(plan, part, plan.disbursed, due))
        else:
            interest = _of_a_period(plan, balance, since, due)
        balance, since = balance - part, due
        yield Row(seq, due, fen(part), interest, fen(balance))


def _annuity(plan: Plan, kept: Sequence[Row], days: Sequence[date], level: Decimal | None = None) -> Iterator[Row]:
    """Level payments until nothing is left; a step of the rate makes a new level for what is left then."""
    balance, since, rate = plan.left_after(kept), since_of(plan, kept), plan.rate_on(days[0] - DAY)
    for place, due in enumerate(days):
        if level is None or plan.rate_on(due - DAY) != rate:
            rate = plan.rate_on(due - DAY)
            level = level_payment(balance, rate, len(days) - place)
        interest = _of_a_period(plan, balance, since, due)
        part = balance if place == len(days) - 1 else max(ZERO, min(level - interest, balance))
        balance, since = balance - part, due
        yield Row(len(kept) + place + 1, due, fen(part), interest, fen(balance))
        if not balance:
            return


def _row_of_the_day(plan: Plan, day: date, early: Decimal) -> Row:
    """The row of an early repayment; what was due on the day anyhow stands in it."""
    earlier = plan.due_by(day - DAY)
    today = next((row for row in plan.rows if row.due == day), None)
    if today:
        return today._replace(principal=today.principal + early, balance_after=today.balance_after - early)
    left = plan.left_after(earlier)
    bears = early if plan.form == Form.SINGLE_AT_MATURITY else left  # 利随本清: interest comes with its principal
    return Row(len(earlier) + 1, day, fen(early), accrued(plan, day, bears), fen(left - early))


def _days_after(plan: Plan, day: date) -> list[date]:
    """The due days that the loan's form has after a day, the last at maturity."""
    if plan.form in MONTHLY:
        months = (add_months(plan.disbursed, place) for place in count(1))
        days = list(takewhile(lambda due: due < plan.maturity, months))
    else:
        days = settlement_days(plan.disbursed, plan.maturity) if plan.form in BY_QUARTER else []
    return [due for due in (*days, plan.maturity) if due > day]


# --- Interest ----------------------------------------------------------------------------------------------------------------
def since_of(plan: Plan, kept: Sequence[Row]) -> date:
    """From when the next row bears interest."""
    return kept[-1].due if kept and plan.form != Form.SINGLE_AT_MATURITY else plan.disbursed


def _of_a_period(plan: Plan, balance: Decimal, since: date, due: date) -> Decimal:
    if plan.form in MONTHLY and _is_whole_month(plan, since, due):
        return fen(balance * plan.rate_on(since) / 1200)
    return fen(by_days(plan, balance, since, due))


def _is_whole_month(plan: Plan, since: date, due: date) -> bool:
    place = _months(plan.disbursed, due)
    broken = any(since < step < due for step, _rate in plan.rates)
    return not broken and (add_months(plan.disbursed, place - 1), add_months(plan.disbursed, place)) == (since, due)


def by_days(plan: Plan, balance: Decimal, first: date, end: date) -> Decimal:
    """At the rate of each day; not rounded."""
    days = [first, *(step for step, _rate in plan.rates if first < step < end), end]
    return sum((balance * plan.rate_on(start) * (stop - start).days / 36000 for start, stop in pairwise(days)), ZERO)


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


# --- Amounts -----------------------------------------------------------------------------------------------------------------
def _equally(amount: Decimal, parts: int) -> list[Decimal]:
    """Equal parts to the fen, the last one takes the rest; of a few fen the last parts are nothing."""
    each = fen(amount / parts)
    ends = [min(amount, each * place) for place in range(parts)] + [amount]
    return [end - start for start, end in pairwise(ends)]


def _in_proportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts that stand to each other as these weights do, to the fen."""
    ends = [fen(amount * total / sum(weights)) for total in (ZERO, *accumulate(weights))]
    return [end - start for start, end in pairwise(ends)]


def _refuse_without_rest(plan: Plan, day: date) -> None:
    if day < plan.disbursed or day >= plan.maturity or not plan.left_on(day):
        said = {"first": plan.disbursed, "day": day, "maturity": plan.maturity}
        raise NothingLeft(_("A schedule is changed between %(first)s and the day before its maturity %(maturity)s; %(day)s is not.") % said)
