"""What an act would make of a loan: it is done, looked at and undone again, so that preview and booking are one function.

Rooms above add figures of their own with `register`, such as the fund's room.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from repayments import ledger, penalty, queries
from repayments.models import Account
from staff.templatetags.office import yuan

Figure = Callable[[Loan, date], Decimal]
_figures: list[tuple[Any, Figure]] = []


class Row(NamedTuple):
    """One thing before and after, in words."""

    label: Any
    before: str
    after: str
    below: bool = False  # afterwards it is less than nothing

    @property
    def changes(self) -> bool:
        return self.before != self.after


def register(label: Any, figure: Figure) -> None:
    """Show this amount of a loan's surroundings, in yuan, before and after."""
    _figures.append((label, figure))


def tried(loan: Loan, do: Callable[[], object], *, on: date) -> list[Row]:
    """The loan before and after an act, which leaves nothing behind; refuses what the act refuses."""
    with transaction.atomic():
        before = _standing(loan, on)
        do()
        after = _standing(Loan.objects.select_related("bank").get(pk=loan.pk), on)
        transaction.set_rollback(True)
    return [Row(label, *_words(was, now), isinstance(now, Decimal) and now < 0) for (label, was), (_label, now) in zip(before, after, strict=True)]


def _standing(loan: Loan, on: date) -> list[tuple[Any, Any]]:
    """What is to be said of a lent loan on a day."""
    late = queries.arrears(loan, on)
    plan = queries.schedule_of(loan, on)
    return [
        (_("State"), str(loan.get_state_display())),
        (_("Principal owed (yuan)"), ledger.outstanding(loan)),
        (_("Interest received (yuan)"), queries.received(loan, Account.INTEREST)),
        (_("Overdue (yuan)"), late.amount),
        (_("Days overdue"), str(late.days)),
        (_("Penalty interest owed (yuan)"), penalty.owed(loan, on)),
        (_("Overpaid, to be refunded (yuan)"), -ledger.balance(Account.OVERPAID, loan=loan)),
        (_("Schedule in force"), _gettext("version %(version)s, due by %(day)s") % {"version": plan.version, "day": loan.maturity} if plan else "—"),
        *((label, figure(loan, on)) for label, figure in _figures),
    ]


def _words(*values: Any) -> tuple[str, ...]:
    return tuple(yuan(value) if isinstance(value, Decimal) else value for value in values)
