"""Who is to be reminded of which due day: one month, one week and one day before it, with what was paid ahead taken off."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from loans import rulebook
from loans.models import Loan
from repayments import queries
from repayments.borrower_plan import Payment, plan_of
from repayments.models import Account, Reminder
from repayments.queries import Due
from repayments.schedule import add_months

NOTHING = Decimal("0.00")
LONGEST_NAME = 16  # a message keeps to one part of 70 characters
Rung = Reminder.Rung


class Row(NamedTuple):
    """One due day of one borrower: what is to be brought, at which rung, and whether that was said already."""

    loan: Loan
    due: date
    rung: Rung
    principal: Decimal
    interest: Decimal  # the borrower's part
    issued: date | None

    @property
    def amount(self) -> Decimal:
        return self.principal + self.interest


def rung(due: date, on: date) -> Rung | None:
    """The rung at which a day stands before a due day; one that was missed is made up until the next begins."""
    days = (due - on).days
    if days < 1 or add_months(due, -1) > on:
        return None
    return Rung.DAY if days == 1 else Rung.WEEK if days <= 7 else Rung.MONTH


def coming(loans: QuerySet[Loan], on: date) -> list[Due]:
    """The due days of these loans that stand at a rung today, the nearest first."""
    found = queries.due(loans, on + timedelta(1), add_months(on, 1) + timedelta(3), on)
    return [due for due in found if rung(due.due, on)]


def rows(dues: Iterable[Due], on: date) -> list[Row]:
    """These due days as reminders; a row that is fully covered gives none."""
    dues = list(dues)
    told = said(dues)
    among, rates = rulebook.rules(), rulebook.all_rates()
    plans = {due.loan.pk: plan_of(due.loan, on, among=among, rates=rates).payments for due in dues}
    found = [_row(due, list(plans[due.loan.pk]), told, on) for due in dues]
    return [row for row in found if row.amount > 0]


def said(dues: Iterable[Due]) -> dict[tuple[int, date, str], date]:
    """{(loan, due day, rung): when} of what was said of these loans before."""
    return {(r.loan_id, r.due, r.rung): r.issued_on for r in Reminder.objects.filter(loan__in={due.loan.pk for due in dues})}


def _row(due, payments, told, on):
    step = rung(due.due, on)
    place = next(n for n, payment in enumerate(payments) if payment.due == due.due)
    return Row(due.loan, due.due, step, due.principal, _own_interest(due.loan, payments, place, on), told.get((due.loan.pk, due.due, step)))


def _own_interest(loan: Loan, payments: list[Payment], place: int, on: date) -> Decimal:
    """The borrower's part of a row's interest, less what was paid of it ahead: since the row before, and beyond all before it."""
    own = payments[place].own_interest
    since = payments[place - 1].due if place else loan.disbursed_on or on
    got = queries.received(loan, Account.INTEREST, as_of=on)
    beyond = got - sum((payment.own_interest for payment in payments[:place]), NOTHING)
    lately = got - queries.received(loan, Account.INTEREST, as_of=min(since, on))
    return own - min(own, max(NOTHING, min(beyond, lately)))


def message(row: Row) -> str:
    """The SMS of a reminder: Chinese, within one part, without any identity number."""
    name = row.loan.applicant.name[:LONGEST_NAME]
    return f"{name}：您的贷款{row.due.month}月{row.due.day}日应还{row.amount:,.2f}元，请提前存入{row.loan.bank.short_name}还款账户，已存请忽略。"
