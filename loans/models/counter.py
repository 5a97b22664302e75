"""Who or what stands behind a borrower towards the office (反担保)."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.encryption import EncryptedText
from applicants.identity import masked
from loans.models.confirmation import Confirmable, once_in_effect
from loans.models.lending_rules import NEED_NONE
from loans.models.loan import Loan
from loans.states import ENDED_BEFORE_MONEY, OPEN, RESERVED, State
from staff.db import set_together

BOUND = (*RESERVED, State.LIVE, State.COMPENSATED)  # promised, being repaid, or owed to the fund: who stands behind is bound
RELEASED = (State.SETTLED, State.RECOVERED, *ENDED_BEFORE_MONEY)  # nothing is owed any more; a write-off forgives nobody


class CounterGuaranteeQuerySet(models.QuerySet):
    def standing(self):
        """Neither withdrawn before the approval nor released by the end of the loan."""
        return self.filter(withdrawn_on=None).exclude(loan__state__in=RELEASED)

    def kept(self):
        """What the case goes or went by: not withdrawn nor replaced."""
        return self.filter(withdrawn_on=None)

    def under_way(self):
        """Standing for a case that is on its way or not repaid."""
        return self.kept().filter(loan__state__in=OPEN)

    def bound(self):
        """Standing for a promise, a loan that is being repaid, or one that the fund paid for."""
        return self.kept().filter(loan__state__in=BOUND)


class CounterGuarantee(models.Model):
    """Who or what stands behind the borrower towards the office. Of a joint guarantee each other member has a row."""

    class Kind(models.TextChoices):
        CIVIL_SERVANT = "civil_servant", _("Civil servant as guarantor")
        PERSON = "person", _("Person as guarantor")
        FIRM = "firm", _("Firm as guarantor")
        MORTGAGE = "mortgage", _("Mortgage")
        PLEDGE = "pledge", _("Pledge")
        JOINT = "joint", _("Joint guarantee")
        CREDIT_COMMUNITY = "credit_community", _("Credit community")
        EXEMPT = "exempt", _("Exempt")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="counter_guarantees")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=60, blank=True)
    identity_number = EncryptedText(_("identity number"), null=True, editable=False)
    identity_index = models.CharField(max_length=64, null=True, db_index=True, editable=False)
    employer = models.CharField(_("employer"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    thing = models.CharField(_("mortgaged or pledged thing"), max_length=120, blank=True)
    certificate = models.CharField(_("certificate no."), max_length=60, blank=True)
    owner = models.CharField(_("owner"), max_length=60, blank=True)
    value = models.DecimalField(_("value (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    group = models.CharField(_("group that needs none"), max_length=30, choices=NEED_NONE, blank=True)
    reason = models.CharField(_("particulars or reason"), max_length=200, blank=True)
    replaces = models.OneToOneField("self", verbose_name=_("replaces"), on_delete=models.PROTECT, null=True, related_name="replaced_by")
    added_on = models.DateField(_("added on"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("taken out of the case on"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken out of the case by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)

    objects = CounterGuaranteeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("counter-guarantee")
        verbose_name_plural = _("counter-guarantees")
        constraints = [
            models.CheckConstraint(name="counter_guarantee_withdrawal_date_and_name", condition=set_together("withdrawn_on", "withdrawn_by")),
            models.UniqueConstraint(
                name="counter_guarantor_once_per_case",
                fields=["loan", "identity_index"],
                condition=Q(withdrawn_on=None),
                violation_error_message=_("This person stands for the case already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.name or self.thing}".rstrip()

    @property
    def masked_number(self):
        """The identity number as most people may see it."""
        return masked(self.identity_number) if self.identity_number else ""

    @property
    def released_on(self):
        """Since when nobody is bound by it any more, by the end of its loan or of its promise; None while it stands or where it was withdrawn."""
        return self.loan.state_since if self.loan.state in RELEASED and self.withdrawn_on is None else None


@pghistory.track()
class CreditCommunity(Confirmable):
    """A community that stands for those it recommends (信用社区): from a day on, and until the mark is lifted."""

    community = models.ForeignKey("applicants.Community", verbose_name=_("community"), on_delete=models.PROTECT, related_name="credit_marks")
    document = models.ForeignKey("loans.PolicyDocument", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    effective_from = models.DateField(_("effective from"))
    lifted_from = models.DateField(_("lifted from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Confirmable.Meta):
        ordering = ["community", "effective_from"]
        verbose_name = _("credit community")
        verbose_name_plural = _("credit communities")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("credit_community_once", "community", "effective_from")]

    def __str__(self):
        return f"{self.community} {self.effective_from}"
