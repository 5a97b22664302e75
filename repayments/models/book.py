"""The book: entries and their lines. Written by repayments/ledger.py alone; balanced and kept by PostgreSQL."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    """Where money stands. Amounts are signed: plus is debit, minus is credit."""

    FUND = "fund", _("Guarantee fund at the bank")  # what the fund account holds
    TREASURY = "treasury", _("Paid in by the treasury")
    FUND_INTEREST = "fund_interest", _("Interest kept by the fund")
    PRINCIPAL = "principal", _("Guaranteed principal outstanding")
    BANK_MONEY = "bank_money", _("The bank's money")  # goes out at disbursement, comes back with receipts
    INTEREST = "interest", _("Interest paid by borrowers")
    OVERPAID = "overpaid", _("Overpaid, to be refunded")
    OWED_TO_FUND = "owed_to_fund", _("Owed to the fund after compensation")
    WRITTEN_OFF = "written_off", _("Written off")
    PENALTY = "penalty", _("Penalty interest paid by borrowers")
    BANK_SHARE = "bank_share", _("The bank's own share of a compensated loan")
    AGENCY_SHARE = "agency_share", _("The agency's share of compensations")
    COMPENSATED_INTEREST = "comp_interest", _("Interest paid to banks by compensation")


class Entry(models.Model):
    """One event in money; its lines sum to zero. Never changed: a mistake is undone by a second entry that names it."""

    class Kind(models.TextChoices):
        PAY_IN = "pay_in", _("Paid into the fund")
        INTEREST = "interest", _("Interest kept in the fund")
        TRANSFER = "transfer", _("Moved between fund accounts")
        WITHDRAWAL = "withdrawal", _("Withdrawn from the fund")
        DISBURSEMENT = "disbursement", _("Disbursement")
        RECEIPT = "receipt", _("Receipt")
        REFUND = "refund", _("Refund of an overpayment")
        COMPENSATION = "compensation", _("Compensation")
        RECOVERY = "recovery", _("Recovery")
        WRITE_OFF = "write_off", _("Write-off")
        REVERSAL = "reversal", _("Reversal")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="entries")
    reference = models.CharField(_("reference"), max_length=80)  # the bank's own serial number, or a document number
    value_date = models.DateField(_("value date"))  # counts for balances and subsidy
    booked_on = models.DateField(_("booked on"))  # the office's day of entry
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("booked by"), on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(_("real time"), auto_now_add=True)
    memo = models.CharField(_("memo"), max_length=200, blank=True)
    reverses = models.OneToOneField("self", verbose_name=_("reverses"), on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["id"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["value_date"])]
        constraints = [
            models.UniqueConstraint(name="entry_reference_once_per_bank", fields=["bank", "reference"]),
            models.CheckConstraint(
                name="entry_reversal_names_its_entry",
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="entry_never_emptied",
                operation=pgtrigger.Truncate,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'the book is never emptied' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(
                name="entry_has_lines",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM repayments_line WHERE entry_id = NEW.id) < 2 THEN
                        RAISE EXCEPTION 'entry % has fewer than two lines', NEW.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.reference}"


class Line(models.Model):
    """One side of an entry: an account, at the entry's bank, of a loan where it is one's, and a signed amount in yuan."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(_("account"), max_length=14, choices=Account)
    bank = models.ForeignKey("staff.Bank", verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey("loans.Loan", verbose_name=_("loan"), on_delete=models.PROTECT, null=True, related_name="book_lines")
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["id"]
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        indexes = [models.Index(fields=["account", "loan"]), models.Index(fields=["account", "bank"])]
        constraints = [models.CheckConstraint(name="line_moves_something", condition=~Q(amount=0))]
        triggers = [
            pgtrigger.Protect(name="line_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="line_never_emptied",
                operation=pgtrigger.Truncate,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'the book is never emptied' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(
                # An entry is closed once its transaction is: its row is then no longer one of a transaction in progress.
                name="line_only_with_its_entry",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("born", "bigint")],
                func="""
                    SELECT xmin::text::bigint INTO born FROM repayments_entry WHERE id = NEW.entry_id;
                    IF pg_xact_status((((pg_current_xact_id()::text::bigint >> 32) << 32) | born)::text::xid8) IS DISTINCT FROM 'in progress' THEN
                        RAISE EXCEPTION 'entry % is in the book and takes no more lines', NEW.entry_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="entry_balances",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT sum(amount) FROM repayments_line WHERE entry_id = NEW.entry_id) <> 0 THEN
                        RAISE EXCEPTION 'entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.amount}"
