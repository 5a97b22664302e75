"""What the office handed out, kept as the very file."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applicants.encryption import EncryptedBytes
from staff.db import set_together


class BuiltReport(models.Model):
    """One report built for one period: its figures, and its files once they are laid out."""

    kind = models.CharField(_("report"), max_length=40)
    period = models.CharField(_("period"), max_length=22)
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
        constraints = [
            models.CheckConstraint(name="report_issued_by_somebody_on_a_day", condition=set_together("issued_on", "issued_by")),
        ]
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


class LedgerImport(models.Model):
    """One old ledger that was taken in: which file, by whom, and how much it brought."""

    file_name = models.CharField(_("file"), max_length=160)
    checksum = models.CharField(_("checksum of the file"), max_length=64, db_index=True)
    rows_added = models.PositiveIntegerField(_("rows taken in"))
    imported_on = models.DateField(_("taken in on"))
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("taken in by"), on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("real time"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import of an old ledger")
        verbose_name_plural = _("imports of old ledgers")
        triggers = [pgtrigger.Protect(name="ledger_import_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.file_name


class ImportedLoan(models.Model):
    """One loan as its row in the old ledger said, to compare with when the row comes again."""

    loan = models.OneToOneField("loans.Loan", on_delete=models.PROTECT, related_name="imported_from")
    ledger = models.ForeignKey(LedgerImport, on_delete=models.PROTECT, related_name="loans")
    row = models.PositiveIntegerField(_("row"))
    content = models.JSONField(_("content"))  # by heading; the identity number as its blind index

    class Meta:
        ordering = ["id"]
        verbose_name = _("imported loan")
        verbose_name_plural = _("imported loans")

    def __str__(self):
        return f"{self.ledger_id}/{self.row}"


class UploadedLedger(models.Model):
    """A workbook that an administrator brought: examined first, then taken in. Its bytes go as soon as they are not needed any more."""

    file_name = models.CharField(_("file"), max_length=160)
    content = EncryptedBytes(null=True, editable=False)
    examination = models.ForeignKey("staff.Run", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.JSONField(_("outcome"), null=True)  # as the command prints it, of loans too only what was refused or warned of
    taking_in = models.ForeignKey("staff.Run", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_on = models.DateField(_("uploaded on"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("uploaded ledger")
        verbose_name_plural = _("uploaded ledgers")

    def __str__(self):
        return self.file_name
