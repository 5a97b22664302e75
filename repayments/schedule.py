"""When a loan falls due and what: every form of repayment of domain.md §4. No database, no clock.

Amounts are yuan to the fen, rates percent a year, terms months, days counted first in, last out.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from loans.forms_of_repayment import Form
from loans.money import fen, split
from staff.errors import Refused

LEAST_LENT = Decimal("100")
MOST_LENT = Decimal("9999999999.99")
HIGHEST_RATE = Decimal("24")
LONGEST_TERM = 120
SETTLEMENT_MONTHS = (3, 6, 9, 12)
SETTLEMENT_DAY = 21


class Row(NamedTuple):
    """One due day: principal and interest due then, and the principal that stays once it is paid."""

    seq: int
    due: date
    principal: Decimal
    interest: Decimal
    balance_after: Decimal


Given = tuple[date, Decimal, Decimal | None]  # due day, principal, interest or None where it follows from the days


class NoSchedule(Refused):
    """These figures make no schedule."""

    title = _("No schedule can be made of this")


class PrincipalRefused(NoSchedule):
    """Loans are at least 100 yuan, to the fen."""


class RateRefused(NoSchedule):
    """A rate is not below 0 and at most 24 percent a year; whether a loan may be free of interest is its contract's matter."""


class TermRefused(NoSchedule):
    """A term is whole months, from 1 to 120; a grace period is not below 0."""


class GivenRowsRefused(NoSchedule):
    """The given rows of a custom schedule do not repay this loan."""


def rows(form: Form, principal: Decimal, rate: Decimal, disbursed: date, term: int, *, grace: int = 6, given: Sequence[Given] | None = None) -> list[Row]:
    """The schedule of a loan: the same for the preview and the booked one (domain.md §4)."""
    form = Form(form)
    _refuse_what_no_loan_is(principal, rate, term, grace)
    if form == Form.CUSTOM:
        return _custom(principal, rate, disbursed, maturity(disbursed, term), given or [])
    if given:
        raise GivenRowsRefused(_("Only an agreed schedule has given rows."))
    if form in (Form.ANNUITY_MONTHLY, Form.EQUAL_PRINCIPAL_MONTHLY):
        days = [add_months(disbursed, month) for month in range(1, term + 1)]
        return list(_annuity(principal, rate, days) if form == Form.ANNUITY_MONTHLY else _equal_principal(principal, rate, days))
    days = due_days(form, disbursed, term)
    first = first_with_principal(form, disbursed, days, grace)
    parts = [Decimal("0.00")] * first + split(principal, len(days) - first)
    return list(_by_days(principal, rate, disbursed, ((day, part, None) for day, part in zip(days, parts, strict=True))))


def due_days(form: Form, disbursed: date, term: int) -> list[date]:
    """The settlement days strictly between disbursement and maturity where interest is paid by the quarter, then maturity."""
    end = maturity(disbursed, term)
    return [*(settlement_days(disbursed, end) if form in (Form.BULLET_QUARTERLY, Form.GRACE_QUARTERLY) else ()), end]


def maturity(disbursed: date, months: int) -> date:
    """The last day of a loan: its disbursement day so many months on."""
    return add_months(disbursed, months)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks becomes its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def settlement_days(start: date, end: date) -> list[date]:
    """The 21st of March, June, September and December strictly between two days."""
    days = (date(year, month, SETTLEMENT_DAY) for year in range(start.year, end.year + 1) for month in SETTLEMENT_MONTHS)
    return [day for day in days if start < day < end]


def balance_on(schedule: Sequence[Row], principal: Decimal, day: date) -> Decimal:
    """The scheduled principal in yuan at the end of a day: it falls on the due day itself."""
    passed = bisect_right(schedule, day, key=lambda row: row.due)
    return schedule[passed - 1].balance_after if passed else principal


