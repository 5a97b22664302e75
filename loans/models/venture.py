from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from staff.db import set_together


class VentureQuerySet(models.QuerySet):
    def standing(self):
        """Those whose disbursement was not undone."""
        return self.filter(cancelled_on__isnull=True)


class Venture(models.Model):
    """The business that one disbursed loan opened: 一贷一创. Where the disbursement was undone it is cancelled and never counts."""

    class State(models.TextChoices):
        OPEN = "open", _("In business")
        CLOSED = "closed", _("Closed")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="ventures")
    name = models.CharField(_("name"), max_length=80, db_index=True)
    trade = models.CharField(_("trade"), max_length=30)
    place = models.CharField(_("place"), max_length=120, blank=True)
    licence = models.CharField(_("business licence no."), max_length=40, blank=True)
    opened = models.DateField(_("opened"))
    jobs = models.PositiveIntegerField(_("jobs at disbursement"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    cancelled_on = models.DateField(_("cancelled on"), null=True, editable=False)  # its disbursement was undone
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("cancelled by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = VentureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("venture")
        verbose_name_plural = _("ventures")
        constraints = [
            models.UniqueConstraint(name="venture_one_per_loan", fields=["loan"], condition=models.Q(cancelled_on__isnull=True)),
            models.CheckConstraint(name="venture_cancel_date_and_name", condition=set_together("cancelled_on", "cancelled_by")),
        ]

    def __str__(self):
        return self.name
