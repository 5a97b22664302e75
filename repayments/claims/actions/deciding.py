"""The office compares and reviews; finance approves; either may send the claim back to the bank."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from repayments.claims.actions.submitting import NAMED, put_in
from repayments.claims.compiling import canonical, checksum, compiled, same_due
from repayments.claims.due import NOTHING
from repayments.claims.refusals import ApprovedTooMuch, BookMovedOn, ListNeeded, NotAtThisStep, NotYourOwn, Unexplained
from repayments.models import SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.audit import note
from staff.models import User


def locked(pk: int) -> SubsidyClaim:
    """The claim, locked until the transaction ends."""
    return SubsidyClaim.objects.select_for_update(of=("self",)).select_related("bank").get(pk=pk)


def at(claim: SubsidyClaim) -> str:
    """Where a claim stands, whatever of it is paid: "returned", "submitted", "reviewed" or "approved"."""
    if claim.returned_on:
        return "returned"
    return "approved" if claim.approved_on else "reviewed" if claim.reviewed_on else "submitted"


def expect(claim: SubsidyClaim, *steps: str) -> None:
    """Refuses (NotAtThisStep) a claim that is at none of these."""
    if at(claim) not in steps:
        raise NotAtThisStep(_("Claim %(number)s is not at this step any more; look at it again.") % {"number": claim.number})


@transaction.atomic
def recompile(*, claim: SubsidyClaim, by: User, on: date) -> SubsidyClaim:
    """Take the book's figures anew into a claim not yet reviewed; what the bank claims and the reasons given stay."""
    claim = locked(claim.pk)
    expect(claim, "submitted")
    known = {(line.loan_id, line.of_quarter): line for line in claim.lines.all()}
    found = compiled(claim.bank, Quarter.parse(claim.quarter), but=claim)
    put_in(claim, found)
    claim.save()
    claim.lines.exclude(of_quarter=claim.quarter).delete()
    own = {line.loan_id: line for line in found.lines if line.of_quarter == claim.quarter}
    for line in known.values():
        if line.of_quarter == claim.quarter:
            _take_anew(line, own.pop(line.loan_id, None))
    _add(claim, [*own.values(), *(line for line in found.lines if line.of_quarter != claim.quarter)])
    note("subsidy.recompiled", subject=claim, by=by, on=on)
    return claim


@transaction.atomic
def review(*, claim: SubsidyClaim, words: str, difference: str = "", reasons: Mapping[int, str] | None = None, by: User, on: date) -> SubsidyClaim:
    """The office's opinion: every difference between bank and book is explained, loan by loan. `reasons` are by line."""
    claim = locked(claim.pk)
    expect(claim, "submitted")
    if claim.submitted_by_id == by.pk:
        raise NotYourOwn(_("You submitted this claim yourself."))
    lines = list(claim.lines.all())
    _refuse_if_the_book_moved(claim, lines)
    _explain(lines, reasons or {})
    _refuse_unexplained(claim, lines, difference)
    claim.reviewed_by, claim.reviewed_on, claim.review_note, claim.difference_reason = by, on, words, difference
    claim.save()
    note("subsidy.reviewed", subject=claim, by=by, on=on, words=words)
    return claim


@transaction.atomic
def return_to_bank(*, claim: SubsidyClaim, reason: str, by: User, on: date) -> SubsidyClaim:
    """Send a claim back to the bank, which claims anew: by the office before its review, by finance before its approval."""
    claim = locked(claim.pk)
    expect(claim, "submitted", "reviewed")
    claim.returned_by, claim.returned_on, claim.return_reason = by, on, reason
    claim.reviewed_by = claim.reviewed_on = None
    claim.save()
    note("subsidy.returned", subject=claim, by=by, on=on, words=reason)
    return claim


