"""A claim as the book fills it: its lines and the bank's figures of the quarter. Nothing is saved here."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Max

from loans.models import Loan
from repayments.claims.corrections import Correction, corrections
from repayments.claims.due import NOTHING, Due, Volume, as_data, due_in, volume
from repayments.claims.gathering import Lent, lent_by
from repayments.claims.shares import LEVELS, shared
from repayments.models import Entry, SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.models import Bank

HEADING = ("of_quarter", "iou", "due", "claimed", "approved", *LEVELS, "open", "payee", "document", "pieces")


class Compiled(NamedTuple):
    """What the book says of one bank's quarter."""

    volume: Volume
    lines: list[SubsidyLine]  # unsaved; `claimed` is not known here
    last_entry: int


def compiled(bank: Bank, quarter: Quarter, *, but: SubsidyClaim | None = None) -> Compiled:
    """The lines that a claim of this quarter holds as the book stands now; `but`: that claim, where it is there already."""
    lent = lent_by(quarter.last, bank=bank)
    own = [_line(due) for due in due_in(quarter, lent)]
    earlier = [_corrected(one) for one in corrections(bank, quarter, lent, but=but)]
    _name_the_missing(earlier)
    return Compiled(volume(quarter, lent), own + earlier, Entry.objects.aggregate(last=Max("pk"))["last"] or 0)


def without_due(lent: Lent, quarter: Quarter) -> SubsidyLine:
    """A line for a loan that the bank names although nothing is due."""
    return SubsidyLine(loan_id=lent.loan_id, of_quarter=str(quarter), due=NOTHING, **_terms(lent))


def canonical(claim: SubsidyClaim, lines: Iterable[SubsidyLine]) -> str:
    """The claim's figures as CSV: what its checksum is taken over."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow((claim.number, claim.bank_id, claim.quarter, claim.claimed, claim.lent, claim.loans, claim.opening, claim.closing))
    sheet.writerow(HEADING)
    for line in sorted(lines, key=lambda line: (line.of_quarter, line.iou, line.loan_id)):
        shares = shared(line.approved or NOTHING, line.split)
        pieces = " ".join("/".join(map(str, piece)) for piece in line.pieces)
        sheet.writerow((line.of_quarter, line.iou, line.due, line.claimed, line.approved, *shares, line.payee, line.document, pieces))
    return text.getvalue()


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def same_due(lines: Iterable[SubsidyLine], others: Iterable[SubsidyLine]) -> bool:
    """Does the book still say of these lines what it said?"""
    return _dues(lines) == _dues(others)


def _dues(lines: Iterable[SubsidyLine]) -> dict[tuple[int, str], tuple]:
    return {(line.loan_id, line.of_quarter): (line.due, line.split) for line in lines if line.due}


def _line(due: Due) -> SubsidyLine:
    return SubsidyLine(loan_id=due.lent.loan_id, of_quarter=str(due.quarter), pieces=as_data(due.pieces), due=due.amount, **_terms(due.lent))


def _terms(lent: Lent) -> dict:
    payee = SubsidyLine.Payee.BORROWER if lent.borrower_pays_first else SubsidyLine.Payee.BANK
    regime = str(lent.facts.regime or "")
    return {"iou": lent.iou, "borrower": lent.borrower, "regime": regime, "document": lent.document, "split": lent.split, "payee": payee}


def _corrected(one: Correction) -> SubsidyLine:
    line = _line(one.now) if one.now else SubsidyLine(loan_id=one.loan_id, of_quarter=str(one.quarter), payee=SubsidyLine.Payee.BANK)
    line.due, line.before, line.entries = one.difference, one.before, one.entries
    line.claimed = one.difference  # the office takes it up; the bank need not know of it
    return line


def _name_the_missing(lines: Sequence[SubsidyLine]) -> None:
    """A loan that carries nothing any more is named as the claim before named it."""
    missing = [line for line in lines if not line.iou]
    before = SubsidyLine.objects.filter(loan__in=[line.loan_id for line in missing]).order_by("pk")
    named = {(line.loan_id, line.of_quarter): line for line in before}
    loans = Loan.objects.select_related("applicant").in_bulk([line.loan_id for line in missing])
    for line in missing:
        if known := named.get((line.loan_id, line.of_quarter)):
            for field in ("iou", "borrower", "regime", "document", "split", "payee"):
                setattr(line, field, getattr(known, field))
        else:
            line.iou, line.borrower = loans[line.loan_id].iou_number or "", loans[line.loan_id].applicant.name
