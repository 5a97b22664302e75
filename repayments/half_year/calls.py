"""电话催收单: whom each officer telephones in the coming half-year, month by month, community by community."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.utils import translation

from repayments.half_year import plan
from repayments.half_year.pdf import STYLE, Told, nobody
from repayments.half_year.period import Period
from repayments.models import HalfYearDue, HalfYearLedger
from staff.papers import pdf_in_pieces


class Month(NamedTuple):
    """One officer's calls of one month, by community, and what they are to bring."""

    officer: str
    first: Any
    communities: list[tuple[str, list[HalfYearDue]]]
    sums: plan.Sum


@translation.override("zh-hans")
def calls_pdf(ledger: HalfYearLedger, dues: Iterable[HalfYearDue], *, told: Told = nobody) -> bytes:
    """The call list of these due days. Dues need their banks at hand."""
    around = {"ledger": ledger, "coming": Period.parse(ledger.period).next}
    months = list(_months(plan.calls(dues)))
    pieces = [("papers/half_year_calls.html", around | {"month": month}) for month in months]
    return pdf_in_pieces(pieces or [("papers/half_year_calls.html", around | {"month": None})], style=STYLE, told=told)


def _months(dues: Iterable[HalfYearDue]) -> Iterator[Month]:
    ordered = sorted(dues, key=lambda due: (due.officer, due.due.replace(day=1), due.community, due.due, due.iou))
    for (officer, first), own in groupby(ordered, key=lambda due: (due.officer, due.due.replace(day=1))):
        theirs = list(own)
        communities = [(name, list(rows)) for name, rows in groupby(theirs, key=lambda due: due.community)]
        yield Month(officer, first, communities, plan.add_up("合计", theirs))
