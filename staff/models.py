"""Who works here, the banks we work with, the office's own date, and the history of everything."""

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff import history
from staff.db import set_together


@pghistory.track()
class Bank(models.Model):
    """One handling bank: it lends, and a part of the guarantee fund is kept with it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    short_name = models.CharField(_("short name"), max_length=12, unique=True)
    iou_prefix = models.CharField(_("IOU prefix"), max_length=4, blank=True)
    contract_prefix = models.CharField(_("contract prefix"), max_length=6, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("handling bank")
        verbose_name_plural = _("handling banks")

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    LOAN_OFFICER = "loan_officer", _("Loan officer")
    REVIEWER = "reviewer", _("Reviewer")
    DIRECTOR = "director", _("Director")
    TRAINER = "trainer", _("Trainer")
    FINANCE = "finance", _("Finance officer")
    BANK = "bank", _("Bank credit officer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """One person who signs in: one role, and for bank staff one bank."""

    Role = Role

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=40)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, null=True, blank=True, related_name="staff")
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    large_text = models.BooleanField(_("large text"), default=False)

    REQUIRED_FIELDS = ["name", "role"]
    delegation: "Delegation | None" = None  # on the copy that signs for another (staff.delegations), never stored

    class Meta:
        ordering = ["id"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                name="user_bank_exactly_for_bank_staff",
                condition=Q(role=Role.BANK, bank__isnull=False) | (~Q(role=Role.BANK) & Q(bank__isnull=True)),
                violation_error_message=_("Bank credit officers belong to one bank; nobody else has one."),
            ),
        ]

    def __str__(self):
        return self.name

    def has_perm(self, perm, obj=None):
        """Django asks this for admin only: administrators keep what is kept there. All else is decided by role, page by page."""
        return self.is_active and self.role == Role.ADMINISTRATOR

    def has_module_perms(self, app_label):
        return self.has_perm(app_label)

    @property
    def in_whose_name(self):
        """The person whose desk and cases count: the holder where this user signs for one."""
        return self.delegation.holder if self.delegation else self

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class OfficeDate(models.Model):
    """The office's own date, one row. With no fixed day the real date counts; the demo fixes one."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    fixed_on = models.DateField(_("fixed day"), null=True, blank=True)
    jobs_done_on = models.DateField(_("jobs run for"), null=True, blank=True)

    class Meta:
        verbose_name = _("office date")
        verbose_name_plural = _("office date")
        constraints = [models.CheckConstraint(name="office_date_one_row", condition=Q(only=True))]

    def __str__(self):
        return str(self.fixed_on or _("real date"))


@pghistory.track()
class DayOff(models.Model):
    """A day that differs from its weekday: the office is closed on it, or open at a weekend. Comes before the calendar on record."""

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("worked"), default=False, help_text=_("Ticked: the office is open on this day (调休)"))
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("day off or worked weekend")
        verbose_name_plural = _("days off and worked weekends")

    def __str__(self):
        return str(self.day)


class DelegationQuerySet(models.QuerySet):
    def in_force(self, on):
        """Those that hold on a day: within their days, not withdrawn by then, and the holder still in the role that was delegated."""
        held = self.filter(first_day__lte=on, last_day__gte=on, holder__is_active=True, delegate__is_active=True, holder__role=F("role"))
        return held.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)).select_related("holder__bank", "delegate")


class Delegation(models.Model):
    """A written authority: the delegate signs for the holder from one day to another. Never deleted; it may be withdrawn."""

    holder = models.ForeignKey(User, verbose_name=_("in whose name"), on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(User, verbose_name=_("who signs"), on_delete=models.PROTECT, related_name="delegations_held")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    document = models.CharField(_("number of the authority"), max_length=60)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    entered_on = models.DateField(_("entered on"))
    entered_by = models.ForeignKey(User, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    withdrawn_by = models.ForeignKey(User, verbose_name=_("withdrawn by"), on_delete=models.PROTECT, null=True, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("delegation of signature")
        verbose_name_plural = _("delegations of signature")
        constraints = [
            models.CheckConstraint(name="delegation_withdrawal_date_and_name", condition=set_together("withdrawn_on", "withdrawn_by")),
            models.CheckConstraint(name="delegation_days_in_order", condition=Q(first_day__lte=F("last_day"))),
            models.CheckConstraint(name="delegation_to_another", condition=~Q(holder=F("delegate"))),
        ]

    def __str__(self):
        return self.document


class Event(models.Model):
    """One line of the history: what happened to what, by whom, on which office day, and when by the real clock."""

    kind = models.CharField(_("what"), max_length=60, db_index=True)
    subject = models.CharField(_("subject"), max_length=60, db_index=True)  # a label such as "loans.loan:42", so history never blocks
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.ForeignKey(Delegation, verbose_name=_("signed for another"), on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("office date"))
    at = models.DateTimeField(_("real time"), auto_now_add=True)
    data = models.JSONField(_("details"), default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("history line")
        verbose_name_plural = _("history")
        triggers = [pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return history.words(self)


class Counter(models.Model):
    """The last number given out in a series of one year, such as A2012 for applications."""

    series = models.CharField(max_length=30, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.series}: {self.last}"


class Run(models.Model):
    """One long job that somebody asked for: its state, its progress, what came of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(User, verbose_name=_("asked by"), on_delete=models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(Delegation, verbose_name=_("signed for another"), on_delete=models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField(_("office date"))
    asked_at = models.DateTimeField(_("real time"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    error = models.TextField(_("error"), blank=True)
    result = models.JSONField(_("result"), default=dict)
    result_url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("long job")
        verbose_name_plural = _("long jobs")

    def __str__(self):
        return self.title
