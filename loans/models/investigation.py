"""The joint investigation: one visit, three opinions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan


class Department(models.TextChoices):
    EMPLOYMENT = "employment", _("Employment service")
    FINANCE = "finance", _("Finance")
    BANK = "bank", _("Bank")


class Stance(models.TextChoices):
    FOR = "for", _("For")
    CONDITIONAL = "conditional", _("For, with conditions")
    AGAINST = "against", _("Against")


class Investigation(models.Model):
    """One visit of the three departments to the place of business. A later visit is added; nothing is overwritten."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="investigations")
    sequence = models.PositiveSmallIntegerField(_("visit no."), default=1)
    visit_day = models.DateField(_("day of the visit"))
    place = models.CharField(_("place"), max_length=120)
    who_went = models.CharField(_("who went"), max_length=200)
    premises = models.CharField(_("premises"), max_length=200)
    trade_seen = models.CharField(_("trade"), max_length=200)
    own_money = models.DecimalField(_("own money (yuan)"), max_digits=12, decimal_places=2)
    expected_income = models.DecimalField(_("expected income a year (yuan)"), max_digits=12, decimal_places=2)
    workers = models.PositiveSmallIntegerField(_("workers"))
    debts = models.DecimalField(_("debts (yuan)"), max_digits=12, decimal_places=2, default=0)
    agrees = models.BooleanField(_("person, papers and place agree"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_on = models.DateField(_("recorded on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["loan", "sequence"]
        verbose_name = _("joint investigation")
        verbose_name_plural = _("joint investigations")
        constraints = [models.UniqueConstraint(name="investigation_once_per_number", fields=["loan", "sequence"])]

    def __str__(self):
        return f"{self.loan_id}/{self.sequence}"


class Opinion(models.Model):
    """What one department thinks after the visit; hidden from the others until all three are in."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="opinions")
    department = models.CharField(_("department"), max_length=12, choices=Department)
    stance = models.CharField(_("opinion"), max_length=12, choices=Stance)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    term_months = models.PositiveSmallIntegerField(_("term (months)"))
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    signed_on = models.DateField(_("signed on"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("signed by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [
            models.UniqueConstraint(
                name="opinion_once_per_department",
                fields=["investigation", "department"],
                violation_error_message=_("This department has signed its opinion already."),
            )
        ]

    def __str__(self):
        return f"{self.get_department_display()}: {self.get_stance_display()}"
