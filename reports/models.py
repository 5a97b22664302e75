"""What the office handed out, kept as the very file."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BuiltReport(models.Model):
    """One report built for one period: its figures, and its files once they are laid out."""

    kind = models.CharField(_("report"), max_length=40)
    period = models.CharField(_("period"), max_length=10)
    as_of = models.DateField(_("as of"))
    figures = models.JSONField(_("figures"))
    checksum = models.CharField(_("checksum of the figures"), max_length=64)
    built_on = models.DateField(_("built on"))
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("built by"), on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=40, null=True, unique=True)
    issued_on = models.DateField(_("issued on"), null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        triggers = [
            pgtrigger.Protect(
                name="report_issued_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__issued_on__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.period}"


class ReportFile(models.Model):
    """One file of a report, kept as it was made, with its own checksum."""

    report = models.ForeignKey(BuiltReport, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="report_file_once", fields=["report", "name"])]
        triggers = [pgtrigger.Protect(name="report_file_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.name
