"""What the pages of the half-year ledger ask. Bank staff are shown their own bank's part of everything."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Length

from loans.models import Loan
from repayments.half_year.adjustments import Annex, annex
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


class Whole(NamedTuple):
    """What is printed of a ledger: all of it, or one bank's part. Lines and dues have their banks at hand."""

    ledger: HalfYearLedger
    lines: QuerySet[HalfYearLine]
    dues: QuerySet[HalfYearDue]
    annex: Annex | None


def part_of(ledger: HalfYearLedger, bank_id: int | None) -> Whole:
    """All of a ledger, or one bank's part and nothing of another's. What is returned is to print, not to save."""
    own = Q() if bank_id is None else Q(bank=bank_id)
    ledger.foot, ledger.dropped = ([row for row in rows if bank_id in (None, row["bank_id"])] for rows in (ledger.foot, ledger.dropped))
    lines = ledger.lines.filter(own).select_related("bank").order_by("iou")
    return Whole(ledger, lines, ledger.dues.filter(own).select_related("bank").order_by("due", "iou"), annex(ledger, lines, bank_id))


def feet_of(ledger: HalfYearLedger, user: User) -> list[Foot]:
    """The foot of each bank that this user may see."""
    return [foot for foot in map(Foot.from_data, ledger.foot) if sees_bank(user, foot.bank_id)]


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