def _refuse_what_no_loan_is(principal: Decimal, rate: Decimal, term: int, grace: int) -> None:
    if not principal.is_finite() or not LEAST_LENT <= principal <= MOST_LENT or principal != fen(principal):
        raise PrincipalRefused(_("The amount must be 100 to 9999999999.99 yuan, to the fen; %(amount)s is not.") % {"amount": principal})
    if not rate.is_finite() or not 0 <= rate <= HIGHEST_RATE:
        raise RateRefused(_("The yearly rate must be 0 to 24 percent; %(rate)s is not.") % {"rate": rate})
    if not 1 <= term <= LONGEST_TERM:
        raise TermRefused(_("The term must be 1 to 120 months; %(term)s is not.") % {"term": term})
    if grace < 0:
        raise TermRefused(_("The months without principal must not be below 0; %(grace)s is.") % {"grace": grace})


def first_with_principal(form: Form, disbursed: date, days: list[date], grace: int) -> int:
    """The place of the first due day that repays principal; at the latest the last."""
    if form != Form.GRACE_QUARTERLY:
        return len(days) - 1
    begins = add_months(disbursed, grace)
    return next((place for place, day in enumerate(days) if day >= begins), len(days) - 1)


def _by_days(principal: Decimal, rate: Decimal, disbursed: date, dues: Iterable[Given]) -> Iterator[Row]:
    """Rows whose interest is balance × rate / 360 × days since the day before, unless it is given."""
    balance, since = principal, disbursed
    for seq, (due, part, interest) in enumerate(dues, 1):
        if interest is None:
            interest = fen(balance * rate * (due - since).days / 36000)
        balance, since = balance - part, due
        yield Row(seq, due, fen(part), fen(interest), fen(balance))


def _equal_principal(principal: Decimal, rate: Decimal, days: list[date]) -> Iterator[Row]:
    balance = principal
    for seq, (due, part) in enumerate(zip(days, split(principal, len(days)), strict=True), 1):
        interest, balance = fen(balance * rate / 1200), balance - part
        yield Row(seq, due, part, interest, fen(balance))


def _annuity(principal: Decimal, rate: Decimal, days: list[date]) -> Iterator[Row]:
    level, balance = level_payment(principal, rate, len(days)), principal
    for seq, due in enumerate(days, 1):
        interest = fen(balance * rate / 1200)
        # Rounding may repay a tiny long loan before its end: never more than is left, and all of it at the last.
        part = balance if seq == len(days) else min(level - interest, balance)
        balance -= part
        yield Row(seq, due, fen(part), interest, fen(balance))


def level_payment(principal: Decimal, rate: Decimal, months: int) -> Decimal:
    if not rate:
        return fen(principal / months)
    monthly = rate / 1200
    return fen(principal * monthly / (1 - (1 + monthly) ** -months))


def _custom(principal: Decimal, rate: Decimal, disbursed: date, end: date, given: Sequence[Given]) -> list[Row]:
    """A migrated or negotiated schedule: rows as given, interest by days where none is given."""
    if not given:
        raise GivenRowsRefused(_("An agreed schedule needs its rows."))
    if any(later <= earlier for earlier, later in pairwise([disbursed, *(due for due, _part, _interest in given)])):
        raise GivenRowsRefused(_("The due days must come after the disbursement and rise from row to row."))
    if given[-1][0] > end:
        raise GivenRowsRefused(_("The last due day %(day)s lies after the maturity %(end)s.") % {"day": given[-1][0], "end": end})
    for seq, (_due, part, interest) in enumerate(given, 1):
        if any(amount < 0 or amount != fen(amount) for amount in (part, interest or Decimal())):
            raise GivenRowsRefused(_("Row %(seq)s: amounts are to the fen and not below 0.") % {"seq": seq})
    if (total := sum(part for _due, part, _interest in given)) != principal:
        raise GivenRowsRefused(_("The rows repay %(total)s; the loan is %(principal)s.") % {"total": total, "principal": principal})
    return list(_by_days(principal, rate, disbursed, given))
