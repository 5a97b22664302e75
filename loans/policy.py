"""What the documents in force allow one borrower on one day: dated rows merged cell by cell (facts.md §0). No database, no clock.

Amounts are yuan, shares and rates of compensation parts of 1, terms months.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Regime(StrEnum):
    """Which documents' subsidy a contract falls under (facts.md §3.4)."""

    A = "A"  # 银发〔2002〕394号: all interest
    A_HALF = "A'"  # 银发〔2006〕5号: half of it
    B = "B"  # 银发〔2008〕238号: all interest, rate up to benchmark + 3
    B_HALF = "B'"  # local documents on women: half of it
    C = "C"  # 银发〔2004〕51号, firms: half the benchmark
    D = "D"  # 国发〔2015〕23号: all interest
    E = "E"  # 财金〔2016〕85号: all, two thirds, one third by year
    F = "F"  # 财金〔2016〕85号, firms: half the LPR
    G = "G"  # 财金〔2020〕21号, from 2021: what lies above LPR - 1.5 points
    H = "H"  # 财金〔2023〕75号: half of it


NEEDS_MICRO_PROFIT = (Regime.A, Regime.A_HALF, Regime.B, Regime.B_HALF)


class Level(StrEnum):
    """Whose document a row comes from; of one day's rows that fill a cell, the nearest counts."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    LOCAL = "local"


class Status(StrEnum):
    """How sure a row is: an unconfirmed one counts with a warning, one whose text is missing only warns."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    TEXT_MISSING = "text_missing"


LEVELS = tuple(Level)  # national first: of equal caps it is the one named
OVER_100 = 101  # the smallest staff of an enterprise “over 100”


@dataclass(frozen=True)
class Rule:
    """One row of policy_rules.csv. A cell that is None says nothing; groups, where any, are the only ones it speaks for."""

    document_no: str
    effective_from: date
    level: Level
    borrower_kind: str
    status: Status
    groups: frozenset[str] = frozenset()
    lending_cap_yuan: Decimal | None = None
    per_partner_cap_yuan: Decimal | None = None
    term_months: int | None = None
    extension_months: int | None = None
    rate_ceiling: str | None = None
    subsidy_regime: Regime | None = None
    finance_split: str | None = None
    leverage: Decimal | None = None
    suspend_compensation_rate: Decimal | None = None
    new_hire_share: Decimal | None = None
    new_hire_share_over_100: Decimal | None = None
    lower_share_from: int | None = None  # staff from which the lower share applies, where the text says otherwise than "over 100"
    note: str = ""


class Cell(NamedTuple, Generic[T]):
    """A value, and the row that it comes from."""

    value: T
    rule: Rule


class Doubt(NamedTuple):
    """A row that was met and is not certain: an administrator and a second person should confirm it with the paper."""

    document_no: str
    effective_from: date
    status: Status
    note: str


@dataclass(frozen=True)
class Terms:
    """What holds for one borrower, cell by cell; None where no document says anything."""

    lending_cap: Cell[Decimal] | None
    subsidised_cap: Cell[Decimal] | None
    per_partner_cap: Cell[Decimal] | None
    subsidised_per_partner_cap: Cell[Decimal] | None
    term_months: Cell[int] | None
    extension_months: Cell[int] | None
    rate_ceiling: Cell[str] | None
    subsidy_regime: Cell[Regime] | None
    finance_split: Cell[str] | None
    leverage: Cell[Decimal] | None
    suspend_compensation_rate: Cell[Decimal] | None
    new_hire_share: Cell[Decimal] | None
    new_hire_share_over_100: Cell[Decimal] | None
    warnings: tuple[Doubt, ...] = ()

    def cap(self, partners: int | None = None) -> Decimal | None:
        """The most that may be lent in yuan, of partners all together; None where no document sets a figure."""
        return _within(self.lending_cap, self.per_partner_cap, partners)

    def capped_for_subsidy(self, principal: Decimal, partners: int | None = None) -> Decimal:
        """The part of a loan in yuan that can carry subsidy: what the national documents cover."""
        cap = _within(self.subsidised_cap, self.subsidised_per_partner_cap, partners)
        return principal if cap is None else min(principal, cap)

    def regime(self, *, micro_profit: bool) -> Regime | None:
        """The subsidy regime of a contract under these terms; None: no subsidy. A, A', B and B' need a micro-profit project."""
        regime = self.subsidy_regime and self.subsidy_regime.value
        return None if regime in NEEDS_MICRO_PROFIT and not micro_profit else regime

    def hires_needed(self, staff: int) -> Cell[Decimal] | None:
        """The share of new hires that an enterprise with so many in post needs, with its row; "over 100" leaves exactly 100 in the higher class."""
        lower = self.new_hire_share_over_100
        return lower if lower and staff >= (lower.rule.lower_share_from or OVER_100) else self.new_hire_share

    def as_data(self) -> dict[str, Any]:
        """The terms as plain data, to be kept with the case that was decided under them."""
        cells = {name: getattr(self, name) for name in CELLS}
        return {name: _plain(cell) for name, cell in cells.items() if cell} | {"warnings": [_plain_doubt(doubt) for doubt in self.warnings]}


BY_CONTRACT = ("rate_ceiling", "subsidy_regime", "finance_split")  # fixed by the contract day; all others by the application day
CELLS = tuple(field.name for field in fields(Terms) if field.name != "warnings")


