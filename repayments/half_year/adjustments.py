"""What was corrected after the ledger before was issued, and the entries behind it (domain.md §5)."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from repayments.half_year.period import Period
from repayments.models import Account, Entry, HalfYearLedger, HalfYearLine, Line
from staff.models import Bank

OWED = (Account.PRINCIPAL, Account.OWED_TO_FUND)


class Adjusted(NamedTuple):
    """A loan that opens otherwise than it was closed, and why."""

    iou: str
    borrower: str
    bank: Bank
    adjustment: Decimal
    gone: bool
    entries: list[Entry]


class Bridge(NamedTuple):
    """From the closing as issued before to this opening: closing + first entries + adjustments, in yuan."""

    closing_before: Decimal
    first_entries: Decimal
    adjustments: Decimal
    opening: Decimal


class Annex(NamedTuple):
    """How this ledger follows from the one before, and the loans that were corrected between the two."""

    bridge: Bridge
    adjusted: list[Adjusted]

    @property
    def rows(self) -> list[tuple[Adjusted, Entry | None, bool]]:
        """One a paper row: the loan, an entry behind its adjustment, and whether this is the loan's first row."""
        return [(loan, entry, place == 0) for loan in self.adjusted for place, entry in enumerate(loan.entries or [None])]


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


def annex(ledger: HalfYearLedger, lines: Iterable[HalfYearLine], bank_id: int | None = None) -> Annex | None:
    """What the corrections come to, of all banks or of one whose lines these are; None where nothing was issued before."""
    lines, gone = list(lines), [row for row in ledger.dropped if bank_id in (None, row["bank_id"])]
    before = issued_before(Period.parse(ledger.period))
    if before is None:
        return None
    closed = before.lines.all() if bank_id is None else before.lines.filter(bank=bank_id)
    return Annex(_bridge(closed, lines, gone), _adjusted(ledger, before, lines, gone))


def _adjusted(ledger: HalfYearLedger, before: HalfYearLedger, lines: Iterable[HalfYearLine], gone: Iterable[dict[str, Any]]) -> list[Adjusted]:
    """Those of these lines whose opening is not what was issued before, and the loans that went, bank by bank."""
    banks = Bank.objects.in_bulk()
    moved = [(line.loan_id, line.iou, line.borrower, line.bank_id, line.adjustment, False) for line in lines if line.adjustment]
    moved += [(row["loan_id"], row["iou"], row["borrower"], row["bank_id"], Decimal(row["adjustment"]), True) for row in gone]
    behind = _entries_behind(ledger, before, [loan for loan, *_rest in moved])
    found = [Adjusted(iou, borrower, banks[bank], amount, left, behind[loan]) for loan, iou, borrower, bank, amount, left in moved]
    return sorted(found, key=lambda row: (row.bank.order, row.bank.pk, row.iou))


def _entries_behind(ledger: HalfYearLedger, before: HalfYearLedger, loan_ids: list[int]) -> dict[int, list[Entry]]:
    """By loan: the entries that change what the ledger before said of it, booked after its issue with a value date not after its last day."""
    late = Line.objects.filter(
        loan__in=loan_ids, account__in=OWED, entry__pk__range=(before.last_entry + 1, ledger.last_entry), entry__value_date__lte=before.last_day
    )
    moved = {(row["loan"], row["entry"]): row["sum"] for row in late.order_by("entry").values("loan", "entry").annotate(sum=Sum("amount"))}
    entries = Entry.objects.select_related("booked_by").in_bulk({entry for _loan, entry in moved})
    found: dict[int, list[Entry]] = defaultdict(list)
    for (loan, key), amount in moved.items():
        entry = copy(entries[key])  # one entry may stand behind several loans
        entry.moved = amount
        found[loan].append(entry)
    return found


def _bridge(closed: QuerySet[HalfYearLine], lines: list[HalfYearLine], gone: Iterable[dict[str, Any]]) -> Bridge:
    known = dict(closed.values_list("loan", "closing"))
    return Bridge(
        closing_before=sum(known.values(), Decimal(0)),
        first_entries=sum((line.opening for line in lines if line.first_entry and line.loan_id not in known), Decimal(0)),
        adjustments=sum((line.adjustment for line in lines), sum((Decimal(row["adjustment"]) for row in gone), Decimal(0))),
        opening=sum((line.opening for line in lines), Decimal(0)),
    )
