"""Rewards and fees as the rule book says them: which part of what, who bears it, for whom, by which document."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.fees import Book, Kind, Rate
from loans.models import FeeRule
from loans.shipped_notes import note_words
from loans.terms_words import payers

BASES = {
    Kind.REWARD: _("%(percent)s%% of the year's new loans"),
    Kind.GUARANTEE_FEE: _("%(percent)s%% a year of the guaranteed balance, day by day"),
    Kind.HANDLING_FEE: _("%(percent)s%% of what is lent to enterprises, by quarter"),
}
RECEIVERS = {
    Kind.REWARD: _("guarantee agency, banks and credit communities"),
    Kind.GUARANTEE_FEE: _("guarantee agency"),
    Kind.HANDLING_FEE: _("handling bank"),
}


@dataclass(frozen=True)
class SaidFee:
    """One row in words; `value`, `document` and `unconfirmed` as the lines of the rule card have them."""

    rate: Rate

    @property
    def label(self) -> Any:
        return self.rate.kind.label

    @property
    def value(self) -> str:
        if self.rate.percent is None:
            return _gettext("not known: the text is missing")
        return str(BASES[self.rate.kind]) % {"percent": f"{self.rate.percent.normalize():f}"}

    @property
    def borne_by(self) -> str:
        return payers(self.rate.split) if self.rate.split else ""

    @property
    def receiver(self) -> Any:
        return RECEIVERS[self.rate.kind]

    @property
    def document(self) -> str:
        return self.rate.document

    @property
    def unconfirmed(self) -> bool:
        return self.rate.unconfirmed

    @property
    def note(self) -> str:
        return note_words(self.rate.note)


def in_force(on: date) -> list[SaidFee]:
    """What holds on a day, kind by kind; after it what speaks of it without its text."""
    book = Book.on_record()
    return [SaidFee(rate) for kind in Kind for rate in (*book.holding(kind, on, on), *book.missing(kind, on, on))]


def changed(first: date, last: date) -> list[tuple[Any, SaidFee | None, SaidFee | None]]:
    """(kind, before, after) where another row holds on the last day than on the first."""
    book = Book.on_record()
    pairs = [(kind, book.on(kind, first), book.on(kind, last)) for kind in Kind]
    return [(kind.label, before and SaidFee(before), after and SaidFee(after)) for kind, before, after in pairs if before != after]


def said(row: FeeRule) -> SaidFee:
    """Any row in words, whether it counts or not."""
    return SaidFee(Rate.of(row))
