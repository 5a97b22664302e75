"""The year's plan, in versions: what the office wants to lend, by bank, quarter and group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from staff.db import set_together


def _signer(words):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=words, on_delete=models.PROTECT, null=True, related_name="+")


class AnnualPlanQuerySet(models.QuerySet):
    def in_force(self, on):
        """Of each year the version that held on this day: the latest that had begun by it. One row a year."""
        return self.filter(in_force_from__lte=on).order_by("year", "-version").distinct("year")

    def drafts(self):
        """Drawn up, and neither signed by both nor given up."""
        return self.filter(in_force_from__isnull=True, dropped_on__isnull=True)


class AnnualPlan(models.Model):
    """One version of what the office plans to lend in a year: drawn up by employment or finance, in force once director and finance have signed."""

    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    loans = models.PositiveIntegerField(_("loans"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    jobs = models.PositiveIntegerField(_("jobs"))
    reason = models.CharField(_("why it was changed"), max_length=300, blank=True)
    imported = models.BooleanField(_("taken from the old ledger"), default=False)
    drawn_up_on = models.DateField(_("drawn up on"))
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("drawn up by"), on_delete=models.PROTECT, related_name="+")
    director_signed_on = models.DateField(_("signed by the director on"), null=True)
    director_signed_by = _signer(_("director"))
    finance_signed_on = models.DateField(_("signed by finance on"), null=True)
    finance_signed_by = _signer(_("finance officer"))
    in_force_from = models.DateField(_("in force from"), null=True)
    dropped_on = models.DateField(_("given up on"), null=True)
    dropped_by = _signer(_("given up by"))

    objects = AnnualPlanQuerySet.as_manager()

    class Meta:
        ordering = ["year", "version"]
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        constraints = [
            models.UniqueConstraint(name="plan_version_once_a_year", fields=["year", "version"]),
            models.UniqueConstraint(name="plan_one_draft_a_year", fields=["year"], condition=Q(in_force_from__isnull=True, dropped_on__isnull=True)),
            models.CheckConstraint(name="plan_director_signs_whole", condition=set_together("director_signed_on", "director_signed_by")),
            models.CheckConstraint(name="plan_finance_signs_whole", condition=set_together("finance_signed_on", "finance_signed_by")),
            models.CheckConstraint(
                name="plan_in_force_when_both_signed",
                condition=Q(imported=True, in_force_from__isnull=False)
                | Q(imported=False, in_force_from__isnull=False, director_signed_on__isnull=False, finance_signed_on__isnull=False)
                | Q(imported=False, in_force_from__isnull=True) & (Q(director_signed_on__isnull=True) | Q(finance_signed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="plan_given_up_whole",
                condition=set_together("dropped_on", "dropped_by") & (Q(dropped_on__isnull=True) | Q(in_force_from__isnull=True)),
            ),
        ]

    def __str__(self):
        return str(self.year)


class PlanQuarter(models.Model):
    """What a plan wants to lend at one bank in one quarter; these sum to the plan."""

    plan = models.ForeignKey(AnnualPlan, on_delete=models.PROTECT, related_name="quarters")
    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    loans = models.PositiveIntegerField(_("loans"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    jobs = models.PositiveIntegerField(_("jobs"))

    class Meta:
        ordering = ["bank__order", "quarter"]
        verbose_name = _("plan of a bank's quarter")
        verbose_name_plural = _("plans of banks' quarters")
        constraints = [
            models.UniqueConstraint(name="plan_quarter_once_a_bank", fields=["plan", "bank", "quarter"]),
            models.CheckConstraint(name="plan_quarter_of_four", condition=Q(quarter__in=[1, 2, 3, 4]) & Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.bank_id} {self.quarter}"


class PlanGroup(models.Model):
    """What a plan wants to lend to one group of people in the year; these sum to the plan, too."""

    plan = models.ForeignKey(AnnualPlan, on_delete=models.PROTECT, related_name="groups")
    group = models.CharField(_("group"), max_length=30, choices=Group)
    loans = models.PositiveIntegerField(_("loans"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    jobs = models.PositiveIntegerField(_("jobs"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("plan of a group")
        verbose_name_plural = _("plans of groups")
        constraints = [
            models.UniqueConstraint(name="plan_group_once", fields=["plan", "group"]),
            models.CheckConstraint(name="plan_group_positive", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.group}"
