"""The subsidy plan of a year (贴息资金计划): quarters that are over by the book, coming ones by the live schedules. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from repayments.claims.due import NOTHING, Due, due_in
from repayments.claims.gathering import lent_by
from repayments.claims.queries import quarters_of
from repayments.claims.shares import Shares, add_up
from repayments.subsidy import Quarter
from staff.models import Bank


@dataclass(frozen=True)
class Expected:
    """One bank's quarter, or a sum of them: how many loans carry subsidy, how much, and who bears it."""

    loans: int
    amount: Decimal
    shares: Shares


@dataclass(frozen=True)
class PlannedQuarter:
    """One quarter of the plan, bank by bank."""

    quarter: Quarter
    is_over: bool  # by the book; otherwise by the schedules in force
    banks: Sequence[tuple[Bank, Expected]]
    total: Expected


def plan_of(year: int, banks: Sequence[Bank], *, on: date) -> list[PlannedQuarter]:
    """Four quarters of a year as the loans lent by a day carry them; what is not lent yet is not foreseen."""
    quarters, known = quarters_of(year), {bank.pk for bank in banks}
    lent = [one for one in lent_by(on, carrying_from=quarters[0].first) if one.bank_id in known]
    return [_quarter(quarter, banks, due_in(quarter, lent), on) for quarter in quarters]


def of_the_year(planned: Sequence[PlannedQuarter]) -> Expected:
    """The whole year; its number of loans is that of the fullest quarter."""
    return Expected(
        loans=max((one.total.loans for one in planned), default=0),
        amount=sum((one.total.amount for one in planned), NOTHING),
        shares=add_up(one.total.shares for one in planned),
    )


def _quarter(quarter: Quarter, banks: Sequence[Bank], dues: Sequence[Due], on: date) -> PlannedQuarter:
    by_bank = [(bank, _expected([due for due in dues if due.lent.bank_id == bank.pk])) for bank in banks]
    return PlannedQuarter(quarter, quarter.last < on, by_bank, _expected(dues))


def _expected(dues: Sequence[Due]) -> Expected:
    return Expected(len(dues), sum((due.amount for due in dues), NOTHING), add_up(due.shares for due in dues))
