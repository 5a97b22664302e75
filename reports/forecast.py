"""Room of the fund at each bank over the next twelve months, from the last day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.outlook import outlook
from reports.tables import Column, Kind

TITLE = _("Room over the next twelve months")
ABOUT = _(
    "From the last day on: principal comes back by the schedules in force, what is overdue stays outstanding, promises are paid out on their last day,"
    " the plan still lends what it wants."
)
COLUMNS = {
    "bank": Column(_("Bank")),
    "last": Column(_("End of the month"), Kind.DAY),
    "due": Column(_("Falls due (yuan)"), Kind.YUAN),
    "paid_out": Column(_("Promises paid out (yuan)"), Kind.YUAN),
    "planned": Column(_("Lent by the plan (yuan)"), Kind.YUAN),
    "used": Column(_("Outstanding (yuan)"), Kind.YUAN),
    "reserved": Column(_("Promised (yuan)"), Kind.YUAN),
    "capacity": Column(_("May stand for (yuan)"), Kind.YUAN),
    "room": Column(_("Room (yuan)"), Kind.YUAN),
}


@dataclass(frozen=True)
class Row:
    bank: str
    last: date
    due: Decimal
    paid_out: Decimal
    planned: Decimal
    used: Decimal
    reserved: Decimal
    capacity: Decimal
    room: Decimal


def rows(*, period):
    """One line a bank and month end, the day itself first; then the whole fund."""
    return rows_of(outlook(on=period.last))


def rows_of(found):
    """The same of an outlook that is at hand."""
    parts = [(one.bank.name, one.months) for one in found.banks]
    whole = [(_gettext("Whole fund"), found.total)] if len(parts) > 1 else []
    return [_row(name, month) for name, months in (*parts, *whole) for month in months]


def _row(name, month):
    return Row(name, month.last, month.due, month.paid_out, month.planned, month.used, month.reserved, month.capacity, month.room)
