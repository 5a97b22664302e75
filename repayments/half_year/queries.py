"""What the pages of the half-year ledger ask. Bank staff are shown their own bank's part of everything."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Length

from loans.models import Loan
from repayments.half_year.foot import Foot
from repayments.half_year.period import Period, complete
from repayments.models import HalfYearDue, HalfYearLedger, HalfYearLine, IssuedFile
from staff.models import User
from staff.scope import sees_bank, visible


class Half(NamedTuple):
    """One half-year that is over, and its ledger where one is built: the issued one, or the draft."""

    period: Period
    ledger: HalfYearLedger | None
    lines: int
    closing: Decimal
    arrears: Decimal

    @property
    def state(self) -> str:
        if self.ledger is None:
            return "none"
        return "issued" if self.ledger.issued_on else "draft"


def lines_of(ledger: HalfYearLedger, user: User) -> QuerySet[HalfYearLine]:
    """The repayment lines that this user may see, with bank and case at hand."""
    return visible(ledger.lines.select_related("bank", "loan"), user)


def dues_of(ledger: HalfYearLedger, user: User) -> QuerySet[HalfYearDue]:
    """The coming due days that this user may see."""
    return visible(ledger.dues.select_related("bank", "loan"), user)


def part_of(ledger: HalfYearLedger, bank_id: int | None) -> tuple[HalfYearLedger, QuerySet[HalfYearLine], QuerySet[HalfYearDue]]:
    """A ledger with its lines and dues, banks at hand: all of it, or one bank's part. What is returned is to print, not to save."""
    own = Q() if bank_id is None else Q(bank=bank_id)
    ledger.foot = [foot for foot in ledger.foot if bank_id in (None, foot["bank_id"])]
    lines = ledger.lines.filter(own).select_related("bank").order_by("iou")
    return ledger, lines, ledger.dues.filter(own).select_related("bank").order_by("due", "iou")


def feet_of(ledger: HalfYearLedger, user: User) -> list[Foot]:
    """The foot of each bank that this user may see."""
    return [foot for foot in map(Foot.from_data, ledger.foot) if sees_bank(user, foot.bank_id)]


def dropped_of(ledger: HalfYearLedger, user: User) -> list[dict[str, Any]]:
    """The loans that corrections took off the ledger, as far as this user may see them."""
    return [row for row in ledger.dropped if sees_bank(user, row["bank_id"])]


def files_of(ledger: HalfYearLedger, user: User) -> list[IssuedFile]:
    """The files as issued, with their sizes but without what is in them. They hold every bank's lines, so bank staff get none."""
    if user.bank_id is not None:
        return []
    return list(ledger.files.defer("content").annotate(size=Length("content")))


def newest() -> HalfYearLedger | None:
    """The ledger of the latest half-year that has one."""
    return HalfYearLedger.objects.order_by("-last_day").first()


def halves(user: User, on) -> list[Half]:
    """Every half-year since the first loan that is over on a day, newest first."""
    first = Loan.objects.aggregate(first=Min("disbursed_on"))["first"]
    if first is None:
        return []
    own = Q() if user.bank_id is None else Q(lines__bank=user.bank_id)
    amounts = {name: Sum(f"lines__{name}", filter=own, default=Decimal("0.00")) for name in ("closing", "arrears")}
    ledgers = HalfYearLedger.objects.select_related("built_by", "issued_by").annotate(n=Count("lines", filter=own), **amounts)
    built = {ledger.period: ledger for ledger in ledgers}
    return [_half(period, built.get(str(period))) for period in complete(first, on)]


def _half(period: Period, ledger) -> Half:
    if ledger is None:
        return Half(period, None, 0, Decimal(0), Decimal(0))
    return Half(period, ledger, ledger.n, ledger.closing, ledger.arrears)
