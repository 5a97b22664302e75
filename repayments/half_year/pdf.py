"""The ledger on paper: A3 sheets of lines, then businesses, plan, totals and signatures. In Chinese, whoever prints it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import translation

from repayments.half_year import plan, sheets, totals
from repayments.half_year.adjustments import Annex
from repayments.half_year.foot import Foot, total
from repayments.half_year.period import Period
from repayments.models import HalfYearDue, HalfYearLedger, HalfYearLine
from staff.papers import pdf_in_pieces

STYLE = "css/paper_half_year.css"
UNVISITED_AT_FIRST, UNVISITED_ON_A_PAGE = 74, 90  # in two columns; the first page holds the states too
ADJUSTED_ON_A_PAGE = 32  # leaves room for notes that take two lines
Told = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    """Where nobody listens."""


@translation.override("zh-hans")
def ledger_pdf(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue], annex: Annex | None = None, *, told: Told = nobody) -> bytes:
    """The whole ledger. Lines and dues need their banks at hand."""
    pages = list(_pages(ledger, lines, dues, annex))
    around = {"ledger": ledger, "period": Period.parse(ledger.period), "pages": len(pages)}
    pieces = [(template, around | {"page": number} | context) for number, (template, context) in enumerate(pages, 1)]
    return pdf_in_pieces(pieces, style=STYLE, told=told)


def _pages(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue], annex: Annex | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Template and context, page by page."""
    for sheet in sheets.sheets(lines):
        yield "papers/half_year_sheet.html", {"sheet": sheet}
    for adjusted in _adjusted(annex) if annex else ():
        yield "papers/half_year_adjustments.html", adjusted
    yield from _businesses(lines)
    yield "papers/half_year_plan.html", {"coming": Period.parse(ledger.period).next, "sums": plan.add_up("合计", dues), "by": _plan_tables(dues)}
    feet = [Foot.from_data(row) for row in ledger.foot]
    by_bank, by_group, by_community, by_bucket = totals.tables(lines)
    yield (
        "papers/half_year_totals.html",
        {"by_bank": by_bank, "by_bucket": by_bucket, "by_group": by_group, "by_community": by_community, "feet": feet, "all": total(feet)},
    )


def _adjusted(annex: Annex) -> Iterator[dict[str, Any]]:
    """The annex of adjustments, page by page; the first one begins with the bridge from the ledger before."""
    rows = annex.rows
    summed = {"loans": len(annex.adjusted), "sum": annex.bridge.adjustments}
    for start in range(0, max(len(rows), 1), ADJUSTED_ON_A_PAGE):
        end = start + ADJUSTED_ON_A_PAGE
        yield {"bridge": None if start else annex.bridge, "rows": rows[start:end], "is_last": end >= len(rows)} | summed


def _businesses(lines: Sequence[HalfYearLine]) -> Iterator[tuple[str, dict[str, Any]]]:
    """How the businesses do, and which were not visited."""
    unvisited = sorted((line for line in lines if not line.visits), key=lambda line: (line.community, line.iou))
    settled = sum(not line.closing for line in unvisited)
    starts = [0, *range(UNVISITED_AT_FIRST, len(unvisited), UNVISITED_ON_A_PAGE)]
    batches = [unvisited[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    for place, batch in enumerate(batches):
        half = -(-len(batch) // 2)
        yield (
            "papers/half_year_businesses.html",
            {"states": totals.by_state(lines) if place == 0 else None, "columns": [batch[:half], batch[half:]], "unvisited": unvisited, "settled": settled},
        )


def _plan_tables(dues: Sequence[HalfYearDue]) -> list[tuple[str, str, list[plan.Sum]]]:
    return [
        ("按月", "month", plan.by_month(dues)),
        ("按经办员", "name", plan.by_officer(dues)),
        ("按社区", "name", plan.by_community(dues)),
    ]
