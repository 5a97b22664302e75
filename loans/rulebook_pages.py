"""The rule book as its pages show it: what holds on a day, for whom it differs, what changed between two days, what a document fills."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from applicants.models import Group
from loans import fee_words, lending_rules, policy, rulebook, terms_words
from loans.forms.rules import groups_for
from loans.models import BorrowerKind
from loans.policy import CELLS, Cell, Doubt, Rule, Terms
from loans.rates import Rates
from loans.shipped_notes import note_words
from loans.terms_words import Said

TERM = 24  # months, where no document names a term
EVERYBODY = ""


@dataclass(frozen=True)
class ForGroup:
    """What holds for one group, by cell, where it differs from what holds for everybody."""

    code: str
    label: Any
    lines: dict[str, Said]


@dataclass(frozen=True)
class Changed:
    """One cell that says something else, or by another document, than it did."""

    kind: Any
    group: Any
    label: Any
    before: Said | None
    after: Said | None


@dataclass(frozen=True)
class Book:
    """All rules and rates, read once."""

    rules: Sequence[Rule]
    rates: Rates

    @classmethod
    def read(cls):
        return cls(rulebook.rules(), rulebook.all_rates())

    def terms(self, kind: str, groups: Iterable[str], on: date, contract_on: date | None = None) -> Terms:
        return policy.terms(self.rules, kind=str(kind), groups=groups, application_on=on, contract_on=contract_on)

    def lines(self, terms: Terms, on: date) -> list[Said]:
        months = terms.term_months.value if terms.term_months else TERM
        return terms_words.said(terms.as_data(), rates=self.rates, on=on, term=months, whole=True)

    def by_cell(self, kind: str, groups: Iterable[str], on: date) -> dict[str, Said]:
        return {line.name: line for line in self.lines(self.terms(kind, groups, on), on)}


def in_force(*, kind, groups, on, contract_on=None):
    """What holds for such a borrower, line by line, and how the groups of that day differ."""
    book = Book.read()
    terms = book.terms(kind, groups, on, contract_on)
    everybody = book.by_cell(kind, [], on)
    apart = [ForGroup(code, Group(code).label, book.by_cell(kind, [code], on)) for code in groups_for(kind, on)]
    return {
        "lines": book.lines(terms, contract_on or on),
        "warnings": terms.warnings,
        "fees": fee_words.in_force(on),
        "everybody": ForGroup(EVERYBODY, "", everybody),
        "apart": [group for group in apart if _said(group.lines) != _said(everybody)],
        "alike": [group.label for group in apart if _said(group.lines) == _said(everybody)],
    }


def changed(first: date, last: date) -> list[Changed]:
    """Every cell that holds otherwise on the last day than on the first: for everybody, then for groups where it is not the same change."""
    book = Book.read()
    found = []
    for kind in BorrowerKind:
        general = _differences(book, kind, [], first, last)
        found += [Changed(kind.label, "", label, *pair) for label, pair in _labelled(general)]
        for code in groups_for(kind, last):
            own = _differences(book, kind, [code], first, last)
            special = {name: pair for name, pair in own.items() if _pair(pair) != _pair(general.get(name, (None, None)))}
            found += [Changed(kind.label, Group(code).label, label, *pair) for label, pair in _labelled(special)]
    return found


def other_changes(first: date, last: date) -> dict[str, Any]:
    """Rates, ages, trades, rewards and fees on both days."""
    before, after = lending_rules.in_force(first), lending_rules.in_force(last)
    was, now = ({trade.word for trade in rules.trades} for rules in (before, after))
    ages = None if before.ages == after.ages else (before.ages, after.ages)
    return {
        "rates": _rate_changes(first, last),
        "ages": ages,
        "trades_added": sorted(now - was),
        "trades_lifted": sorted(was - now),
        "fees": fee_words.changed(first, last),
    }


def row_lines(rule: Rule) -> list[Said]:
    """What one row says, in the words of the rule card; a ceiling as its formula, whatever rates follow."""
    empty = Terms(**dict.fromkeys(CELLS))
    cells = {name.removesuffix("_yuan"): getattr(rule, name) for name in vars(rule)}
    filled = {name: Cell(cells[name], rule) for name in CELLS if cells.get(name) is not None}
    data = replace(empty, **filled).as_data()
    return terms_words.said(data, rates=Rates([], []), on=rule.effective_from, term=rule.term_months or TERM, whole=True)


def doubts(warnings: Iterable[Doubt], *, missing: bool) -> list[Doubt]:
    """The rows that were met and are not certain: those whose text is missing, or the others."""
    return [doubt._replace(note=note_words(doubt.note)) for doubt in warnings if (doubt.status == policy.Status.TEXT_MISSING) == missing]


def _differences(book, kind, groups, first, last):
    before, after = book.by_cell(kind, groups, first), book.by_cell(kind, groups, last)
    pairs = {name: (before.get(name), after.get(name)) for name in terms_words.LINES}
    return {name: pair for name, pair in pairs.items() if _key(pair[0]) != _key(pair[1])}


def _labelled(pairs):
    return [(terms_words.LINES[name][0], pair) for name, pair in pairs.items()]


def _key(line):
    return line and (line.value, line.document)


def _pair(pair):
    return tuple(map(_key, pair))


def _said(lines):
    return {name: _key(line) for name, line in lines.items()}


def _rate_changes(first, last):
    """(label, before, after) of the benchmark columns and the quoted rates."""
    found = rulebook.all_rates()
    was, now = (_rates_on(found, day) for day in (first, last))
    return [(terms_words.RATES[name], was.get(name), now.get(name)) for name in terms_words.RATES if was.get(name) != now.get(name)]


def _rates_on(found, day):
    benchmark = max((row for row in found.benchmarks if row.effective_from <= day), default=None)
    quoted = sorted(row for row in found.references if row.effective_from <= day)
    named = benchmark._asdict() if benchmark else {}
    return named | {row.series: row.percent for row in quoted}
