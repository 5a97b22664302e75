"""What banks demand of the fund."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staff.db import set_together


class Demand(models.Model):
    """A bank's demand that the fund pay for an overdue loan."""

    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="demands")
    principal = models.DecimalField(_("principal (yuan)"), max_digits=12, decimal_places=2)
    interest = models.DecimalField(_("interest (yuan)"), max_digits=12, decimal_places=2, default=0)
    reason = models.CharField(_("reason and collection so far"), max_length=500)
    demanded_on = models.DateField(_("demanded on"))
    demanded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("demanded by"), on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("answered by"), on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("demand for compensation")
        verbose_name_plural = _("demands for compensation")
        constraints = [
            models.CheckConstraint(name="demand_positive", condition=Q(principal__gt=0) & Q(interest__gte=0)),
            models.CheckConstraint(name="demand_answer_date_and_name", condition=set_together("answered_on", "answered_by")),
            models.UniqueConstraint(name="demand_one_open_per_loan", fields=["loan"], condition=Q(answered_on__isnull=True)),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.demanded_on}"
