"""一户一页: what stands behind one line of the ledger, on one page: schedule, receipts and visits of the half-year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum
from django.utils import translation

from repayments.half_year.pdf import STYLE, Told, nobody
from repayments.half_year.period import Period
from repayments.models import Account, Entry, HalfYearLedger, HalfYearLine, Instalment, Line, Schedule, Visit
from repayments.queries import LENDING, Share, allocate
from staff.papers import pdf_in_pieces

CARDS_IN_A_PIECE = 20
SHOWN = {Account.PRINCIPAL: "principal", Account.INTEREST: "interest", Account.OWED_TO_FUND: "recovered"}


class Receipt(NamedTuple):
    """One entry of the half-year as it touched a loan: what was paid, in yuan; below zero where it was undone."""

    day: Any
    reference: str
    kind: str
    principal: Decimal
    interest: Decimal


class Card(NamedTuple):
    """One borrower's page."""

    line: HalfYearLine
    schedule: list[Share]
    receipts: list[Receipt]
    visits: list[Visit]


@translation.override("zh-hans")
def cards_pdf(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], *, told: Told = nobody) -> bytes:
    """The pages of these lines. Lines need their banks at hand."""
    batches = [lines[start : start + CARDS_IN_A_PIECE] for start in range(0, len(lines), CARDS_IN_A_PIECE)]
    around = {"ledger": ledger, "period": Period.parse(ledger.period)}
    pieces = [("papers/half_year_cards.html", around | {"cards": cards(ledger, batch)}) for batch in batches]
    return pdf_in_pieces(pieces, style=STYLE, told=told)


def cards(ledger: HalfYearLedger, lines: Iterable[HalfYearLine]) -> list[Card]:
    """What stands behind these lines, as the ledger knew it: a few queries for all of them."""
    lines = list(lines)
    loans = [line.loan_id for line in lines]
    rows, paid, receipts, visits = _rows(ledger, loans), _paid(ledger, loans), _receipts(ledger, loans), _visits(ledger, loans)
    return [Card(line, allocate(rows[line.loan_id], paid[line.loan_id], ledger.last_day), receipts[line.loan_id], visits[line.loan_id]) for line in lines]


def _rows(ledger: HalfYearLedger, loans: list[int]) -> dict[int, list[Instalment]]:
    """The schedule in force on the last day."""
    in_force = Schedule.objects.in_force(ledger.last_day).filter(loan__in=loans).distinct("loan_id")
    found = defaultdict(list)
    for row in Instalment.objects.filter(schedule__in=list(in_force.values_list("pk", flat=True))).select_related("schedule").order_by("sequence"):
        found[row.schedule.loan_id].append(row)
    return found


def _known(ledger: HalfYearLedger, loans: list[int]) -> QuerySet[Line]:
    """Lines of the book that the ledger knew of."""
    return Line.objects.filter(loan__in=loans, entry__value_date__lte=ledger.last_day, entry__pk__lte=ledger.last_entry)


def _paid(ledger: HalfYearLedger, loans: list[int]) -> dict[int, Decimal]:
    """Principal paid to date: it settles the oldest rows first."""
    lines = _known(ledger, loans).filter(account=Account.PRINCIPAL).exclude(LENDING)
    sums = {row["loan"]: -row["sum"] for row in lines.values("loan").annotate(sum=Sum("amount"))}
    return defaultdict(lambda: Decimal("0.00"), sums)


def _receipts(ledger: HalfYearLedger, loans: list[int]) -> dict[int, list[Receipt]]:
    """The entries of the half-year, oldest first."""
    lines = _known(ledger, loans).filter(entry__value_date__gte=ledger.first_day, account__in=SHOWN).exclude(LENDING)
    amounts: dict[tuple[int, Entry], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines.select_related("entry").order_by("entry__value_date", "entry_id"):
        amounts[line.loan_id, line.entry][SHOWN[Account(line.account)]] -= line.amount
    found = defaultdict(list)
    for (loan, entry), paid in amounts.items():
        principal = paid["principal"] or paid["recovered"]
        found[loan].append(Receipt(entry.value_date, entry.reference, Entry.Kind(entry.kind).label, principal, paid["interest"]))
    return found


def _visits(ledger: HalfYearLedger, loans: list[int]) -> dict[int, list[Visit]]:
    found = defaultdict(list)
    for visit in Visit.objects.filter(loan__in=loans, visit_day__range=(ledger.first_day, ledger.last_day)).order_by("visit_day", "id"):
        found[visit.loan_id].append(visit)
    return found
