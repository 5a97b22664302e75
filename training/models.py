"""Free training: classes and who sat in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TrainingClass(models.Model):
    """One class of a course, with its days."""

    class Module(models.TextChoices):
        GYB = "GYB", _("Generate Your Business")
        SYB = "SYB", _("Start Your Business")
        IYB = "IYB", _("Improve Your Business")
        EYB = "EYB", _("Expand Your Business")
        OTHER = "other", _("Other course")

    code = models.CharField(_("class"), max_length=30, unique=True)
    module = models.CharField(_("module"), max_length=6, choices=Module)
    course = models.CharField(_("course"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    first_day = models.DateField(pgettext_lazy("of a class", "first day"), null=True)
    last_day = models.DateField(pgettext_lazy("of a class", "last day"), null=True)

    class Meta:
        ordering = ["year", "code"]
        verbose_name = _("training class")
        verbose_name_plural = _("training classes")

    def __str__(self):
        return self.code


class Trainee(models.Model):
    """One person in one class, with attendance and marks."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="trainees")
    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="trainings")
    attendance = models.DecimalField(_("attendance (%)"), max_digits=5, decimal_places=2, null=True)
    exam = models.DecimalField(_("exam mark"), max_digits=5, decimal_places=2, null=True)
    plan = models.DecimalField(_("business plan mark"), max_digits=5, decimal_places=2, null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("trainee")
        verbose_name_plural = _("trainees")
        constraints = [models.UniqueConstraint(name="trainee_once_per_class", fields=["training_class", "applicant"])]

    def __str__(self):
        return f"{self.applicant_id} {self.training_class_id}"


class FollowUp(models.Model):
    """One service to a trainee after the class, such as an appraisal of the project."""

    class Kind(models.TextChoices):
        APPRAISAL = "appraisal", _("Project appraisal")
        GUIDANCE = "guidance", _("Policy guidance")
        OTHER = "other", _("Other service")

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(_("service"), max_length=10, choices=Kind)
    service_day = models.DateField(_("day of the service"))
    words = models.CharField(_("what was advised"), max_length=300)
    recorded_on = models.DateField(_("recorded on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["service_day", "id"]
        verbose_name = _("follow-up service")
        verbose_name_plural = _("follow-up services")

    def __str__(self):
        return self.get_kind_display()
