"""The ledger on paper: A3 sheets of lines, then businesses, plan, totals and signatures. In Chinese, whoever prints it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import translation

from repayments.half_year import plan, sheets, totals
from repayments.half_year.foot import Foot, total
from repayments.half_year.period import Period
from repayments.models import HalfYearDue, HalfYearLedger, HalfYearLine
from staff.papers import pdf_in_pieces

STYLE = "css/paper_half_year.css"
UNVISITED_AT_FIRST, UNVISITED_ON_A_PAGE = 74, 90  # in two columns; the first page holds the states too
Told = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    """Where nobody listens."""


@translation.override("zh-hans")
def ledger_pdf(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue], *, told: Told = nobody) -> bytes:
    """The whole ledger. Lines and dues need their banks at hand."""
    pages = list(_pages(ledger, lines, dues))
    around = {"ledger": ledger, "period": Period.parse(ledger.period), "pages": len(pages)}
    pieces = [(template, around | {"page": number} | context) for number, (template, context) in enumerate(pages, 1)]
    return pdf_in_pieces(pieces, style=STYLE, told=told)


def _pages(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Template and context, page by page."""
    for sheet in sheets.sheets(lines):
        yield "papers/half_year_sheet.html", {"sheet": sheet}
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
    yield "papers/half_year_plan.html", {"coming": Period.parse(ledger.period).next, "sums": plan.add_up("合计", dues), "by": _plan_tables(dues)}
    feet = [Foot.from_data(row) for row in ledger.foot]
    by_bank, by_group, by_community, by_bucket = totals.tables(lines)
    yield (
        "papers/half_year_totals.html",
        {"by_bank": by_bank, "by_bucket": by_bucket, "by_group": by_group, "by_community": by_community, "feet": feet, "all": total(feet)},
    )


def _plan_tables(dues: Sequence[HalfYearDue]) -> list[tuple[str, str, list[plan.Sum]]]:
    return [
        ("按月", "month", plan.by_month(dues)),
        ("按经办员", "name", plan.by_officer(dues)),
        ("按社区", "name", plan.by_community(dues)),
    ]
