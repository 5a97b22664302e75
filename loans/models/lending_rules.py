"""What documents ask of a borrower beside caps and rates, as dated rows: proofs, earlier loans, counter-guarantees."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from loans.models.confirmation import Confirmable, once_in_effect
from loans.models.policy import PolicyRow

KINDS = (("", _("everybody")), ("individual", _("Individual")), ("partnership", _("Partnership")), ("enterprise", _("Enterprise")))

SIYB_GRADUATE = "siyb_graduate"  # not a group of borrowers: somebody with the certificate of a start-up class

NEED_NONE = (*Group.choices, (SIYB_GRADUATE, _("SIYB trainee with the certificate")))


class DatedRule(Confirmable):
    """What every such row says: by which document, from which day on, and how sure it is."""

    document = models.ForeignKey("loans.PolicyDocument", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    effective_from = models.DateField(_("effective from"))
    status = models.CharField(_("status"), max_length=12, choices=PolicyRow.Status)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Confirmable.Meta):
        abstract = True

    def __str__(self):
        return f"{self.document} {self.effective_from}"


@pghistory.track()
class GroupProof(DatedRule):
    """A paper that proves a group: from a day on, and until it is no longer good."""

    group = models.CharField(_("group"), max_length=30, choices=Group)
    paper = models.CharField(_("paper"), max_length=60)
    lifted_from = models.DateField(_("lifted from"), null=True, blank=True)

    class Meta(DatedRule.Meta):
        ordering = ["group", "effective_from", "id"]
        verbose_name = _("proof of a group")
        verbose_name_plural = _("proofs of groups")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("group_proof_once", "group", "paper", "effective_from")]


@pghistory.track()
class RepeatRule(DatedRule):
    """How often one may borrow, and after which earlier loans; the latest row for this kind of borrower applies."""

    borrower_kind = models.CharField(_("borrower"), max_length=12, choices=KINDS, blank=True)
    most_loans = models.PositiveSmallIntegerField(_("loans in all"), null=True, blank=True, help_text=_("Blank: no document sets a number"))
    days_late_allowed = models.PositiveSmallIntegerField(
        _("days late"), null=True, blank=True, help_text=_("How late an earlier loan may have been settled; blank: not asked")
    )
    after_fund_paid = models.BooleanField(_("also after the fund paid for an earlier loan"), default=False)

    class Meta(DatedRule.Meta):
        ordering = ["effective_from", "id"]
        verbose_name = _("rule of repeated loans")
        verbose_name_plural = _("rules of repeated loans")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("repeat_rule_once", "borrower_kind", "effective_from")]


@pghistory.track()
class GuarantorLimit(DatedRule):
    """For how many loans one civil servant or other person may stand at a time."""

    most = models.PositiveSmallIntegerField(_("loans at a time"))

    class Meta(DatedRule.Meta):
        ordering = ["effective_from", "id"]
        verbose_name = _("limit of a guarantor")
        verbose_name_plural = _("limits of guarantors")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("guarantor_limit_once", "effective_from")]


@pghistory.track()
class CounterRule(DatedRule):
    """Whether a counter-guarantee is needed: by everybody, or by one group alone; the latest row of each applies."""

    borrower_kind = models.CharField(_("borrower"), max_length=12, choices=KINDS, blank=True)
    group = models.CharField(_("group"), max_length=30, choices=NEED_NONE, blank=True, help_text=_("Blank: everybody"))
    needed = models.BooleanField(_("a counter-guarantee is needed"), default=True)
    up_to = models.DecimalField(
        _("up to (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("Of a row that asks for none: up to which amount; blank: any")
    )

    class Meta(DatedRule.Meta):
        ordering = ["effective_from", "id"]
        verbose_name = _("rule of counter-guarantees")
        verbose_name_plural = _("rules of counter-guarantees")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("counter_rule_once", "borrower_kind", "group", "effective_from")]


ALL: tuple[type[DatedRule], ...] = (GroupProof, RepeatRule, GuarantorLimit, CounterRule)
