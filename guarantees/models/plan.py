"""The year's plan."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnnualPlan(models.Model):
    """What the office plans to lend in a year, drawn up by employment and finance."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    loans = models.PositiveIntegerField(_("loans"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    jobs = models.PositiveIntegerField(_("jobs"))
    drawn_up_on = models.DateField(_("drawn up on"))
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("drawn up by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")

    def __str__(self):
        return str(self.year)
