"""What the guarantee fund holds at each bank, stands for, and may still promise."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from guarantees.queries import positions
from reports import figures
from reports.tables import Column, Kind, hundredths, summed

TITLE = _("Fund position")
ABOUT = _("The guarantee fund at each bank on the last day, its room, and the highest multiple of the period with its first day.")
COLUMNS = {
    "bank": Column(_("Bank")),
    "balance": Column(_("Fund balance (yuan)"), Kind.YUAN),
    "capacity": Column(_("May stand for (yuan)"), Kind.YUAN),
    "used": Column(_("Outstanding (yuan)"), Kind.YUAN),
    "reserved": Column(_("Promised (yuan)"), Kind.YUAN),
    "room": Column(_("Room (yuan)"), Kind.YUAN),
    "multiple": Column(_("Multiple"), Kind.TIMES),
    "highest": Column(_("Highest multiple"), Kind.TIMES),
    "highest_on": Column(_("On"), Kind.DAY),
}


@dataclass(frozen=True)
class Row:
    bank: str
    balance: Decimal
    capacity: Decimal
    used: Decimal
    reserved: Decimal
    room: Decimal
    multiple: Decimal
    highest: Decimal | None
    highest_on: date | None


def rows(*, period):
    """One line a bank, on the last day of the period."""
    highest = figures.highest_multiples(first=period.first, last=period.last)
    return [_row(position, highest.get(position.bank.pk)) for position in positions(on=period.last)]


def foot(found):
    sums = summed(found, bank=_("Total"), highest=None, highest_on=None)
    return sums | {"multiple": hundredths((sums["used"] + sums["reserved"]) / sums["balance"]) if sums["balance"] else None}


def _row(position, highest):
    return Row(
        position.bank.name,
        position.balance,
        position.capacity,
        position.used,
        position.reserved,
        position.room,
        hundredths(position.leverage),
        hundredths(highest.multiple) if highest else None,
        highest.day if highest else None,
    )
