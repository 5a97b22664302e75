"""Banks for which nothing new is promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guarantees.models.checked import Signature, person
from staff.db import set_together


class Suspension(models.Model):
    """No new promises for one bank, from a day until finance and employment have both signed for its lifting."""

    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="suspensions")
    suspended_on = models.DateField(_("suspended on"))
    suspended_by = person(_("suspended by"))
    by_hand = models.BooleanField(_("by hand"), default=False)
    rate = models.DecimalField(_("compensation rate"), max_digits=9, decimal_places=6)  # a share: 0.2 is 20 %
    limit = models.DecimalField(_("rate that suspends"), max_digits=5, decimal_places=4)
    document = models.CharField(_("document number"), max_length=60)  # of the rule
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True)
    lifted_by = person(_("lifted by"), null=True)
    last_entry = models.PositiveBigIntegerField(null=True, editable=False)  # of the book when it was lifted: a later compensation suspends anew

    class Meta:
        ordering = ["id"]
        verbose_name = _("suspension of a bank")
        verbose_name_plural = _("suspensions of banks")
        constraints = [
            models.CheckConstraint(name="suspension_lifting_date_and_name", condition=set_together("lifted_on", "lifted_by", "last_entry")),
            models.CheckConstraint(name="suspension_by_hand_has_reason", condition=Q(by_hand=False) | ~Q(reason="")),
            models.UniqueConstraint(name="suspension_one_open_per_bank", fields=["bank"], condition=Q(lifted_on__isnull=True)),
        ]

    def __str__(self):
        return f"{self.bank} {self.suspended_on}"


class LiftingSignature(Signature):
    """One of the two signatures that lift a suspension; its words say which new risk control was agreed."""

    suspension = models.ForeignKey(Suspension, verbose_name=_("suspension"), on_delete=models.PROTECT, related_name="signatures")

    class Meta(Signature.Meta):
        verbose_name = _("signature for lifting")
        verbose_name_plural = _("signatures for lifting")
        constraints = [
            models.UniqueConstraint(name="lifting_signed_once_per_part", fields=["suspension", "part"]),
            models.UniqueConstraint(name="lifting_signed_by_two_people", fields=["suspension", "signed_by"]),
        ]
