"""账实核对: does the ledger agree, bank by bank and to the fen, with the fund page and the journal (domain.md §5)?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from repayments import ledger
from repayments.half_year.figures import COMPENSATED
from repayments.half_year.period import Period
from repayments.models import Account, HalfYearLine, Line
from staff.models import Bank

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Foot:
    """One bank's foot, in yuan: what the ledger says, and the two that it must agree with."""

    bank: str
    bank_id: int
    lines: int
    closing: Decimal  # of lines not compensated
    young: Decimal  # balance of loans not yet half a year old
    fund: Decimal  # guaranteed balance as the fund page has it: the bank's own account in the book
    journal: Decimal  # the same from the journal: loan by loan
    compensated: Decimal = NOTHING  # owed to the fund, for information

    @property
    def total(self) -> Decimal:
        return self.closing + self.young

    @property
    def differences(self) -> tuple[Decimal, Decimal]:
        """How far the ledger is from the fund page and from the journal."""
        return self.total - self.fund, self.total - self.journal

    @property
    def agrees(self) -> bool:
        return self.differences == (0, 0)

    @property
    def verdict(self) -> str:
        """As papers say it."""
        return "相符" if self.agrees else "不符"

    def as_data(self) -> dict[str, Any]:
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in vars(self).items()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Foot":
        numbers = ("closing", "young", "fund", "journal", "compensated")
        values: dict[str, Any] = {name: Decimal(value) if name in numbers else value for name, value in data.items()}
        return cls(**values)


def feet(period: Period, lines: Iterable[HalfYearLine]) -> list[Foot]:
    """The foot of every bank that has lent, in the banks' order."""
    lines = list(lines)
    fund = ledger.balances(Account.PRINCIPAL, "bank", as_of=period.last)
    journal = _owed_by_loans(period.last)
    # D + 6 months lies after the last day exactly when D lies in the period itself
    young = _owed_by_loans(period.last, loan__disbursed_on__gte=period.first)
    return [_foot(bank, lines, young, fund, journal) for bank in Bank.objects.all() if {bank.pk} & (fund.keys() | {line.bank_id for line in lines})]


def total(feet: Iterable[Foot], name: str = "") -> Foot:
    """All banks together."""
    feet = list(feet)
    amounts: dict[str, Any] = {name: sum((getattr(foot, name) for foot in feet), NOTHING) for name in ("closing", "young", "fund", "journal", "compensated")}
    return Foot(name, 0, sum(foot.lines for foot in feet), **amounts)


def _foot(bank: Bank, lines: list[HalfYearLine], young: dict, fund: dict, journal: dict) -> Foot:
    own = [line for line in lines if line.bank_id == bank.pk]
    return Foot(
        bank=bank.name,
        bank_id=bank.pk,
        lines=len(own),
        closing=sum((line.closing for line in own if line.bucket != COMPENSATED), NOTHING),
        young=young.get(bank.pk, NOTHING),
        fund=fund.get(bank.pk, NOTHING),
        journal=journal.get(bank.pk, NOTHING),
        compensated=sum((line.closing for line in own if line.bucket == COMPENSATED), NOTHING),
    )


def _owed_by_loans(as_of: date, **where: Any) -> dict[int, Decimal]:
    """Outstanding principal added up over the loans, by the bank that lent them."""
    lines = Line.objects.filter(account=Account.PRINCIPAL, loan__isnull=False, entry__value_date__lte=as_of, **where)
    return {row["loan__bank"]: row["sum"] for row in lines.values("loan__bank").annotate(sum=Sum("amount"))}
