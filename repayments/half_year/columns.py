"""The columns of the repayment lines, named once for page and Excel."""

from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applicants.models import Group
from repayments.models import HalfYearLine, Visit


class Kind(StrEnum):
    """How a cell is shown."""

    TEXT = "text"
    AMOUNT = "amount"
    COUNT = "count"
    DAY = "day"
    FLAG = "flag"
    DAYS_LATE = "days_late"
    GROUP = "group"
    BUCKET = "bucket"
    BUSINESS = "business"


SUMMED = (Kind.AMOUNT, Kind.COUNT)


class Column(NamedTuple):
    """One column: the field of the line, its heading, how it is shown, how wide in Excel."""

    name: str
    title: Any
    kind: Kind
    width: int
    summed: bool = True

    @property
    def is_summed(self) -> bool:
        return self.kind in SUMMED and self.summed

    @property
    def is_number(self) -> bool:
        return self.kind in SUMMED


BUCKET_WORDS = {
    "current": _("Not overdue"),
    "1-30": _("1 to 30 days"),
    "31-90": _("31 to 90 days"),
    "91-180": _("91 to 180 days"),
    "over-180": _("over 180 days"),
    "compensated": _("Compensated"),
}

IOU = Column("iou", _("IOU no."), Kind.TEXT, 14)
BORROWER = Column("borrower", _("Borrower"), Kind.TEXT, 10)

COLUMNS = (
    IOU,
    BORROWER,
    Column("venture", _("Project"), Kind.TEXT, 22),
    Column("bank", _("Bank"), Kind.TEXT, 10),
    Column("contract", _("Contract no."), Kind.TEXT, 15),
    Column("phone", _("Telephone"), Kind.TEXT, 13),
    Column("group", _("Group"), Kind.GROUP, 22),
    Column("community", _("Community"), Kind.TEXT, 10),
    Column("officer", _("Loan officer"), Kind.TEXT, 9),
    Column("first_entry", _("First entry"), Kind.FLAG, 9),
    Column("term_months", _("Term (months)"), Kind.COUNT, 9, summed=False),
    Column("maturity", _("Maturity"), Kind.DAY, 11),
    Column("principal", pgettext_lazy("half-year ledger", "Lent"), Kind.AMOUNT, 15),
    Column("opening", pgettext_lazy("half-year ledger", "Opening"), Kind.AMOUNT, 15),
    Column("adjustment", pgettext_lazy("half-year ledger", "Adjustment"), Kind.AMOUNT, 13),
    Column("arrears_brought", pgettext_lazy("half-year ledger", "Arrears brought"), Kind.AMOUNT, 14),
    Column("due", pgettext_lazy("half-year ledger", "Due"), Kind.AMOUNT, 15),
    Column("paid", pgettext_lazy("half-year ledger", "Paid"), Kind.AMOUNT, 15),
    Column("closing", pgettext_lazy("half-year ledger", "Closing"), Kind.AMOUNT, 15),
    Column("arrears", pgettext_lazy("half-year ledger", "Arrears"), Kind.AMOUNT, 14),
    Column("days_overdue", _("Days overdue"), Kind.DAYS_LATE, 9),
    Column("bucket", _("Bucket"), Kind.BUCKET, 11),
    Column("due_next", _("Due next half-year"), Kind.AMOUNT, 15),
    Column("interest_due", _("Interest due"), Kind.AMOUNT, 13),
    Column("interest_received", _("Interest received"), Kind.AMOUNT, 13),
    Column("subsidy", _("Subsidy"), Kind.AMOUNT, 13),
    Column("last_visit", _("Last visit"), Kind.DAY, 11),
    Column("visits", _("Number of visits"), Kind.COUNT, 8),
    Column("business", _("Business"), Kind.BUSINESS, 10),
    Column("workers", _("Workers"), Kind.COUNT, 8),
    Column("jobs", _("Jobs"), Kind.COUNT, 8),
    Column("remark", _("Remark"), Kind.TEXT, 24),
)
BY_NAME = {column.name: column for column in COLUMNS}
SUMMED_NAMES = tuple(column.name for column in COLUMNS if column.is_summed)


def words(column: Column, line: HalfYearLine) -> Any:
    """A cell as people read it; amounts, counts and days stay what they are."""
    value = getattr(line, column.name)
    if column.name == "bank":
        return line.bank.short_name
    if column.kind == Kind.GROUP:
        return str(Group(value).label)
    if column.kind == Kind.BUCKET:
        return str(BUCKET_WORDS[value])
    if column.kind == Kind.BUSINESS:
        return str(Visit.Business(value).label) if value else ""
    return value
