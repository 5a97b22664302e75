"""Finance pays what it approved, in one sum or in several; a payment booked wrongly is undone by its mirror image."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from repayments.claims.actions.deciding import expect, locked
from repayments.claims.due import NOTHING
from repayments.claims.queries import with_paid
from repayments.claims.refusals import NotADay, PaidBefore, PaidTooMuch
from repayments.models import SubsidyClaim, SubsidyLine, SubsidyPayment, SubsidyPaymentLine
from staff.audit import note
from staff.db import refusing
from staff.models import User


@transaction.atomic
def pay(*, claim: SubsidyClaim, amount: Decimal, document: str, day: date, by: User, on: date) -> SubsidyPayment:
    """Book a payment on an approved claim, at most what is still open. What corrections take off is set against it first, then loan by loan."""
    claim = locked(claim.pk)
    expect(claim, "approved")
    _refuse_day(claim, day, on=on)
    lines = [line for line in with_paid(claim.lines.all()) if line.approved != line.paid]
    _refuse_amount(amount, sum((line.approved - line.paid for line in lines), NOTHING))
    booked = PaidBefore(_("Document %(document)s is booked on this claim already.") % {"document": document})
    with refusing("subsidy_payment_document_once", booked):
        payment = SubsidyPayment.objects.create(claim=claim, document=document, day=day, amount=amount, booked_on=on, booked_by=by)
    allotted = _allotted(lines, amount)
    SubsidyPaymentLine.objects.bulk_create(SubsidyPaymentLine(payment=payment, line=line, amount=part) for line, part in allotted)
    note("subsidy.paid", subject=claim, by=by, on=on, amount=amount, document=document, day=day)
    return payment


@transaction.atomic
def undo_payment(*, payment: SubsidyPayment, reason: str, by: User, on: date) -> SubsidyPayment:
    """Undo a payment that was booked wrongly, once."""
    claim = locked(payment.claim_id)
    undone = PaidBefore(_("Payment %(document)s has been undone already.") % {"document": payment.document})
    with refusing("repayments_subsidypayment_reverses_id_key", undone):
        mirror = SubsidyPayment.objects.create(
            claim=claim, document=payment.document, day=payment.day, amount=-payment.amount, memo=reason, booked_on=on, booked_by=by, reverses=payment
        )
    SubsidyPaymentLine.objects.bulk_create(SubsidyPaymentLine(payment=mirror, line_id=part.line_id, amount=-part.amount) for part in payment.lines.all())
    note("subsidy.payment_undone", subject=claim, by=by, on=on, amount=payment.amount, document=payment.document, words=reason)
    return mirror


def _allotted(lines: list[SubsidyLine], amount: Decimal) -> list[tuple[SubsidyLine, Decimal]]:
    """Which line gets which part: those that take money off whole and first, then the others by IOU number."""
    opened = sorted(((line, line.approved - line.paid) for line in lines), key=lambda one: (one[1] > 0, one[0].iou, one[0].of_quarter))
    parts = []
    for line, left in opened:
        part = left if left < 0 else min(left, amount)
        amount -= part
        parts.append((line, part))
    return [(line, part) for line, part in parts if part]


def _refuse_amount(amount: Decimal, left: Decimal) -> None:
    """Between nothing and what is left; where the bank owes money back, exactly that."""
    if amount == 0 or (left <= 0 and amount != left) or (left > 0 and not 0 < amount <= left):
        raise PaidTooMuch(_("%(left)s is still to be paid on this claim; %(amount)s is not possible.") % {"left": f"{left:,.2f}", "amount": f"{amount:,.2f}"})


def _refuse_day(claim: SubsidyClaim, day: date, *, on: date) -> None:
    if not claim.approved_on <= day <= on:
        said = {"approved": claim.approved_on, "on": on, "day": day}
        raise NotADay(_("The claim was approved on %(approved)s and today is %(on)s: %(day)s is not possible.") % said)
