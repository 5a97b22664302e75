"""What finance pays beside the interest subsidy, as dated rows: reward money, guarantee fee, handling fee."""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models.confirmation import Confirmable, once_in_effect
from loans.models.lending_rules import DatedRule
from loans.models.policy import PolicyRow

GUARANTEE_FEE_AT_MOST = Decimal("1")  # percent of the principal a year: 银发〔2002〕394号


@pghistory.track()
class FeeRule(DatedRule):
    """Which part of which amount finance pays from a day on, and who bears it; of each kind the latest row applies."""

    class Kind(models.TextChoices):
        REWARD = "reward", _("Reward money")
        GUARANTEE_FEE = "guarantee_fee", _("Guarantee fee")
        HANDLING_FEE = "handling_fee", _("Handling fee")

    kind = models.CharField(_("what is paid"), max_length=13, choices=Kind)
    percent = models.DecimalField(
        _("percent"), max_digits=6, decimal_places=3, null=True, blank=True, help_text=_("1 is 1 %; blank only where the text is missing")
    )
    finance_split = models.CharField(
        _("who bears it"), max_length=80, blank=True, help_text=_("central=0.50;provincial=0.50; together 1; blank: no document at hand says so")
    )
    lifted_from = models.DateField(_("lifted from"), null=True, blank=True)

    class Meta(DatedRule.Meta):
        ordering = ["kind", "effective_from", "id"]
        verbose_name = _("rule of rewards and fees")
        verbose_name_plural = _("rules of rewards and fees")
        constraints = [
            *Confirmable.Meta.constraints,
            once_in_effect("fee_rule_once", "kind", "effective_from"),
            models.CheckConstraint(
                name="fee_rule_guarantee_fee_at_most",
                condition=~Q(kind="guarantee_fee") | Q(percent__isnull=True) | Q(percent__lte=GUARANTEE_FEE_AT_MOST),
                violation_error_message=_("Percent: a guarantee fee is at most one per cent of the principal a year (银发〔2002〕394号)."),
            ),
            models.CheckConstraint(
                name="fee_rule_percent_of_a_whole",
                condition=Q(percent__isnull=True) | Q(percent__gt=0, percent__lte=100),
                violation_error_message=_("Percent: above 0 and at most 100."),
            ),
            models.CheckConstraint(
                name="fee_rule_says_what_it_knows",
                condition=Q(status=PolicyRow.Status.TEXT_MISSING, percent__isnull=True) | (~Q(status=PolicyRow.Status.TEXT_MISSING) & Q(percent__isnull=False)),
                violation_error_message=_("Percent: a row states it, unless its text is missing; then it states none."),
            ),
            models.CheckConstraint(
                name="fee_rule_lifted_after_it_began",
                condition=Q(lifted_from__isnull=True) | Q(lifted_from__gt=F("effective_from")),
                violation_error_message=_("Lifted from: after the day on which the row takes effect."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.document} {self.effective_from}"
