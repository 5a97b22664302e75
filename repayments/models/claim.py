"""Subsidy claims (贴息资金申请): one bank's quarter, submitted by the bank, reviewed by the office, approved and paid by finance."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loans.policy import Regime
from repayments.models.half_year import never_emptied
from staff.db import set_together


def frozen_with_its_claim(name):
    """Nothing is added to, changed in or taken from an approved claim."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF EXISTS (
                SELECT FROM repayments_subsidyclaim
                WHERE approved_on IS NOT NULL
                AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.claim_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.claim_id END)
            ) THEN
                RAISE EXCEPTION 'an approved subsidy claim is frozen' USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def _person(label):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=True, related_name="+")


def _yuan(label, **kwargs):
    return models.DecimalField(label, max_digits=14, decimal_places=2, **kwargs)


class SubsidyClaim(models.Model):
    """What one bank claims for one quarter, beside what the book says is due. Frozen by the database once finance approved it."""

    number = models.CharField(_("claim no."), max_length=40, unique=True)
    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="subsidy_claims")
    quarter = models.CharField(_("quarter"), max_length=7, db_index=True)  # 2011-Q3

    # 贷款发生额、季初余额、季末余额、贷款发生笔数: as the bank says, and as the book says
    bank_lent = _yuan(_("lent in the quarter (yuan)"), null=True)
    bank_opening = _yuan(_("balance at the beginning (yuan)"), null=True)
    bank_closing = _yuan(_("balance at the end (yuan)"), null=True)
    bank_loans = models.PositiveIntegerField(_("loans in the quarter"), null=True)
    lent = _yuan(_("lent, by the book (yuan)"))
    opening = _yuan(_("opening balance, by the book (yuan)"))
    closing = _yuan(_("closing balance, by the book (yuan)"))
    loans = models.PositiveIntegerField(_("loans, by the book"))

    claimed = _yuan(_("amount claimed (yuan)"))  # 申请贴息资金额
    by_loan = models.BooleanField(_("with a list per loan"))  # without one the bank gave its total alone
    last_entry = models.PositiveBigIntegerField(_("last entry known"))
    submitted_on = models.DateField(_("submitted on"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("submitted by"), on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField(_("returned on"), null=True)
    returned_by = _person(_("returned by"))
    return_reason = models.CharField(_("why it went back"), max_length=300, blank=True)
    difference_reason = models.CharField(_("why the totals differ"), max_length=300, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    reviewed_by = _person(_("reviewed by"))
    review_note = models.CharField(_("opinion of the office"), max_length=300, blank=True)
    approved_on = models.DateField(_("approved by finance on"), null=True)
    approved_by = _person(_("approved for finance by"))
    approve_note = models.CharField(_("opinion of finance"), max_length=300, blank=True)
    checksum = models.CharField(_("checksum of the figures"), max_length=64, blank=True)  # SHA-256 over the canonical CSV

    class Meta:
        ordering = ["-quarter", "bank"]
        verbose_name = _("subsidy claim")
        verbose_name_plural = _("subsidy claims")
        constraints = [
            models.UniqueConstraint(name="subsidy_claim_once", fields=["bank", "quarter"]),
            models.CheckConstraint(name="subsidy_claim_return_whole", condition=set_together("returned_on", "returned_by")),
            models.CheckConstraint(name="subsidy_claim_review_whole", condition=set_together("reviewed_on", "reviewed_by")),
            models.CheckConstraint(name="subsidy_claim_approval_whole", condition=set_together("approved_on", "approved_by")),
            models.CheckConstraint(name="subsidy_claim_approved_is_reviewed", condition=Q(approved_on__isnull=True) | Q(reviewed_on__isnull=False)),
            models.CheckConstraint(name="subsidy_claim_approved_has_checksum", condition=Q(approved_on__isnull=True) | ~Q(checksum="")),
            models.CheckConstraint(name="subsidy_claim_returned_is_open", condition=Q(returned_on__isnull=True) | Q(reviewed_on__isnull=True)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="subsidy_claim_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_on__isnull=False),
            ),
            never_emptied("subsidy_claim_never_emptied", "subsidy claims"),
        ]

    def __str__(self):
        return self.number


class SubsidyLine(models.Model):
    """One loan in one claim: its quarter, or what a correction of an earlier quarter adds or takes off."""

    class Payee(models.TextChoices):
        BANK = "bank", _("the bank directly")
        BORROWER = "borrower", _("the borrower, who paid first")

    claim = models.ForeignKey(SubsidyClaim, on_delete=models.PROTECT, related_name="lines")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="subsidy_lines")
    of_quarter = models.CharField(_("quarter"), max_length=7)  # the claim's own, else the earlier one that is corrected
    iou = models.CharField(_("IOU no."), max_length=40)
    borrower = models.CharField(_("borrower"), max_length=60)
    regime = models.CharField(_("regime"), max_length=2, choices=[(str(r), str(r)) for r in Regime], blank=True)
    document = models.CharField(_("document"), max_length=60, blank=True)
    split = models.CharField(_("who pays the subsidy"), max_length=80, blank=True)
    payee = models.CharField(_("paid to"), max_length=10, choices=Payee)
    pieces = models.JSONField(_("days × base × rate"), default=list)  # first, last, days, base, rate, amount unrounded
    before = _yuan(_("taken up before (yuan)"), default=0)  # of a correction: what earlier claims held as due
    entries = models.JSONField(_("entries behind it"), default=list)  # of a correction: the entries booked since
    due = _yuan(_("due (yuan)"))  # 应贴息: what the book says
    claimed = _yuan(_("claimed (yuan)"), null=True)  # 申请: what the bank says; nothing where it gave a total alone
    approved = _yuan(_("approved (yuan)"), null=True)  # 审核贴息
    reason = models.CharField(_("why they differ"), max_length=200, blank=True)

    class Meta:
        ordering = ["claim", "-of_quarter", "iou"]
        verbose_name = _("line of a subsidy claim")
        verbose_name_plural = _("lines of subsidy claims")
        indexes = [models.Index(fields=["loan", "of_quarter"])]
        constraints = [models.UniqueConstraint(name="subsidy_line_once", fields=["claim", "loan", "of_quarter"])]
        triggers = [frozen_with_its_claim("subsidy_line_frozen"), never_emptied("subsidy_line_never_emptied", "subsidy claims")]

    def __str__(self):
        return f"{self.iou} {self.of_quarter}"


class SubsidyPayment(models.Model):
    """Money that finance paid on an approved claim, or got back. Never changed: a mistake is undone by a second row that names it."""

    claim = models.ForeignKey(SubsidyClaim, on_delete=models.PROTECT, related_name="payments")
    document = models.CharField(_("document number"), max_length=60)
    day = models.DateField(_("day of payment"))
    amount = _yuan(_("amount (yuan)"))
    memo = models.CharField(_("memo"), max_length=200, blank=True)
    booked_on = models.DateField(_("booked on"))
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("booked by"), on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", verbose_name=_("reverses"), on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["id"]
        verbose_name = _("payment of subsidy")
        verbose_name_plural = _("payments of subsidy")
        constraints = [
            models.UniqueConstraint(name="subsidy_payment_document_once", fields=["claim", "document"], condition=Q(reverses__isnull=True)),
            models.CheckConstraint(name="subsidy_payment_moves_something", condition=~Q(amount=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="subsidy_payment_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("subsidy_payment_never_emptied", "subsidy claims"),
        ]

    def __str__(self):
        return self.document


class SubsidyPaymentLine(models.Model):
    """The part of a payment that went to one line of the claim."""

    payment = models.ForeignKey(SubsidyPayment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(SubsidyLine, on_delete=models.PROTECT, related_name="paid_in")
    amount = _yuan(_("amount (yuan)"))

    class Meta:
        verbose_name = _("line of a payment of subsidy")
        verbose_name_plural = _("lines of payments of subsidy")
        constraints = [models.UniqueConstraint(name="subsidy_payment_line_once", fields=["payment", "line"])]
        triggers = [
            pgtrigger.Protect(name="subsidy_payment_line_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("subsidy_payment_line_never_emptied", "subsidy claims"),
        ]

    def __str__(self):
        return f"{self.payment_id} {self.amount}"
