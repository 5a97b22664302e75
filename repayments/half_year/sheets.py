"""The A3 sheets of the ledger: which lines stand on which page, and what each page adds up to and carries forward. No database."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any, NamedTuple

from repayments.half_year.columns import BY_NAME, words
from repayments.models import HalfYearLine

# The 16 columns: heading and fields, upper and lower; width in mm.
SHEET = (
    (("iou", "contract"), 27),
    (("borrower", "phone"), 24),
    (("venture", "group"), 45),
    (("community", "officer"), 18),
    (("maturity", "term_months"), 20),
    (("principal",), 24),
    (("opening",), 24),
    (("arrears_brought",), 22),
    (("due",), 22),
    (("paid",), 22),
    (("closing",), 24),
    (("arrears", "days_overdue"), 22),
    (("due_next",), 22),
    (("interest_due", "interest_received"), 22),
    (("subsidy", "adjustment"), 22),
    (("last_visit", "business"), 36),
)
SUMMED = (
    "principal",
    "opening",
    "arrears_brought",
    "due",
    "paid",
    "closing",
    "arrears",
    "due_next",
    "interest_due",
    "interest_received",
    "subsidy",
    "adjustment",
)
TEXT_LINES = 60  # of 8 pt that fit between head and sums of a page
CHARACTER_MM = 2.85  # a Chinese character of 8 pt; a letter or figure takes not quite six tenths of it
NARROW = 0.58
PADDING_MM = 1.6


class Sums(NamedTuple):
    """Some lines added up: how many, and each amount by its field."""

    lines: int
    amounts: dict[str, Decimal]

    def plus(self, other: "Sums") -> "Sums":
        return Sums(self.lines + other.lines, {name: amount + other.amounts[name] for name, amount in self.amounts.items()})


class Sheet(NamedTuple):
    """One page: the lines of one bank that stand on it, what came from its pages before, and what goes on."""

    bank: Any
    lines: list[HalfYearLine]
    brought: Sums | None  # None on the first page of a bank
    page: Sums
    carried: Sums
    is_last: bool  # of its bank: what is carried is the bank's total


NONE = Sums(0, dict.fromkeys(SUMMED, Decimal("0.00")))


def sheets(lines: Iterable[HalfYearLine]) -> list[Sheet]:
    """All pages, bank by bank in the banks' order; within a bank by IOU number. Lines need their banks at hand."""
    ordered = sorted(lines, key=lambda line: (line.bank.order, line.bank_id, line.iou))
    return [sheet for _bank, own in groupby(ordered, key=lambda line: line.bank_id) for sheet in _of_one_bank(list(own))]


def added(lines: Iterable[HalfYearLine]) -> Sums:
    """These lines added up."""
    lines = list(lines)
    return Sums(len(lines), {name: sum((getattr(line, name) for line in lines), Decimal("0.00")) for name in SUMMED})


def _of_one_bank(lines: Sequence[HalfYearLine]) -> Iterator[Sheet]:
    pages = list(_filled(lines))
    carried = NONE
    for place, page in enumerate(pages):
        brought, own = carried, added(page)
        carried = brought.plus(own)
        yield Sheet(page[0].bank, page, brought if place else None, own, carried, page is pages[-1])


def _filled(lines: Sequence[HalfYearLine]) -> Iterator[list[HalfYearLine]]:
    """The lines page by page: as many as fit, however long their names are."""
    page: list[HalfYearLine] = []
    room = TEXT_LINES
    for line in lines:
        height = text_lines(line)
        if height > room and page:
            yield page
            page, room = [], TEXT_LINES
        page.append(line)
        room -= height
    if page:
        yield page


def text_lines(line: HalfYearLine) -> int:
    """How many lines of text the tallest cell takes: two where nothing wraps."""
    return max(2, *(sum(_wrapped(str(words(BY_NAME[name], line)), width) for name in names) for names, width in SHEET[:4]))


def _wrapped(text: str, width: int) -> int:
    characters = sum(1 if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in text)
    return max(1, ceil(characters * CHARACTER_MM / (width - PADDING_MM)))
