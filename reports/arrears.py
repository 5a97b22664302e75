"""Every loan that owes principal past its due day."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from reports import figures
from reports.tables import Column, Kind, summed

TITLE = _("Arrears")
ABOUT = _("Loans with principal past its due day on the last day of the period, the longest overdue first.")
PAGE = ("repayments:arrears", _("To the loans in arrears, to collect"))
BUCKETS = {
    "1-30": _("1-30 days"),
    "31-90": _("31-90 days"),
    "91-180": _("91-180 days"),
    "over-180": _("over 180 days"),
    "compensated": _("compensated"),
}
COLUMNS = {
    "iou": Column(_("IOU no.")),
    "borrower": Column(_("Borrower")),
    "bank": Column(_("Bank")),
    "community": Column(_("Community")),
    "balance": Column(_("Balance (yuan)"), Kind.YUAN),
    "arrears": Column(_("In arrears (yuan)"), Kind.YUAN),
    "days": Column(_("Days overdue"), Kind.COUNT),
    "bucket": Column(_("Bucket"), Kind.LABEL),
}


@dataclass(frozen=True)
class Row:
    iou: str
    borrower: str
    bank: str
    community: str
    balance: Decimal
    arrears: Decimal
    days: int
    bucket: str
    key: str  # of the bucket
    url: str  # of the case


def rows(*, period):
    """One line a loan in arrears at the end of the period."""
    late = sorted(figures.late_loans(on=period.last), key=lambda one: (-one.days, one.loan))
    loans = Loan.objects.select_related("applicant", "bank", "community").in_bulk([one.loan for one in late])
    return [_row(loans[one.loan], one) for one in late]


def foot(found):
    return summed(found, iou=_("Total"), borrower="", bank="", community="", days=None, bucket="", key="foot", url="")


def _row(loan, late):
    who = loan.iou_number, loan.applicant.name, loan.bank.name, loan.community.name
    bucket, page = BUCKETS[late.bucket], reverse("loans:case", args=[loan.number])
    return Row(*who, late.balance, late.arrears, late.days, bucket, late.bucket, page)
