"""What was corrected after the ledger before was issued, and the entries behind it (domain.md §5)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from repayments.half_year.period import Period
from repayments.models import Account, Entry, HalfYearLedger, HalfYearLine


def issued_before(period: Period) -> HalfYearLedger | None:
    """The issued ledger of the half-year before."""
    return HalfYearLedger.objects.filter(period=str(period.previous), issued_on__isnull=False).first()


def dropped(period: Period, lines: Iterable[HalfYearLine]) -> list[dict[str, Any]]:
    """Loans that the ledger before closed with a balance and that were, as now known, fully repaid by then: no line shows them any more."""
    here = {line.loan_id for line in lines}
    before = HalfYearLine.objects.filter(ledger__period=str(period.previous), ledger__issued_on__isnull=False, closing__gt=0)
    return [
        {"loan_id": line.loan_id, "bank_id": line.bank_id, "iou": line.iou, "borrower": line.borrower, "adjustment": str(-line.closing)}
        for line in before.order_by("iou")
        if line.loan_id not in here
    ]


def entries_behind(period: Period, loan_ids: Iterable[int]) -> QuerySet[Entry]:
    """The entries that change what the ledger before said of these loans: booked after its issue, with a value date not after its last day."""
    before = issued_before(period)
    if before is None:
        return Entry.objects.none()
    accounts = Q(lines__account__in=[Account.PRINCIPAL, Account.OWED_TO_FUND], lines__loan__in=loan_ids)
    late = Entry.objects.filter(accounts, pk__gt=before.last_entry, value_date__lte=before.last_day)
    return late.select_related("bank", "booked_by").prefetch_related("lines").distinct()


def bridge(ledger: HalfYearLedger, lines: Iterable[HalfYearLine]) -> dict[str, Decimal] | None:
    """From the closing as issued before to this opening: closing + first entries + adjustments; None where nothing was issued before."""
    before = issued_before(Period.parse(ledger.period))
    if before is None:
        return None
    lines = list(lines)
    gone = sum((Decimal(row["adjustment"]) for row in ledger.dropped), Decimal(0))
    return {
        "closing_before": sum(before.lines.values_list("closing", flat=True), Decimal(0)),
        "first_entries": sum((line.opening for line in lines if line.first_entry), Decimal(0)),
        "adjustments": sum((line.adjustment for line in lines), gone),
        "opening": sum((line.opening for line in lines), Decimal(0)),
    }
