"""What banks demand of the fund, with the papers, the signatures and the payment."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guarantees.models.checked import CheckedPaper, Ending, Signature, ends_whole, one_open_per_loan, person, yuan


class Demand(Ending):
    """A bank's demand that the fund pay for an overdue loan; open until it is paid, rejected or taken back."""

    class Outcome(models.TextChoices):
        PAID = "paid", _("Paid")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Taken back")

    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="demands")
    principal = yuan(_("principal (yuan)"))
    interest = yuan(_("interest (yuan)"), default=0)
    reason = models.CharField(_("reason and collection so far"), max_length=500)
    demanded_on = models.DateField(_("demanded on"))
    demanded_by = person(_("demanded by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("demand for compensation")
        verbose_name_plural = _("demands for compensation")
        constraints = [
            models.CheckConstraint(name="demand_positive", condition=Q(principal__gt=0) & Q(interest__gte=0)),
            ends_whole("demand_end_whole"),
            one_open_per_loan("demand_one_open_per_loan"),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.demanded_on}"


class DemandPaper(CheckedPaper):
    """A paper that came with a demand."""

    demand = models.ForeignKey(Demand, verbose_name=_("demand"), on_delete=models.PROTECT, related_name="papers")

    class Meta(CheckedPaper.Meta):
        verbose_name = _("paper of a demand")
        verbose_name_plural = _("papers of demands")
        constraints = [*CheckedPaper.Meta.constraints, models.UniqueConstraint(name="demand_paper_once", fields=["demand", "kind"])]


class DemandSignature(Signature):
    """One of the three signatures under a compensation."""

    demand = models.ForeignKey(Demand, verbose_name=_("demand"), on_delete=models.PROTECT, related_name="signatures")

    class Meta(Signature.Meta):
        verbose_name = _("signature under a compensation")
        verbose_name_plural = _("signatures under compensations")
        constraints = [
            models.UniqueConstraint(name="demand_signed_once_per_part", fields=["demand", "part"]),
            models.UniqueConstraint(name="demand_signed_by_three_people", fields=["demand", "signed_by"]),
        ]


class Compensation(models.Model):
    """What was paid on a demand: who bore which part, and the entry of the book. Undone, its entry is reversed."""

    demand = models.ForeignKey(Demand, verbose_name=_("demand"), on_delete=models.PROTECT, related_name="payments")
    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="compensations")
    day = models.DateField(_("paid on"))
    document = models.CharField(_("document number"), max_length=60)
    outstanding = yuan(_("principal outstanding (yuan)"))  # all of it leaves the bank's guaranteed balance
    principal = yuan(_("principal compensated for (yuan)"))
    interest = yuan(_("interest compensated for (yuan)"))
    fund = yuan(_("paid by the fund (yuan)"))
    agency = yuan(_("paid by the agency (yuan)"))
    bank = yuan(_("borne by the bank (yuan)"))
    agreement = models.CharField(_("agreement"), max_length=60, blank=True)
    entry = models.OneToOneField("repayments.Entry", verbose_name=_("entry"), on_delete=models.PROTECT, related_name="compensation")
    booked_on = models.DateField(_("booked on"))
    booked_by = person(_("booked by"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("compensation")
        verbose_name_plural = _("compensations")
        constraints = [
            models.CheckConstraint(name="compensation_parts_sum", condition=Q(outstanding=F("fund") + F("agency") + F("bank") - F("interest"))),
            models.CheckConstraint(name="compensation_positive", condition=Q(fund__gt=0, agency__gte=0, bank__gte=0, interest__gte=0, principal__gt=0)),
            models.CheckConstraint(name="compensation_at_most_outstanding", condition=Q(principal__lte=F("outstanding"))),
        ]

    def __str__(self):
        return self.document
