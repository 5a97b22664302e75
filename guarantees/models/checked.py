"""What demands, write-offs and suspensions have in common: papers that somebody checked, signatures with their day and opinion."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staff.db import set_together
from staff.delegations import signature


class Part(models.TextChoices):
    """For whom somebody signs."""

    EMPLOYMENT = "employment", _("Employment service")
    FINANCE = "finance", _("Finance")
    DIRECTOR = "director", _("Director")


class PaperKind(models.TextChoices):
    """Papers about a loan that went wrong."""

    DEMAND_LETTER = "demand_letter", _("Letter of demand")
    DEFAULT_REPORT = "default_report", _("Report on the default")
    CONTRACT = "contract", _("Loan contract")
    IOU = "iou", _("IOU")
    GUARANTEE = "guarantee", _("Letter of guarantee")
    ACCOUNT_SHEET = "account_sheet", _("Account sheet of repayments and interest")
    DUNNING = "dunning", _("Dunning notices with receipts")
    COLLECTION = "collection", _("Record of collection")
    RECOVERY_REPORT = "recovery_report", _("Report on recovery")
    DEATH = "death", _("Death certificate")
    BANKRUPTCY = "bankruptcy", _("Court's bankruptcy order")
    COURT_END = "court_end", _("Court order that ends enforcement")


@pghistory.track()
class RequiredPaper(models.Model):
    """One line of a check list: a demand, or a write-off for this cause, needs this paper from a day on, until it is lifted."""

    class For(models.TextChoices):
        DEMAND = "demand", _("Demand for compensation")
        WRITE_OFF = "write_off", _("Write-off")
        DEATH = "death", _("Write-off: the borrower died")
        BANKRUPTCY = "bankruptcy", _("Write-off: bankruptcy")
        COURT_END = "court_end", _("Write-off: enforcement without result")

    purpose = models.CharField(_("needed for"), max_length=12, choices=For)
    kind = models.CharField(_("paper"), max_length=16, choices=PaperKind)
    effective_from = models.DateField(_("effective from"))
    lifted_from = models.DateField(_("lifted from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["purpose", "id"]
        verbose_name = _("required paper")
        verbose_name_plural = _("required papers")
        constraints = [models.UniqueConstraint(name="required_paper_once", fields=["purpose", "kind", "effective_from"])]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.get_kind_display()}"


def person(label, *, null=False):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=null, related_name="+")


def yuan(label, **more):
    return models.DecimalField(label, max_digits=12, decimal_places=2, **more)


class Ending(models.Model):
    """How a demand or a write-off ended, which day, by whom and why; open while no day stands here."""

    closed_on = models.DateField(_("closed on"), null=True)
    closed_by = person(_("closed by"), null=True)
    closing_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        abstract = True


def ends_whole(name):
    """A constraint: day, person and outcome come together."""
    ended = Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome=""))
    return models.CheckConstraint(name=name, condition=set_together("closed_on", "closed_by") & ended)


def one_open_per_loan(name):
    """A constraint: one after the other."""
    return models.UniqueConstraint(name=name, fields=["loan"], condition=Q(closed_on__isnull=True))


class CheckedPaper(models.Model):
    """A paper as it was brought, and what the check of it found."""

    kind = models.CharField(_("paper"), max_length=16, choices=PaperKind)
    reference = models.CharField(_("number or particulars"), max_length=120, blank=True)
    scan = models.ForeignKey("applicants.Paper", verbose_name=_("scan"), on_delete=models.PROTECT, null=True, related_name="+")
    brought_on = models.DateField(_("brought on"))
    brought_by = person(_("brought by"))
    in_order = models.BooleanField(_("in order"), null=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True)
    checked_by = person(_("checked by"), null=True)

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="%(class)s_check_whole", condition=set_together("in_order", "checked_on", "checked_by"))]

    def __str__(self):
        return self.get_kind_display()


class Signature(models.Model):
    """One person's signature for one part, with the opinion written above it; given for somebody else, by which authority."""

    part = models.CharField(_("signs for"), max_length=10, choices=Part)
    words = models.CharField(_("opinion"), max_length=300)
    signed_on = models.DateField(_("signed on"))
    signed_by = person(_("signed by"))
    delegation = models.ForeignKey("staff.Delegation", verbose_name=_("signed for another"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return self.get_part_display()

    @property
    def name(self):
        """How the signature reads: both names and the authority where one signed for another."""
        return signature(self.signed_by, self.delegation)

    @property
    def behind(self):
        """Everybody who stands behind it: the person, and the one in whose name."""
        return {self.signed_by_id, self.delegation.holder_id} if self.delegation else {self.signed_by_id}
