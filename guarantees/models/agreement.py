"""What the office and a bank have agreed: who bears which part of a loss, and how a demand is answered."""

from decimal import Decimal
from typing import NamedTuple

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models import PolicyRow
from loans.models.confirmation import Confirmable, once_in_effect
from loans.money import fen


class Shares(NamedTuple):
    """An amount cut by the agreed shares; the parts sum to it."""

    fund: Decimal
    agency: Decimal
    bank: Decimal


def _share(label):
    return models.DecimalField(label, max_digits=5, decimal_places=4, help_text=_("0.8 is 80 %; the three shares sum to 1"))


@pghistory.track()
class BankAgreement(Confirmable):
    """The agreement with one bank from a day on; the latest one that has begun applies, until its last day where it has one."""

    class Basis(models.TextChoices):
        DISBURSED = "disbursed", _("Principal ever disbursed under guarantee")
        BALANCE = "balance", _("Guaranteed balance of the day")

    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(_("document number"), max_length=60)
    signed = models.DateField(_("signed"))
    effective_from = models.DateField(_("effective from"))
    effective_until = models.DateField(_("effective until"), null=True, blank=True)
    fund_share = _share(_("the fund's share of a loss"))
    bank_share = _share(_("the bank's share of a loss"))
    agency_share = _share(_("the agency's share of a loss"))
    rate_basis = models.CharField(_("compensation rate is measured against"), max_length=10, choices=Basis, default=Basis.DISBURSED)
    covers_interest = models.BooleanField(_("compensation covers interest"), default=True)
    penalty_factor = models.DecimalField(_("penalty rate, times the contract's rate"), max_digits=4, decimal_places=2, default=Decimal("1.50"))
    answer_days = models.PositiveSmallIntegerField(_("days to answer a demand"), default=90)
    handling_fee_percent = models.DecimalField(_("handling fee (% of the amount lent)"), max_digits=5, decimal_places=2, default=Decimal("0.00"))
    borrower_pays_first = models.BooleanField(
        _("borrowers pay all interest first"),
        default=False,
        help_text=_("Finance then refunds them each quarter, for contracts signed while this agreement holds"),
    )
    status = models.CharField(_("status"), max_length=12, choices=PolicyRow.Status, default=PolicyRow.Status.CONFIRMED)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Confirmable.Meta):
        ordering = ["bank__order", "effective_from"]
        verbose_name = _("agreement with a bank")
        verbose_name_plural = _("agreements with banks")
        constraints = [
            *Confirmable.Meta.constraints,
            once_in_effect("agreement_once_a_day", "bank", "effective_from"),
            models.CheckConstraint(
                name="agreement_shares_sum_to_one",
                condition=Q(fund_share__gte=0, bank_share__gte=0, agency_share__gte=0) & Q(fund_share=Decimal(1) - F("bank_share") - F("agency_share")),
                violation_error_message=_("The shares of fund, bank and agency must sum to 1."),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                violation_error_message=_("An agreement cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="agreement_penalty_at_least_the_rate",
                condition=Q(penalty_factor__gte=1),
                violation_error_message=_("The penalty rate is at least the contract's rate."),
            ),
        ]

    def __str__(self):
        return f"{self.document_number}"

    def split(self, amount):
        """An amount in yuan by the agreed shares, to the fen; the fund takes the odd fen."""
        bank, agency = fen(amount * self.bank_share), fen(amount * self.agency_share)
        return Shares(amount - bank - agency, agency, bank)