@transaction.atomic
def approve(*, claim: SubsidyClaim, words: str, amounts: Mapping[int, Decimal] | None = None, by: User, on: date) -> SubsidyClaim:
    """Finance approves each line, as proposed unless `amounts` (by line) say less; from then on the claim is frozen, with a checksum."""
    claim = locked(claim.pk)
    expect(claim, "reviewed")
    lines = list(claim.lines.all())
    _refuse_if_the_book_moved(claim, lines)
    for line in lines:
        line.approved = (amounts or {}).get(line.pk, proposed(line))
    _refuse_too_much(lines)
    SubsidyLine.objects.bulk_update(lines, ["approved"], batch_size=500)
    claim.approved_by, claim.approved_on, claim.approve_note = by, on, words
    claim.checksum = checksum(canonical(claim, lines))
    claim.save()
    total = sum((line.approved for line in lines), NOTHING)
    note("subsidy.approved", subject=claim, by=by, on=on, amount=total, words=words, checksum=claim.checksum)
    return claim


def proposed(line: SubsidyLine) -> Decimal:
    """What can be approved of a line: the lesser of due and claimed; a correction as it is."""
    if is_correction(line) or line.claimed is None:
        return line.due
    return min(line.due, line.claimed)


def is_correction(line: SubsidyLine) -> bool:
    """Does the line take up what changed in an earlier quarter? Only such lines knew an amount before, or can be below nothing."""
    return line.of_quarter != line.claim.quarter


def _take_anew(line: SubsidyLine, now: SubsidyLine | None) -> None:
    line.due, line.pieces = (now.due, now.pieces) if now else (NOTHING, [])
    if now:
        line.regime, line.document, line.split, line.payee = now.regime, now.document, now.split, now.payee
    line.save()


def _add(claim: SubsidyClaim, lines: Sequence[SubsidyLine]) -> None:
    for line in lines:
        line.claim = claim
        if claim.by_loan and line.of_quarter == claim.quarter:
            line.claimed = NOTHING
    SubsidyLine.objects.bulk_create(lines, batch_size=500)


def _explain(lines: Sequence[SubsidyLine], reasons: Mapping[int, str]) -> None:
    explained = [line for line in lines if reasons.get(line.pk)]
    for line in explained:
        line.reason = reasons[line.pk]
    SubsidyLine.objects.bulk_update(explained, ["reason"], batch_size=500)


def _refuse_if_the_book_moved(claim: SubsidyClaim, lines: Sequence[SubsidyLine]) -> None:
    if not same_due(lines, compiled(claim.bank, Quarter.parse(claim.quarter), but=claim).lines):
        raise BookMovedOn(_("The book has changed since this claim was compared with it: compare it anew."))


def _refuse_unexplained(claim: SubsidyClaim, lines: Sequence[SubsidyLine], difference: str) -> None:
    own = [line for line in lines if line.of_quarter == claim.quarter]
    if open_ones := [line.iou for line in own if line.claimed is not None and line.claimed != line.due and not line.reason]:
        said = {"n": len(open_ones), "ious": ", ".join(open_ones[:NAMED])}
        raise Unexplained(_("For %(n)s loans bank and book differ and no reason is given: %(ious)s.") % said, about="for_all")
    due = sum((line.due for line in own), NOTHING)
    if claim.by_loan or claim.claimed == due:
        return
    said = {"claimed": f"{claim.claimed:,.2f}", "due": f"{due:,.2f}"}
    if claim.claimed < due:
        raise ListNeeded(_("The bank claims %(claimed)s, less than the %(due)s due: ask for a list per loan.") % said)
    if not difference:
        raise Unexplained(_("The bank claims %(claimed)s, the book says %(due)s: say why they differ.") % said, about="difference")


def _refuse_too_much(lines: Sequence[SubsidyLine]) -> None:
    for line in lines:
        most = proposed(line)
        least = most if is_correction(line) else NOTHING
        if not least <= line.approved <= most:
            said = {"iou": line.iou, "approved": f"{line.approved:,.2f}", "most": f"{most:,.2f}"}
            raise ApprovedTooMuch(_("%(iou)s: %(approved)s is not possible; due and claimed allow %(most)s.") % said)
