"""What comes back after a compensation, and what is given up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guarantees.models.checked import CheckedPaper, Ending, Signature, ends_whole, one_open_per_loan, person, yuan
from guarantees.models.demand import Compensation


class Recovery(models.Model):
    """Money that came back for a compensated loan, cut by the shares in which fund, agency and bank had borne it."""

    class Source(models.TextChoices):
        BORROWER = "borrower", _("Borrower")
        GUARANTOR = "guarantor", _("Counter-guarantor")
        COLLATERAL = "collateral", _("Sale of the collateral")
        COURT = "court", _("Court enforcement")

    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="recoveries")
    compensation = models.ForeignKey(Compensation, verbose_name=_("compensation"), on_delete=models.PROTECT, related_name="recoveries")
    source = models.CharField(_("source"), max_length=10, choices=Source)
    day = models.DateField(_("received on"))
    document = models.CharField(_("document number"), max_length=60)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    amount = yuan(_("amount (yuan)"))
    fund = yuan(_("to the fund (yuan)"))
    agency = yuan(_("to the agency (yuan)"))
    bank = yuan(_("to the bank (yuan)"))
    entry = models.OneToOneField("repayments.Entry", verbose_name=_("entry"), on_delete=models.PROTECT, related_name="recovery")
    recorded_on = models.DateField(_("recorded on"))
    recorded_by = person(_("recorded by"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        constraints = [
            models.CheckConstraint(name="recovery_parts_sum", condition=Q(amount=F("fund") + F("agency") + F("bank"))),
            models.CheckConstraint(name="recovery_positive", condition=Q(amount__gt=0, fund__gte=0, agency__gte=0, bank__gte=0)),
        ]

    def __str__(self):
        return self.document


class WriteOff(Ending):
    """A loss proposed to be written off with its papers; finance and the director sign, or one of them rejects it."""

    class Cause(models.TextChoices):
        DEATH = "death", _("The borrower died")
        BANKRUPTCY = "bankruptcy", _("Bankruptcy")
        COURT_END = "court_end", _("Enforcement without result")

    class Outcome(models.TextChoices):
        BOOKED = "booked", _("Written off")
        REJECTED = "rejected", _("Rejected")
        UNDONE = "undone", _("Undone")

    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="write_offs")
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    reason = models.CharField(_("reason and recovery so far"), max_length=500)
    amount = yuan(_("amount (yuan)"))
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = person(_("proposed by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    entry = models.OneToOneField("repayments.Entry", verbose_name=_("entry"), on_delete=models.PROTECT, null=True, related_name="write_off")

    class Meta:
        ordering = ["id"]
        verbose_name = _("write-off")
        verbose_name_plural = _("write-offs")
        constraints = [
            models.CheckConstraint(name="write_off_positive", condition=Q(amount__gt=0)),
            ends_whole("write_off_end_whole"),
            one_open_per_loan("write_off_one_open_per_loan"),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.proposed_on}"


class WriteOffPaper(CheckedPaper):
    """A paper that a write-off rests on."""

    write_off = models.ForeignKey(WriteOff, verbose_name=_("write-off"), on_delete=models.PROTECT, related_name="papers")

    class Meta(CheckedPaper.Meta):
        verbose_name = _("paper of a write-off")
        verbose_name_plural = _("papers of write-offs")
        constraints = [*CheckedPaper.Meta.constraints, models.UniqueConstraint(name="write_off_paper_once", fields=["write_off", "kind"])]


class WriteOffSignature(Signature):
    """One of the two signatures under a write-off."""

    write_off = models.ForeignKey(WriteOff, verbose_name=_("write-off"), on_delete=models.PROTECT, related_name="signatures")

    class Meta(Signature.Meta):
        verbose_name = _("signature under a write-off")
        verbose_name_plural = _("signatures under write-offs")
        constraints = [
            models.UniqueConstraint(name="write_off_signed_once_per_part", fields=["write_off", "part"]),
            models.UniqueConstraint(name="write_off_signed_by_two_people", fields=["write_off", "signed_by"]),
        ]
