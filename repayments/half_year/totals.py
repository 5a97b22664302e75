"""The repayment lines added up: by bank, group, community and bucket, and by state of business."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from repayments.half_year.columns import BUCKET_WORDS
from repayments.models import HalfYearLine, Visit

AMOUNTS = ("principal", "opening", "arrears_brought", "due", "paid", "closing", "arrears", "due_next")
UNKNOWN = _("Never visited")


class Total(NamedTuple):
    """Some lines added up, in yuan."""

    name: Any
    lines: int
    first_entries: int
    late: int
    workers: int
    jobs: int
    principal: Decimal
    opening: Decimal
    arrears_brought: Decimal
    due: Decimal
    paid: Decimal
    closing: Decimal
    arrears: Decimal
    due_next: Decimal


class Table(NamedTuple):
    """One way of adding the lines up, and all of them together."""

    title: Any
    rows: list[Total]
    total: Total

    @property
    def shares(self) -> list[tuple[Total, Decimal]]:
        """Each row with its share of the lines."""
        return [(row, Decimal(row.lines) / self.total.lines) for row in self.rows]


def add_up(name: Any, lines: Iterable[HalfYearLine]) -> Total:
    """These lines as one row."""
    lines = list(lines)
    amounts = {amount: sum((getattr(line, amount) for line in lines), Decimal("0.00")) for amount in AMOUNTS}
    return Total(
        name=name,
        lines=len(lines),
        first_entries=sum(line.first_entry for line in lines),
        late=sum(line.arrears > 0 for line in lines),
        workers=sum(line.workers or 0 for line in lines),
        jobs=sum(line.jobs for line in lines),
        **amounts,
    )


def tables(lines: Sequence[HalfYearLine]) -> list[Table]:
    """The four totals of a ledger. Lines need their banks at hand."""
    banks = sorted({line.bank for line in lines}, key=lambda bank: bank.order)
    return [
        _table(_("By bank"), lines, lambda line: line.bank_id, {bank.pk: bank.name for bank in banks}),
        _table(_("By group"), lines, lambda line: line.group, dict(Group.choices)),
        _table(_("By community"), lines, lambda line: line.community, {name: name for name in sorted({line.community for line in lines})}),
        _table(_("By days overdue"), lines, lambda line: line.bucket, BUCKET_WORDS),
    ]


def by_state(lines: Sequence[HalfYearLine]) -> Table:
    """The state of the businesses as last visited."""
    return _table(_("By state of business"), lines, lambda line: line.business, {**dict(Visit.Business.choices), "": UNKNOWN})


def _table(title: Any, lines: Sequence[HalfYearLine], key: Callable[[HalfYearLine], Any], names: dict[Any, Any]) -> Table:
    groups: dict[Any, list[HalfYearLine]] = {code: [] for code in names}
    for line in lines:
        groups[key(line)].append(line)
    return Table(title, [add_up(names[code], own) for code, own in groups.items() if own], add_up(_("Total"), lines))
