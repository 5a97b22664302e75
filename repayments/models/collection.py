"""What the office does so that money comes back: reminders before a due day; notes and notices after it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.db import set_together


def _yuan(label, **kwargs):
    return models.DecimalField(label, max_digits=12, decimal_places=2, **kwargs)


def _who(label):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, related_name="+")


class ReminderIssue(models.Model):
    """Reminders issued in one go: what their letters and their SMS file are made from, again at any time."""

    issued_on = models.DateField(_("issued on"))
    issued_by = _who(_("issued by"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("issue of reminders")
        verbose_name_plural = _("issues of reminders")

    def __str__(self):
        return f"{self.issued_on} {self.pk}"


class Reminder(models.Model):
    """One borrower reminded of one due day, as it was said then, in yuan."""

    class Rung(models.TextChoices):
        MONTH = "month", _("one month before")
        WEEK = "week", _("one week before")
        DAY = "day", _("one day before")

    issue = models.ForeignKey(ReminderIssue, on_delete=models.PROTECT, related_name="reminders")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField(_("due"))
    rung = models.CharField(_("rung"), max_length=6, choices=Rung)
    principal = _yuan(_("principal"))
    interest = _yuan(_("borrower's interest"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    text = models.CharField(_("message"), max_length=140)
    issued_on = models.DateField(_("issued on"))
    issued_by = _who(_("issued by"))

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                name="reminder_once_a_day",
                fields=["loan", "due", "rung", "issued_on"],
                violation_error_message=_("This reminder was issued today already."),
            ),
            models.CheckConstraint(name="reminder_of_something", condition=Q(principal__gt=0) | Q(interest__gt=0)),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.due}"

    @property
    def amount(self):
        return self.principal + self.interest


class CollectionNote(models.Model):
    """One attempt to collect what is late: when, how, with whom, what was said, what comes next, what was promised."""

    class How(models.TextChoices):
        VISIT = "visit", _("Visit")
        CALL = "call", _("Call")
        LETTER = "letter", _("Letter")
        COMMUNITY = "community", _("Through the community")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="collection_notes")
    day = models.DateField(_("day"))
    how = models.CharField(_("how"), max_length=10, choices=How)
    with_whom = models.CharField(_("with whom"), max_length=60)
    said = models.CharField(_("what was said"), max_length=500)
    next_action = models.CharField(_("next action"), max_length=200, blank=True)
    next_day = models.DateField(_("on which day"), null=True, blank=True)
    promised_amount = _yuan(_("promised to pay (yuan)"), null=True, blank=True)
    promised_day = models.DateField(_("by which day"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded on"))
    recorded_by = _who(_("recorded by"))

    class Meta:
        ordering = ["loan", "day", "id"]
        verbose_name = _("collection note")
        verbose_name_plural = _("collection notes")
        indexes = [models.Index(fields=["next_day"])]
        constraints = [
            models.CheckConstraint(name="collection_next_day_has_action", condition=Q(next_day__isnull=True) | ~Q(next_action="")),
            models.CheckConstraint(name="collection_promise_whole", condition=set_together("promised_amount", "promised_day")),
            models.CheckConstraint(name="collection_promise_of_something", condition=Q(promised_amount__isnull=True) | Q(promised_amount__gt=0)),
            models.CheckConstraint(name="collection_promise_after_note", condition=Q(promised_day__isnull=True) | Q(promised_day__gte=F("day"))),
        ]

    def __str__(self):
        return f"{self.loan_id} {self.day}"


class DunningNotice(models.Model):
    """One 催收通知书 as it was sent: what was late on its day, and by when it is to be paid."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="dunning_notices")
    late_since = models.DateField(_("late since"))
    days = models.PositiveIntegerField(_("days overdue"))
    principal = _yuan(_("principal in arrears (yuan)"))
    interest = _yuan(_("interest in arrears (yuan)"), default=0)
    pay_by = models.DateField(_("to be paid by"))
    issued_on = models.DateField(_("issued on"))
    issued_by = _who(_("issued by"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("dunning notice")
        verbose_name_plural = _("dunning notices")
        constraints = [
            models.UniqueConstraint(name="dunning_notice_once_a_day", fields=["loan", "issued_on"]),
            models.CheckConstraint(name="dunning_notice_of_something", condition=Q(principal__gt=0)),
        ]

    def __str__(self):
        return self.number

    @property
    def amount(self):
        return self.principal + self.interest
