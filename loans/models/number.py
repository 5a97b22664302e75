"""Contract and IOU numbers that were entered wrongly: what was written, what is right, and the two people who say so."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from staff.db import set_together


class CorrectedNumberQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for by the bank, and not decided by the office."""
        return self.filter(confirmed_on=None, refused_on=None)

    def confirmed(self):
        """Those that count: the case bears the right number since."""
        return self.filter(confirmed_on__isnull=False)


class CorrectedNumber(models.Model):
    """A contract or IOU number that a case bears wrongly: named by its bank, confirmed by a second person of the office.

    Papers of that time carry the wrong one, and search still finds the case by it.
    """

    class Which(models.TextChoices):
        CONTRACT = "contract", _("Contract no.")
        IOU = "iou", _("IOU no.")

    loan = models.ForeignKey(Loan, verbose_name=_("case"), on_delete=models.PROTECT, related_name="corrected_numbers")
    which = models.CharField(_("which number"), max_length=8, choices=Which)
    was = models.CharField(_("wrong number"), max_length=40, db_index=True)
    now = models.CharField(_("right number"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200)
    asked_on = models.DateField(_("entered on"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("confirmed by"), on_delete=models.PROTECT, null=True, related_name="+")
    refused_on = models.DateField(_("sent back on"), null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("sent back by"), on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(_("reason for sending it back"), max_length=200, blank=True)

    objects = CorrectedNumberQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("corrected number")
        verbose_name_plural = _("corrected numbers")
        constraints = [
            models.UniqueConstraint(name="number_corrected_once_at_a_time", fields=["loan", "which"], condition=Q(confirmed_on=None, refused_on=None)),
            models.CheckConstraint(name="corrected_number_confirmation_whole", condition=set_together("confirmed_on", "confirmed_by")),
            models.CheckConstraint(name="corrected_number_refusal_whole", condition=set_together("refused_on", "refused_by")),
            models.CheckConstraint(name="corrected_number_decided_once", condition=Q(confirmed_on=None) | Q(refused_on=None)),
        ]

    def __str__(self):
        return f"{self.was} → {self.now}"
