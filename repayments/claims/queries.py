"""What the pages of the claims ask. Bank staff are shown their own bank's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from repayments.claims.due import NOTHING, due_in
from repayments.claims.gathering import lent_by
from repayments.claims.shares import Shares, add_up, shared
from repayments.models import SubsidyClaim, SubsidyLine, SubsidyPaymentLine
from repayments.subsidy import Quarter, quarter_of
from staff.models import Bank, User
from staff.scope import visible


class Four(NamedTuple):
    """The four amounts of subsidy, in yuan, kept apart: due by the book, claimed by the bank, approved and paid by finance."""

    due: Decimal = NOTHING
    claimed: Decimal = NOTHING
    approved: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def unpaid(self) -> Decimal:
        """Approved and not paid yet."""
        return self.approved - self.paid

    @property
    def unclaimed(self) -> Decimal:
        """Due and claimed by nobody yet; where more was claimed than is due, nothing."""
        return max(NOTHING, self.due - self.claimed)

    @property
    def difference(self) -> Decimal:
        return self.claimed - self.due

    def __add__(self, other):  # four figures, each with its like
        return Four(*(mine + others for mine, others in zip(self, other, strict=True)))


@dataclass(frozen=True)
class BankQuarter:
    """One bank's quarter: its claim where there is one, and its four amounts."""

    bank: Bank
    quarter: Quarter
    claim: SubsidyClaim | None
    four: Four
    shares: Shares  # of what is due


def paid_of_line() -> Coalesce:
    """What was paid on a line, as a column of a query on lines."""
    paid = SubsidyPaymentLine.objects.filter(line=OuterRef("pk")).order_by().values("line").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(paid), NOTHING, output_field=DecimalField())


def with_paid(lines: QuerySet[SubsidyLine]) -> QuerySet[SubsidyLine]:
    """These lines with `paid`, the claim at hand."""
    return lines.select_related("claim").annotate(paid=paid_of_line()).order_by("-of_quarter", "iou")


def claims_of(user: User) -> QuerySet[SubsidyClaim]:
    """The claims that this user may see."""
    return visible(SubsidyClaim.objects.select_related("bank", "submitted_by", "reviewed_by", "approved_by", "returned_by"), user)


def four_of(claim: SubsidyClaim, lines: Iterable[SubsidyLine]) -> Four:
    """The claim's amounts, corrections of earlier quarters within; `lines` as `with_paid` gives them."""
    lines = list(lines)
    corrections = sum((line.due for line in lines if line.of_quarter != claim.quarter), NOTHING)
    return Four(
        due=sum((line.due for line in lines), NOTHING),
        claimed=claim.claimed + corrections,
        approved=sum((line.approved or NOTHING for line in lines), NOTHING),
        paid=sum((line.paid for line in lines), NOTHING),
    )


def quarters_of(year: int) -> list[Quarter]:
    return [Quarter(year, n) for n in (1, 2, 3, 4)]


def year_of(year: int, banks: Sequence[Bank], *, on: date) -> list[BankQuarter]:
    """Every bank's quarters of a year that are over by a day, with what is due by the book where nothing is claimed yet."""
    over = [quarter for quarter in quarters_of(year) if quarter.last < on]
    if not over:
        return []
    claims = {(claim.bank_id, claim.quarter): claim for claim in SubsidyClaim.objects.filter(quarter__in=map(str, over)).select_related("bank")}
    kept: dict[int, list[SubsidyLine]] = {}
    for line in with_paid(SubsidyLine.objects.filter(claim__in=claims.values())):
        kept.setdefault(line.claim_id, []).append(line)
    lent = lent_by(over[-1].last, carrying_from=over[0].first)
    due = {quarter: due_in(quarter, lent) for quarter in over if any((bank.pk, str(quarter)) not in claims for bank in banks)}
    found = []
    for quarter in over:
        for bank in banks:
            if claim := claims.get((bank.pk, str(quarter))):
                lines = kept.get(claim.pk, [])
                found.append(BankQuarter(bank, quarter, claim, four_of(claim, lines), add_up(shared(line.due, line.split) for line in lines)))
            else:
                own = [one for one in due[quarter] if one.lent.bank_id == bank.pk]
                found.append(BankQuarter(bank, quarter, None, Four(due=sum((d.amount for d in own), NOTHING)), add_up(d.shares for d in own)))
    return found


def last_over(on: date) -> Quarter:
    """The latest quarter that is over on a day."""
    quarter = quarter_of(on)
    return Quarter(quarter.year, quarter.n - 1) if quarter.n > 1 else Quarter(quarter.year - 1, 4)


def over_since_2004(on: date) -> list[Quarter]:
    """Every quarter that is over on a day, newest first, back to the office's first loans."""
    last = last_over(on)
    return [quarter for year in range(last.year, 2003, -1) for quarter in reversed(quarters_of(year)) if quarter <= last]
