"""What is to be repaid and when: the schedule in force, those before it, and what changed them."""

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
    """One version of a loan's schedule; the latest not after a day is in force on it. It holds the whole loan from its first row."""

    class Cause(models.TextChoices):
        """What made this version."""

        DISBURSEMENT = "disbursement", _("Disbursement")
        EXTENSION = "extension", _("Extension")
        KEEP_TERM = "keep_term", _("Repaid early in part, term kept")
        KEEP_PAYMENT = "keep_payment", _("Repaid early in part, payment kept")
        WHOLE = "whole", _("Repaid early in whole")
        RATE_STEP = "rate_step", _("Step of the rate")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="schedules")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    in_force_from = models.DateField(_("in force from"))
    form = models.CharField(_("form of repayment"), max_length=24, choices=Form)
    rate = models.DecimalField(_("rate (% a year)"), max_digits=7, decimal_places=4)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause, default=Cause.DISBURSEMENT)
    entry = models.ForeignKey("repayments.Entry", verbose_name=_("receipt"), on_delete=models.PROTECT, null=True, related_name="schedules")
    step = models.ForeignKey("RateStep", verbose_name=_("step of the rate"), on_delete=models.PROTECT, null=True, related_name="schedules")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True)  # its disbursement or receipt was undone: it never counts
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


class RateStep(models.Model):
    """A dated step of the rate that the contract holds: from its day on this rate counts; rows already due stay as booked."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="rate_steps")
    from_day = models.DateField(_("from"))
    rate = models.DecimalField(_("rate (% a year)"), max_digits=7, decimal_places=4)
    document = models.CharField(_("clause or paper"), max_length=80)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    entered_on = models.DateField(_("entered on"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["loan", "from_day"]
        verbose_name = _("step of a rate")
        verbose_name_plural = _("steps of rates")
        constraints = [
            models.UniqueConstraint(name="rate_step_once_a_day", fields=["loan", "from_day"]),
            models.CheckConstraint(name="rate_step_possible", condition=Q(rate__gte=0, rate__lte=24)),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.from_day}: {self.rate}"


class Extension(models.Model):
    """One request to repay later (展期): what was asked, who consented with which paper, and how it was decided."""

    loan = models.ForeignKey("loans.Loan", verbose_name=_("case"), on_delete=models.PROTECT, related_name="extensions")
    months = models.PositiveSmallIntegerField(_("extended by (months)"))
    reason = models.CharField(_("why"), max_length=300)
    request_day = models.DateField(_("day of the borrower's request"))
    request_paper = models.CharField(_("borrower's request no."), max_length=60)
    guarantors_day = models.DateField(_("day of the guarantors' consent"), null=True)
    guarantors_paper = models.CharField(_("guarantors' consent no."), max_length=60, blank=True)
    asked_on = models.DateField(_("recorded on"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")
    bank_day = models.DateField(_("day of the bank's consent"), null=True)
    bank_paper = models.CharField(_("bank's consent no."), max_length=60, blank=True)
    consented_on = models.DateField(_("bank's consent entered on"), null=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("bank's consent entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(_("granted on"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("granted by"), on_delete=models.PROTECT, null=True, related_name="+")
    document = models.CharField(_("rule"), max_length=60, blank=True)  # whose months it stays within
    old_maturity = models.DateField(_("maturity before"), null=True)
    new_maturity = models.DateField(_("maturity now"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)  # refused, or its disbursement was undone
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("ended by"), on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.CheckConstraint(name="extension_of_a_year_at_most", condition=Q(months__gte=1, months__lte=12)),
            models.CheckConstraint(name="extension_consent_date_and_name", condition=set_together("consented_on", "consented_by", "bank_day")),
            models.CheckConstraint(name="extension_decision_whole", condition=set_together("decided_on", "decided_by", "old_maturity", "new_maturity")),
            models.CheckConstraint(name="extension_granted_with_consent", condition=Q(decided_on__isnull=True) | Q(consented_on__isnull=False)),
            models.CheckConstraint(name="extension_end_date_and_name", condition=set_together("ended_on", "ended_by")),
            models.UniqueConstraint(
                name="extension_once",
                fields=["loan"],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("A loan is extended once."),
            ),
        ]

    def __str__(self):
        return f"{self.loan_id} +{self.months}"
