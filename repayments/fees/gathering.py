"""The loans that a year's rewards and fees are worked out from, with the principal that the fund stands for day by day. Writes nothing."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any

from django.db.models import DateField, Q, Sum, Value
from django.db.models.functions import Greatest

from loans.models import BorrowerKind, Loan
from repayments.fees.computing import Backed, Days
from repayments.models import Account
from repayments.models import Line as BookLine

CELLS = ("pk", "number", "iou_number", "applicant__name", "bank_id", "borrower_kind", "disbursed_on", "principal")


def backed(days: Days, *, banks: Collection[int], loan: Loan | None = None) -> list[Backed]:
    """The loans at these banks that were lent in these days or stood in the book then, by IOU number.

    Balances go by value date, as on the fund page. A reversal has the value date of what it undoes, so an undone disbursement nets to nothing.
    """
    asked = Q(bank__in=banks) & (Q(pk=loan.pk) if loan else Q())
    balances = _balances(days, asked)
    standing = [pk for pk, found in balances.items() if any(balance for _day, balance in found)]
    found = Loan.objects.filter(asked).filter(Q(pk__in=standing) | Q(disbursed_on__range=days)).order_by("iou_number", "pk")
    return [_backed(cells, balances.get(cells[0], [])) for cells in found.values_list(*CELLS)]


def _balances(days: Days, asked: Q) -> dict[int, list[tuple[date, Decimal]]]:
    """{loan: [(from this day on, balance)]}; what moved before the first day is in the first balance."""
    lines = BookLine.objects.filter(account=Account.PRINCIPAL, entry__value_date__lte=days.last, loan__in=Loan.objects.filter(asked).order_by().values("pk"))
    day = Greatest("entry__value_date", Value(days.first, DateField()))
    moved = lines.order_by().annotate(day=day).values_list("loan", "day").annotate(sum=Sum("amount")).order_by("loan", "day")
    grouped = ((pk, [row[1:] for row in rows]) for pk, rows in groupby(moved, key=itemgetter(0)))
    return {pk: list(zip([day for day, _sum in rows], accumulate(moved for _day, moved in rows), strict=True)) for pk, rows in grouped}


def _backed(cells: tuple[Any, ...], balances: list[tuple[date, Decimal]]) -> Backed:
    pk, number, iou, borrower, bank_id, kind, lent_on, lent = cells
    return Backed(pk, number, iou or "", borrower, bank_id, kind == BorrowerKind.ENTERPRISE, lent_on, lent or Decimal("0.00"), balances)
