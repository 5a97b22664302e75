"""The part of the fund kept with each bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundAccount(models.Model):
    """The part of the fund kept with one bank. Its row is the lock that promises queue at; its balance is the book's."""

    bank = models.OneToOneField("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="fund_account")
    account_number = models.CharField(_("account no."), max_length=40, blank=True)
    opened = models.DateField(_("opened"))

    class Meta:
        ordering = ["bank__order"]
        verbose_name = _("fund account")
        verbose_name_plural = _("fund accounts")

    def __str__(self):
        return str(self.bank)