def terms(rules: Sequence[Rule], *, kind: str, groups: Iterable[str], application_on: date, contract_on: date | None = None) -> Terms:
    """What holds for a borrower of this kind in these groups (facts.md §0).

    The application day decides caps, term and new-hire share, the contract day the rate ceiling and the subsidy regime.
    """
    groups = frozenset(groups)
    asked = _speaking(rules, kind, groups, application_on)
    signed = _speaking(rules, kind, groups, contract_on or application_on)
    near = [[rule for rule in asked if rule.level == level] for level in LEVELS]
    regime = _latest(signed, lambda rule: rule.subsidy_regime)
    found = Terms(
        lending_cap=_largest(_cap(rows, groups, lambda rule: rule.lending_cap_yuan) for rows in near),
        subsidised_cap=_cap(near[0], groups, lambda rule: rule.lending_cap_yuan),
        per_partner_cap=_largest(_cap(rows, groups, lambda rule: rule.per_partner_cap_yuan) for rows in near),
        subsidised_per_partner_cap=_cap(near[0], groups, lambda rule: rule.per_partner_cap_yuan),
        term_months=_latest(asked, lambda rule: rule.term_months),
        extension_months=_latest(asked, lambda rule: rule.extension_months),
        rate_ceiling=_latest(signed, lambda rule: rule.rate_ceiling),
        subsidy_regime=regime,
        finance_split=_latest([rule for rule in signed if regime and rule.subsidy_regime == regime.value], lambda rule: rule.finance_split),
        leverage=_latest(asked, lambda rule: rule.leverage),
        suspend_compensation_rate=_latest(asked, lambda rule: rule.suspend_compensation_rate),
        new_hire_share=_latest(asked, lambda rule: rule.new_hire_share),
        new_hire_share_over_100=_latest(asked, lambda rule: rule.new_hire_share_over_100),
    )
    last = max(application_on, contract_on or application_on)
    unread = [rule for rule in rules if rule.status == Status.TEXT_MISSING and rule.borrower_kind == kind and rule.effective_from <= last]
    return replace(found, warnings=_doubts(found, asked, unread))


def _speaking(rules: Iterable[Rule], kind: str, groups: frozenset[str], on: date) -> list[Rule]:
    """The rows that say something to this borrower on this day."""
    return [
        rule
        for rule in rules
        if rule.borrower_kind == kind and rule.effective_from <= on and rule.status != Status.TEXT_MISSING and (not rule.groups or rule.groups & groups)
    ]


def _latest(rules: Iterable[Rule], cell: Callable[[Rule], T | None]) -> Cell[T] | None:
    """The latest row that fills the cell; on one day one that names a group before the general one, the nearer office before the farther."""
    filled = [Cell(value, rule) for rule in rules if (value := cell(rule)) is not None]
    return max(filled, key=lambda found: (found.rule.effective_from, bool(found.rule.groups), LEVELS.index(found.rule.level)), default=None)


def _cap(rules: Sequence[Rule], groups: frozenset[str], cell: Callable[[Rule], Decimal | None]) -> Cell[Decimal] | None:
    """The best cap of any of the borrower's groups; one without a row of its own stands under the general row."""
    general = _latest([rule for rule in rules if not rule.groups], cell)
    own = [_latest([rule for rule in rules if group in rule.groups], cell) for group in sorted(groups)]
    return _largest([general, *own] if not own or None in own else [_not_undone(cap, general) for cap in own])


def _not_undone(own: Cell[Decimal] | None, general: Cell[Decimal] | None) -> Cell[Decimal] | None:
    """A group's cap stays when a general row follows, as long as it is the better one."""
    if own and general and general.rule.effective_from > own.rule.effective_from:
        return _largest([general, own])
    return own


def _largest(caps: Iterable[Cell[Decimal] | None]) -> Cell[Decimal] | None:
    return max((cap for cap in caps if cap), key=lambda cap: cap.value, default=None)


def _within(cap: Cell[Decimal] | None, each: Cell[Decimal] | None, partners: int | None) -> Decimal | None:
    figures = [*([cap.value] if cap else []), *([each.value * partners] if each and partners else [])]
    return min(figures, default=None)


def _doubts(found: Terms, asked: Sequence[Rule], unread: Sequence[Rule]) -> tuple[Doubt, ...]:
    """The rows behind these terms that are not certain, those whose text is missing, and the founding row where no text sets a cap."""
    used = [cell.rule for name in CELLS if (cell := getattr(found, name)) and cell.rule.status == Status.UNCONFIRMED]
    silent = sorted(asked, key=lambda rule: rule.effective_from)[:1] if found.cap(partners=1) is None else []
    rows = sorted({*used, *unread, *silent}, key=lambda rule: (rule.effective_from, rule.document_no, rule.note))
    return tuple(Doubt(rule.document_no, rule.effective_from, rule.status, rule.note) for rule in rows)


def _plain(cell: Cell[Any]) -> dict[str, str]:
    return {
        "value": str(cell.value),
        "document": cell.rule.document_no,
        "status": str(cell.rule.status),
        "since": cell.rule.effective_from.isoformat(),
    }


def _plain_doubt(doubt: Doubt) -> dict[str, str]:
    return {"document": doubt.document_no, "since": doubt.effective_from.isoformat(), "status": str(doubt.status), "note": doubt.note}
