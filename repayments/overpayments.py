"""What borrowers paid beyond everything owed and was not given back yet: whose it is, how much, and how long it has waited."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from repayments.models import Account, Line
from staff.desk import Waiting
from staff.models import Role
from staff.scope import visible

NOTHING = Decimal("0.00")


class Overpaid(NamedTuple):
    """What one loan has overpaid, in yuan, and since when the oldest part of it waits."""

    loan: Loan
    amount: Decimal
    since: date
    days: int


def held(loans: QuerySet[Loan], on: date) -> list[Overpaid]:
    """The overpayments of these loans that wait for their refund on a day, the longest first."""
    lines = Line.objects.filter(account=Account.OVERPAID, loan__in=loans.order_by(), entry__value_date__lte=on)
    moved: dict[int, list[tuple[date, Decimal]]] = {}
    for loan, day, amount in lines.order_by("entry__value_date", "pk").values_list("loan", "entry__value_date", "amount"):
        moved.setdefault(loan, []).append((day, -amount))
    waits = {loan: since for loan, rows in moved.items() if (since := _oldest(rows))}
    cases = Loan.objects.select_related("applicant", "bank").in_bulk(waits)
    found = [Overpaid(cases[loan], sum((amount for _day, amount in moved[loan]), NOTHING), since, (on - since).days) for loan, since in waits.items()]
    return sorted(found, key=lambda one: (one.since, one.loan.number))


def on_the_desk(user, today):
    """One row on the desk of a bank that has to give money back."""
    if user.role != Role.BANK:
        return []
    found = held(visible(Loan.objects.all(), user), today)
    if not found:
        return []
    first = found[0]
    return [
        Waiting(
            act=_("Refund of overpayments"),
            who=_gettext("%(number)s overpayments") % {"number": len(found)},
            circumstances=_gettext("first %(name)s, waiting for %(days)s days") % {"name": first.loan.applicant.name, "days": first.days},
            case=first.loan.iou_number,
            project=first.loan.project,
            amount=sum(one.amount for one in found),
            since=first.since,
            due=None,
            left=None,
            url=reverse("repayments:overpayments"),
            button=_("Open the list"),
            tone="warn",
        )
    ]


def how_many(user, today):
    """Does such a row stand there?"""
    if user.role != Role.BANK:
        return 0
    lines = Line.objects.filter(account=Account.OVERPAID, loan__in=visible(Loan.objects.all(), user).order_by(), entry__value_date__lte=today)
    return int(lines.values("loan").annotate(sum=Sum("amount")).filter(sum__lt=0).exists())


def _oldest(rows: Iterable[tuple[date, Decimal]]) -> date | None:
    """The day of the oldest overpayment that refunds and reversals have not used up."""
    rows = list(rows)
    back = -sum((amount for _day, amount in rows if amount < 0), NOTHING)
    for day, amount in rows:
        if amount > 0 and (back := back - amount) < 0:
            return day
    return None
