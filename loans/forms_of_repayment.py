"""The forms of repayment, as contracts name them (domain.md §4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    BULLET_QUARTERLY = "bullet_quarterly", _("Interest quarterly, principal at maturity")
    GRACE_QUARTERLY = "grace_quarterly", _("Equal quarterly principal after half a year")
    ANNUITY_MONTHLY = "annuity_monthly", _("Equal monthly payments")
    EQUAL_PRINCIPAL_MONTHLY = "equal_principal_monthly", _("Equal monthly principal")
    SINGLE_AT_MATURITY = "single_at_maturity", _("All at maturity")
    CUSTOM = "custom", _("As agreed")
