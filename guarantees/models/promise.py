"""Guarantees promised, and how long a promise stays good."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guarantees.models.account import FundAccount
from loans.models.confirmation import Confirmable, once_in_effect
from staff.db import set_together


@pghistory.track()
class PromiseDays(Confirmable):
    """How many days a promise stays good from a day on; not disbursed by then, it lapses by itself."""

    effective_from = models.DateField(_("effective from"))
    days = models.PositiveSmallIntegerField(_("days"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Confirmable.Meta):
        ordering = ["effective_from"]
        verbose_name = _("days that a promise stays good")
        verbose_name_plural = _("days that a promise stays good")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("promise_days_once", "effective_from")]

    def __str__(self):
        return f"{self.effective_from}: {self.days}"


class Promise(models.Model):
    """The guarantee promised for one loan (担保承诺书): it reserves room from its day until it ends."""

    class End(models.TextChoices):
        DISBURSED = "disbursed", _("Disbursed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFUSED = "refused", _("Refused by the bank")
        LAPSED = "lapsed", _("Lapsed")

    loan = models.OneToOneField("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="promise")
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="promises")
    number = models.CharField(_("number"), max_length=40, unique=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    valid_until = models.DateField(_("valid until"))
    # the fund at the bank as the promise found it: what its letter says for good
    fund_balance = models.DecimalField(_("balance of the fund account (yuan)"), max_digits=14, decimal_places=2)
    multiple = models.DecimalField(_("multiple of the fund"), max_digits=5, decimal_places=2)
    stood_for = models.DecimalField(_("stood for with this promise (yuan)"), max_digits=14, decimal_places=2)
    promised_on = models.DateField(_("promised on"))
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("promised by"), on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("ended by"), on_delete=models.PROTECT, null=True, related_name="+")
    end = models.CharField(_("how it ended"), max_length=10, choices=End, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(name="promise_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="promise_within_the_multiple", condition=Q(stood_for__gte=F("amount"), stood_for__lte=F("fund_balance") * F("multiple"))
            ),
            models.CheckConstraint(
                name="promise_end_whole",
                condition=set_together("ended_on", "ended_by") & (Q(ended_on__isnull=True, end="") | (Q(ended_on__isnull=False) & ~Q(end=""))),
            ),
        ]

    def __str__(self):
        return self.number
