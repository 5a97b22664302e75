"""The bank's statement of the fund account, month by month, held against the book."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guarantees.models.account import FundAccount
from staff.db import set_together


def _signed_stays(name):
    """What belongs to a signed reconciliation stays as it was signed."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF EXISTS (
                SELECT FROM guarantees_bankstatement
                WHERE signed_on IS NOT NULL
                AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.statement_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.statement_id END)
            ) THEN
                RAISE EXCEPTION 'a signed reconciliation is not changed' USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class BankStatement(models.Model):
    """What the bank says of one fund account in one month; once it is signed, what it says and how it was explained stand for good."""

    account = models.ForeignKey(FundAccount, verbose_name=_("fund account"), on_delete=models.PROTECT, related_name="statements")
    month = models.DateField(_("month"))  # its first day
    opening = models.DecimalField(_("the bank's opening balance (yuan)"), max_digits=14, decimal_places=2)
    closing = models.DecimalField(_("the bank's closing balance (yuan)"), max_digits=14, decimal_places=2)
    entered_on = models.DateField(_("entered on"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+")
    book_closing = models.DecimalField(_("balance of the book at signing (yuan)"), max_digits=14, decimal_places=2, null=True)
    signed_on = models.DateField(_("signed on"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("signed by"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "account__bank__order"]
        verbose_name = _("bank statement of the fund")
        verbose_name_plural = _("bank statements of the fund")
        constraints = [
            models.UniqueConstraint(name="statement_once_a_month", fields=["account", "month"]),
            models.CheckConstraint(name="statement_month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="statement_signature_whole", condition=set_together("signed_on", "signed_by", "book_closing")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="statement_signed_stays", operation=pgtrigger.Update | pgtrigger.Delete, condition=pgtrigger.Q(old__signed_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.month:%Y-%m}"


class StatementLine(models.Model):
    """One line of a bank's statement: money in is plus, money out is minus; with the line of the book that it answers to."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("row"))
    day = models.DateField(_("day"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=120, blank=True)
    book_line = models.OneToOneField("repayments.Line", verbose_name=_("line of the book"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["statement", "position"]
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of bank statements")
        constraints = [
            models.UniqueConstraint(name="statement_row_once", fields=["statement", "position"]),
            models.CheckConstraint(name="statement_line_moves_something", condition=~Q(amount=0)),
        ]
        triggers = [_signed_stays("statement_line_signed_stays")]

    def __str__(self):
        return f"{self.day} {self.amount}"


class StatementDifference(models.Model):
    """Why bank and book differ by this amount at the end of the month: one line that stands at one of them only, as it was explained."""

    class Side(models.TextChoices):
        BROUGHT = "brought", _("Difference brought forward")
        BANK = "bank", _("Only at the bank")
        BOOK = "book", _("Only in the book")

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="differences")
    side = models.CharField(_("where it stands"), max_length=8, choices=Side)
    day = models.DateField(_("day"))
    text = models.CharField(_("text"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)  # by how much the bank shows more
    explanation = models.CharField(_("explanation"), max_length=300)

    class Meta:
        ordering = ["id"]
        verbose_name = _("explained difference")
        verbose_name_plural = _("explained differences")
        constraints = [models.CheckConstraint(name="difference_is_explained", condition=~Q(explanation="") & ~Q(amount=0))]
        triggers = [_signed_stays("statement_difference_signed_stays")]

    def __str__(self):
        return f"{self.side} {self.amount}"
