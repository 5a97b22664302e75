"""How much room the fund will have at a bank, month by month: what falls due, what was promised, what the plan still wants. No database, no clock.

Room comes back as principal falls due by the schedule in force. What is overdue stays outstanding; the fund account stays as it is; a promise is
used on its last day at the latest, and then repaid by its form; what the plan still wants is lent evenly over the months left of its quarter,
arrears of earlier quarters first, and nothing of it comes back within the twelve months.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from loans.money import split

MONTHS = 12
NOTHING = Decimal("0.00")


class Why(StrEnum):
    """What makes room, or takes it."""

    DUE = "due"  # principal comes back
    PAID_OUT = "paid_out"  # a promise becomes a loan
    PLANNED = "planned"  # lent because the plan wants it
    PROPOSED = "proposed"  # promised because somebody asks what if


class Flow(NamedTuple):
    """An amount in yuan that will change what the fund stands for at a bank."""

    bank: int
    day: date
    amount: Decimal
    why: Why


@dataclass(frozen=True)
class Month:
    """One bank's part of the fund at the end of a day, and what led there since the one before."""

    last: date
    capacity: Decimal
    used: Decimal
    reserved: Decimal
    due: Decimal = NOTHING
    paid_out: Decimal = NOTHING
    planned: Decimal = NOTHING
    proposed: Decimal = NOTHING

    @property
    def room(self) -> Decimal:
        return self.capacity - self.used - self.reserved


def month_ends(on: date) -> list[date]:
    """The last days of the next twelve months, each after this day."""
    first = on.year * 12 + on.month - 1 + (on == _end(on.year, on.month))
    return [_end(at // 12, at % 12 + 1) for at in range(first, first + MONTHS)]


def ahead(position: Any, flows: Iterable[Flow], on: date) -> list[Month]:
    """This day as it stands, then the next twelve month ends, of one bank; flows later than those are left out."""
    mine = [flow for flow in flows if flow.bank == position.bank.pk]
    months, before = [Month(on, position.capacity, position.used, position.reserved)], date.min
    for last in month_ends(on):
        sums = {why: sum((flow.amount for flow in mine if flow.why == why and before < flow.day <= last), NOTHING) for why in Why}
        months.append(_next(months[-1], last, sums))
        before = last
    return months


def runs_out(months: Iterable[Month]) -> date | None:
    """The end of the first month in which the bank would stand for more than its multiple; None where there is none."""
    return next((month.last for month in months if month.room < 0), None)


def still_planned(cells: Mapping[tuple[int, int], Decimal], done: Mapping[int, Decimal], *, year: int, on: date) -> list[Flow]:
    """What a year's plan still wants to lend, spread over the months that are left; `cells` by bank and quarter, `done` by bank (lent or promised)."""
    flows = []
    for bank in sorted({bank for bank, _quarter in cells}):
        wanted = planned = NOTHING
        for quarter in range(1, 5):
            wanted += cells.get((bank, quarter), NOTHING)
            ends = [end for month in range(quarter * 3 - 2, quarter * 3 + 1) if (end := _end(year, month)) > on]
            missing = max(NOTHING, wanted - done.get(bank, NOTHING)) - planned
            if ends and missing > 0:
                flows += [Flow(bank, end, part, Why.PLANNED) for end, part in zip(ends, split(missing, len(ends)), strict=True) if part]
                planned += missing
    return flows


def together(banks: Iterable[list[Month]]) -> list[Month]:
    """The whole fund: the sums of its parts, month by month."""
    return [_sum(months) for months in zip(*banks, strict=True)]


def _next(before: Month, last: date, sums: Mapping[Why, Decimal]) -> Month:
    due, paid_out, planned, proposed = (sums[why] for why in (Why.DUE, Why.PAID_OUT, Why.PLANNED, Why.PROPOSED))
    used, reserved = before.used - due + paid_out + planned + proposed, before.reserved - paid_out
    return Month(last, before.capacity, used, reserved, due, paid_out, planned, proposed)


def _sum(months):
    names = ("capacity", "used", "reserved", "due", "paid_out", "planned", "proposed")
    return Month(months[0].last, *(sum((getattr(month, name) for month in months), NOTHING) for name in names))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
