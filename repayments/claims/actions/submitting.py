"""The bank's own figure for a quarter, put beside the book's."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from loans import numbers
from repayments.claims.compiling import Compiled, compiled, without_due
from repayments.claims.due import NOTHING
from repayments.claims.gathering import lent_by
from repayments.claims.refusals import AlreadyClaimed, NotThisBanksLoan, QuarterNotOver, TotalsDiffer
from repayments.models import SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours
from staff.models import Bank, Role, User
from staff.numbers import next_number

NAMED = 5  # how many IOU numbers a refusal names


class Figures(NamedTuple):
    """贷款发生额、贷款发生笔数、季初余额、季末余额、申请贴息资金额, as the bank reports them; all but the last may be missing."""

    claimed: Decimal
    lent: Decimal | None = None
    loans: int | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None


class Claimed(NamedTuple):
    """What the bank claims for one loan."""

    iou: str
    amount: Decimal


@transaction.atomic
def submit(*, bank: Bank, quarter: Quarter, figures: Figures, per_loan: Sequence[Claimed] | None = None, by: User, on: date) -> SubsidyClaim:
    """Claim a bank's quarter: the total, and where the bank gives it the amount of each loan. A claim that was returned is claimed anew."""
    if by.role == Role.BANK and by.bank_id != bank.pk:
        raise NotYours(_("This is another bank's claim."))
    refuse_unless_over(quarter, on=on)
    _refuse_wrong_sum(figures, per_loan)
    claim = _returned(bank, quarter) or SubsidyClaim(bank=bank, quarter=str(quarter), number=_number(on))
    found = compiled(bank, quarter, but=claim if claim.pk else None)
    lines = _claimed(found, quarter, per_loan and _as_corrected(per_loan), bank)
    _fill(claim, figures, found, by_loan=per_loan is not None, by=by, on=on)
    with refusing("subsidy_claim_once", AlreadyClaimed(_("%(quarter)s of %(bank)s is claimed already.") % {"quarter": quarter, "bank": bank})):
        claim.save()
    _write(claim, lines)
    note("subsidy.submitted", subject=claim, by=by, on=on, quarter=claim.quarter, bank=bank.name, amount=figures.claimed)
    return claim


def refuse_unless_over(quarter: Quarter, *, on: date) -> None:
    if on <= quarter.last:
        said = {"quarter": quarter, "last": quarter.last, "on": on}
        raise QuarterNotOver(_("Quarter %(quarter)s runs to %(last)s; the office date is %(on)s.") % said)


def put_in(claim: SubsidyClaim, found: Compiled) -> None:
    """The book's figures as they stand now, taken into the claim."""
    claim.lent, claim.loans, claim.opening, claim.closing = found.volume
    claim.last_entry = found.last_entry


def _write(claim: SubsidyClaim, lines: Sequence[SubsidyLine]) -> None:
    """These lines in place of those that were there."""
    claim.lines.all().delete()
    for line in lines:
        line.claim = claim
    SubsidyLine.objects.bulk_create(lines, batch_size=500)


def _returned(bank: Bank, quarter: Quarter) -> SubsidyClaim | None:
    """The claim of this quarter where it was returned; refuses (AlreadyClaimed) one that is under way."""
    claim = SubsidyClaim.objects.select_for_update(of=("self",)).filter(bank=bank, quarter=str(quarter)).first()
    if claim and not claim.returned_on:
        said = {"quarter": quarter, "bank": bank, "number": claim.number}
        raise AlreadyClaimed(_("%(quarter)s of %(bank)s is claimed already, as %(number)s. What is found later enters the next claim.") % said)
    return claim


def _number(on: date) -> str:
    return f"贴息〔{on.year}〕{next_number(f'SUBSIDY{on.year}')}号"


def _refuse_wrong_sum(figures: Figures, per_loan: Sequence[Claimed] | None) -> None:
    total = sum((one.amount for one in per_loan or ()), NOTHING)
    if per_loan is not None and total != figures.claimed:
        raise TotalsDiffer(
            _("The list sums to %(total)s; the amount claimed is %(claimed)s.") % {"total": f"{total:,.2f}", "claimed": f"{figures.claimed:,.2f}"}
        )


def _as_corrected(per_loan: Sequence[Claimed]) -> list[Claimed]:
    """The bank's list under the IOU numbers that its loans bear now."""
    now = numbers.ious_now()
    sums: dict[str, Decimal] = {}
    for iou, amount in per_loan:
        right = now.get(iou, iou)
        sums[right] = sums.get(right, NOTHING) + amount
    return [Claimed(*one) for one in sums.items()]


def _claimed(found: Compiled, quarter: Quarter, per_loan: Sequence[Claimed] | None, bank: Bank) -> list[SubsidyLine]:
    """The book's lines with what the bank claims for each; loans that only the bank names get lines with nothing due."""
    if per_loan is None:
        return found.lines
    own = {line.iou: line for line in found.lines if line.of_quarter == str(quarter)}
    for line in own.values():
        line.claimed = NOTHING
    lent = {one.iou: one for one in lent_by(quarter.last, bank=bank)} if any(one.iou not in own for one in per_loan) else {}
    if unknown := [one.iou for one in per_loan if one.iou not in own and one.iou not in lent]:
        raise NotThisBanksLoan(_("%(bank)s has no loan with these IOU numbers: %(ious)s.") % {"bank": bank, "ious": ", ".join(unknown[:NAMED])})
    more = []
    for iou, amount in per_loan:
        if iou not in own:
            own[iou] = without_due(lent[iou], quarter)
            more.append(own[iou])
        own[iou].claimed = amount
    return found.lines + more


def _fill(claim: SubsidyClaim, figures: Figures, found: Compiled, *, by_loan: bool, by: User, on: date) -> None:
    claim.claimed, claim.bank_lent, claim.bank_loans, claim.bank_opening, claim.bank_closing = figures
    put_in(claim, found)
    claim.by_loan, claim.submitted_by, claim.submitted_on = by_loan, by, on
    claim.returned_on = claim.returned_by = None
    claim.return_reason = claim.difference_reason = claim.review_note = ""
