"""The half-year repayment ledger (半年后还款计划台账): built as a draft, issued frozen."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from repayments.models.visit import Visit
from staff.db import set_together


def frozen_with_its_ledger(name):
    """Nothing is added to, changed in or taken from an issued ledger."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF EXISTS (
                SELECT FROM repayments_halfyearledger
                WHERE issued_on IS NOT NULL
                AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.ledger_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.ledger_id END)
            ) THEN
                RAISE EXCEPTION 'an issued half-year ledger is frozen' USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def never_emptied(name, what="half-year ledgers"):
    """TRUNCATE asks no row, so it is refused as a whole."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func=f"RAISE EXCEPTION '{what} are never emptied' USING ERRCODE = 'check_violation';",
    )


class HalfYearLedger(models.Model):
    """One version of one period's ledger: a draft until it is issued, then frozen by the database. One a period is issued."""

    period = models.CharField(_("period"), max_length=7, db_index=True)  # 2011-H2
    version = models.PositiveSmallIntegerField(_("version"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    built_on = models.DateField(_("built on"))
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("built by"), on_delete=models.PROTECT, related_name="+")
    checksum = models.CharField(_("checksum of the figures"), max_length=64)  # SHA-256 over the canonical CSV
    foot = models.JSONField(_("foot per bank"), default=list)
    dropped = models.JSONField(_("corrected to nothing"), default=list)  # closing as issued before, repaid by then as now known
    last_entry = models.PositiveBigIntegerField(_("last entry known"))
    number = models.CharField(_("number"), max_length=40, null=True, unique=True)
    issued_on = models.DateField(_("issued on"), null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-period", "-version"]
        verbose_name = _("half-year ledger")
        verbose_name_plural = _("half-year ledgers")
        constraints = [
            models.UniqueConstraint(name="half_year_version_once", fields=["period", "version"]),
            models.UniqueConstraint(name="half_year_issued_once", fields=["period"], condition=models.Q(issued_on__isnull=False)),
            models.CheckConstraint(name="half_year_issue_whole", condition=set_together("issued_on", "issued_by", "number")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="half_year_issued_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__issued_on__isnull=False),
            ),
            never_emptied("half_year_never_emptied"),
        ]

    def __str__(self):
        return f"{self.period} v{self.version}"


class HalfYearLine(models.Model):
    """One loan in one ledger: its half-year in principal (yuan), interest, visits and jobs."""

    ledger = models.ForeignKey(HalfYearLedger, on_delete=models.PROTECT, related_name="lines")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="half_year_lines")
    bank = models.ForeignKey("staff.Bank", on_delete=models.PROTECT, related_name="+")
    iou = models.CharField(_("IOU no."), max_length=40)
    borrower = models.CharField(_("borrower"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    venture = models.CharField(_("venture"), max_length=80)
    contract = models.CharField(_("contract no."), max_length=40)
    group = models.CharField(_("group"), max_length=30, choices=Group)
    community = models.CharField(_("community"), max_length=40)
    officer = models.CharField(_("loan officer"), max_length=40, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term (months)"))
    maturity = models.DateField(_("maturity"))
    first_entry = models.BooleanField(_("first entry"))
    principal = models.DecimalField(_("amount lent"), max_digits=12, decimal_places=2)
    opening = models.DecimalField(_("opening"), max_digits=12, decimal_places=2)
    arrears_brought = models.DecimalField(_("arrears brought forward"), max_digits=12, decimal_places=2)
    due = models.DecimalField(_("due in the period"), max_digits=12, decimal_places=2)
    paid = models.DecimalField(_("paid in the period"), max_digits=12, decimal_places=2)
    closing = models.DecimalField(_("closing"), max_digits=12, decimal_places=2)
    arrears = models.DecimalField(_("arrears"), max_digits=12, decimal_places=2)
    days_overdue = models.PositiveIntegerField(_("days overdue"))
    bucket = models.CharField(_("bucket"), max_length=12)
    due_next = models.DecimalField(_("due in the next half-year"), max_digits=12, decimal_places=2)
    adjustment = models.DecimalField(_("adjustment"), max_digits=12, decimal_places=2, default=0)
    interest_due = models.DecimalField(_("interest due"), max_digits=12, decimal_places=2)
    interest_received = models.DecimalField(_("interest received"), max_digits=12, decimal_places=2)
    subsidy = models.DecimalField(_("subsidy"), max_digits=12, decimal_places=2)
    last_visit = models.DateField(_("last visit"), null=True)
    business = models.CharField(_("state of business"), max_length=10, choices=Visit.Business, blank=True)
    workers = models.PositiveSmallIntegerField(_("workers"), null=True)
    visits = models.PositiveSmallIntegerField(_("visits"))
    jobs = models.PositiveIntegerField(_("jobs"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        ordering = ["ledger", "iou"]
        verbose_name = _("line of a half-year ledger")
        verbose_name_plural = _("lines of half-year ledgers")
        constraints = [models.UniqueConstraint(name="half_year_line_once", fields=["ledger", "loan"])]
        triggers = [frozen_with_its_ledger("half_year_line_frozen"), never_emptied("half_year_line_never_emptied")]

    def __str__(self):
        return f"{self.ledger_id} {self.iou}"


class HalfYearDue(models.Model):
    """One due day of the coming half-year of a loan that is still owed to its bank: a line of the plan, and of the call list."""

    ledger = models.ForeignKey(HalfYearLedger, on_delete=models.PROTECT, related_name="dues")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey("staff.Bank", on_delete=models.PROTECT, related_name="+")
    iou = models.CharField(_("IOU no."), max_length=40)
    borrower = models.CharField(_("borrower"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    community = models.CharField(_("community"), max_length=40)
    officer = models.CharField(_("loan officer"), max_length=40, blank=True)
    young = models.BooleanField(_("not yet half a year old"))
    due = models.DateField(_("due day"))
    principal = models.DecimalField(_("principal due"), max_digits=12, decimal_places=2)
    remaining = models.DecimalField(_("principal still to pay"), max_digits=12, decimal_places=2)  # what was paid ahead covers the rest
    interest = models.DecimalField(_("interest due"), max_digits=12, decimal_places=2)
    own_interest = models.DecimalField(_("borrower's part of the interest"), max_digits=12, decimal_places=2)
    arrears = models.DecimalField(_("arrears"), max_digits=12, decimal_places=2)  # on the last day of the ledger

    class Meta:
        ordering = ["due", "iou"]
        verbose_name = _("due day of the coming half-year")
        verbose_name_plural = _("due days of the coming half-year")
        constraints = [models.UniqueConstraint(name="half_year_due_once", fields=["ledger", "loan", "due"])]
        triggers = [frozen_with_its_ledger("half_year_due_frozen"), never_emptied("half_year_due_never_emptied")]

    def __str__(self):
        return f"{self.iou} {self.due}"

    @property
    def to_pay(self):
        """What the borrower himself has to bring: principal still to pay, and his part of the interest."""
        return self.remaining + self.own_interest


class IssuedFile(models.Model):
    """A file that was issued, kept as it went out, with its own checksum."""

    ledger = models.ForeignKey(HalfYearLedger, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="issued_file_once", fields=["ledger", "name"])]
        triggers = [frozen_with_its_ledger("issued_file_frozen"), never_emptied("issued_file_never_emptied")]

    def __str__(self):
        return self.name
