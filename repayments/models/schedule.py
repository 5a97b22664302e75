"""What is to be repaid and when: the schedule in force, and those before it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loans.forms_of_repayment import Form
from staff.db import set_together


class ScheduleQuerySet(models.QuerySet):
    def standing(self):
        """Those whose disbursement was not undone."""
        return self.filter(cancelled_on__isnull=True)

    def in_force(self, on):
        """The versions of each loan that count on a day, the one in force first."""
        return self.standing().filter(in_force_from__lte=on).order_by("loan_id", "-version")


class Schedule(models.Model):
    """One version of a loan's schedule; the latest not after a day is in force on it."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="schedules")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    in_force_from = models.DateField(_("in force from"))
    form = models.CharField(_("form of repayment"), max_length=24, choices=Form)
    rate = models.DecimalField(_("rate (% a year)"), max_digits=7, decimal_places=4)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True)  # its disbursement was undone: it never counts
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("cancelled by"), on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField(_("made on"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["loan", "version"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.UniqueConstraint(name="schedule_version_once", fields=["loan", "version"]),
            models.CheckConstraint(name="schedule_cancel_date_and_name", condition=set_together("cancelled_on", "cancelled_by")),
        ]

    def __str__(self):
        return f"{self.loan_id} v{self.version}"


class Instalment(models.Model):
    """One due day of a schedule, with the principal and interest planned for it, in yuan."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="instalments")
    sequence = models.PositiveSmallIntegerField(_("no."))
    due = models.DateField(_("due"), db_index=True)
    principal = models.DecimalField(_("principal"), max_digits=12, decimal_places=2)
    interest = models.DecimalField(_("interest"), max_digits=12, decimal_places=2)
    balance_after = models.DecimalField(_("balance after"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["schedule", "sequence"]
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        constraints = [
            models.UniqueConstraint(name="instalment_once", fields=["schedule", "sequence"]),
            models.CheckConstraint(name="instalment_not_negative", condition=Q(principal__gte=0) & Q(interest__gte=0) & Q(balance_after__gte=0)),
        ]

    def __str__(self):
        return f"{self.sequence}: {self.due}"
