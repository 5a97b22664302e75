"""Which line of a bank's statement answers to which line of the book. No database, no clock."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

DAYS_APART = 5  # the bank may book a paper some days before or after the office


class Line(NamedTuple):
    """One line of either side: money in is plus, money out is minus; `text` holds the document's number where it has one."""

    key: int
    day: date
    amount: Decimal
    text: str


def match(bank: Iterable[Line], book: Iterable[Line]) -> list[tuple[Line, Line]]:
    """Pairs of equal amount a few days apart at most: those whose document the bank names first, then the nearest days; each line once."""
    bank, book = list(bank), list(book)
    nearest = sorted(
        (
            (not _named(ours, theirs), abs((theirs.day - ours.day).days), theirs.day, at, number)
            for at, theirs in enumerate(bank)
            for number, ours in _fitting(theirs, book)
        )
    )
    pairs, used_bank, used_book = [], set(), set()
    for _named_first, _apart, _day, at, number in nearest:
        if at not in used_bank and number not in used_book:
            used_bank.add(at)
            used_book.add(number)
            pairs.append((bank[at], book[number]))
    return pairs


def _fitting(theirs, book):
    return ((n, ours) for n, ours in enumerate(book) if ours.amount == theirs.amount and abs((theirs.day - ours.day).days) <= DAYS_APART)


def _named(ours, theirs):
    """Does the bank's text hold the number of our document?"""
    return bool(ours.text) and ours.text.replace(" ", "") in theirs.text.replace(" ", "")
