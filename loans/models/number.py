from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan


class CorrectedNumber(models.Model):
    """A contract or IOU number that a case bore until it was corrected: papers of that time carry it, and search still finds the case by it."""

    class Which(models.TextChoices):
        CONTRACT = "contract", _("Contract no.")
        IOU = "iou", _("IOU no.")

    loan = models.ForeignKey(Loan, verbose_name=_("case"), on_delete=models.PROTECT, related_name="corrected_numbers")
    which = models.CharField(_("which number"), max_length=8, choices=Which)
    was = models.CharField(_("wrong number"), max_length=40, db_index=True)
    now = models.CharField(_("right number"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200)
    corrected_on = models.DateField(_("corrected on"))
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("corrected by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("corrected number")
        verbose_name_plural = _("corrected numbers")

    def __str__(self):
        return f"{self.was} → {self.now}"
