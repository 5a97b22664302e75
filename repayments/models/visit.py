from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """One visit to the business after the loan: how it goes and how many work there."""

    class Business(models.TextChoices):
        NORMAL = "normal", _("Doing normally")
        DIFFICULT = "difficult", _("In difficulties")
        STOPPED = "stopped", _("Stopped")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="visits")
    visit_day = models.DateField(_("day of the visit"))
    business = models.CharField(_("state of business"), max_length=10, choices=Business)
    workers = models.PositiveSmallIntegerField(_("workers"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_on = models.DateField(_("recorded on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["loan", "visit_day", "id"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["loan", "visit_day"])]

    def __str__(self):
        return f"{self.loan_id} {self.visit_day}"
