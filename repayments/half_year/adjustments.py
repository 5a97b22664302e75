"""What was corrected after the ledger before was issued, and the entries behind it (domain.md §5)."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum

from repayments.half_year.period import Period
from repayments.models import Account, Entry, HalfYearLedger, HalfYearLine, Line

OWED = (Account.PRINCIPAL, Account.OWED_TO_FUND)


class Adjusted(NamedTuple):
    """A loan that opens otherwise than it was closed, and why."""

    iou: str
    borrower: str
    adjustment: Decimal
    gone: bool
    entries: list[Entry]


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


def adjusted(ledger: HalfYearLedger, lines: Iterable[HalfYearLine], gone: Iterable[dict[str, Any]]) -> list[Adjusted]:
    """Those of these lines whose opening is not what was issued before, and the loans that went, each with the entries behind it."""
    moved = [(line.loan_id, line.iou, line.borrower, line.adjustment, False) for line in lines if line.adjustment]
    moved += [(row["loan_id"], row["iou"], row["borrower"], Decimal(row["adjustment"]), True) for row in gone]
    behind = _entries_behind(ledger, [loan for loan, *_rest in moved])
    return [Adjusted(iou, borrower, amount, left, behind[loan]) for loan, iou, borrower, amount, left in moved]


def _entries_behind(ledger: HalfYearLedger, loan_ids: list[int]) -> dict[int, list[Entry]]:
    """By loan: the entries that change what the ledger before said of it, booked after its issue with a value date not after its last day."""
    before = issued_before(Period.parse(ledger.period))
    found: dict[int, list[Entry]] = defaultdict(list)
    if before is None or not loan_ids:
        return found
    late = Line.objects.filter(
        loan__in=loan_ids, account__in=OWED, entry__pk__range=(before.last_entry + 1, ledger.last_entry), entry__value_date__lte=before.last_day
    )
    moved = {(row["loan"], row["entry"]): row["sum"] for row in late.order_by("entry").values("loan", "entry").annotate(sum=Sum("amount"))}
    entries = Entry.objects.select_related("booked_by").in_bulk({entry for _loan, entry in moved})
    for (loan, key), amount in moved.items():
        entry = copy(entries[key])  # one entry may stand behind several loans
        entry.moved = amount
        found[loan].append(entry)
    return found


def bridge(ledger: HalfYearLedger, lines: Iterable[HalfYearLine]) -> dict[str, Decimal] | None:
    """From the closing as issued before to this opening: closing + first entries + adjustments; None where nothing was issued before."""
    before = issued_before(Period.parse(ledger.period))
    if before is None:
        return None
    lines, known = list(lines), set(before.lines.values_list("loan", flat=True))
    gone = sum((Decimal(row["adjustment"]) for row in ledger.dropped), Decimal(0))
    return {
        "closing_before": sum(before.lines.values_list("closing", flat=True), Decimal(0)),
        "first_entries": sum((line.opening for line in lines if line.first_entry and line.loan_id not in known), Decimal(0)),
        "adjustments": sum((line.adjustment for line in lines), gone),
        "opening": sum((line.opening for line in lines), Decimal(0)),
    }
