"""How the events of the book read on a case's page."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from repayments.models import Account, CollectionNote, Reminder, Schedule, Visit

SAID = {
    "book.disbursement": _("Disbursed on %(day)s by the bank: %(amounts)s (%(reference)s)"),
    "book.receipt": _("Repaid on %(day)s: %(amounts)s (%(reference)s)"),
    "book.refund": _("Overpayment refunded on %(day)s: %(amounts)s (%(reference)s)"),
    "book.compensation": _("Compensated by the fund on %(day)s: %(amounts)s (%(reference)s)"),
    "book.recovery": _("Recovered for the fund on %(day)s: %(amounts)s (%(reference)s)"),
    "book.reversal": _("Entry undone, of %(day)s: %(amounts)s (%(reference)s)"),
}
PARTS = {
    Account.PRINCIPAL: _("principal %(amount)s"),
    Account.INTEREST: _("interest %(amount)s"),
    Account.PENALTY: _("penalty interest %(amount)s"),
    Account.OVERPAID: _("overpaid %(amount)s"),
    Account.OWED_TO_FUND: _("owed to the fund %(amount)s"),
    Account.WRITTEN_OFF: _("written off %(amount)s"),
}


def booked(event):
    """An entry of the book with its day and what it moved for this loan."""
    amounts = event.data.get("amounts", {})
    parts = [str(words) % {"amount": f"{abs(Decimal(amounts[account])):,.2f}"} for account, words in PARTS.items() if account in amounts]
    said = {"day": date.fromisoformat(event.data["value_date"]), "amounts": pgettext("between clauses", ", ").join(parts), "reference": event.data["reference"]}
    return str(SAID[event.kind]) % said


def visited(event):
    """A visit to the business after the loan."""
    business = Visit.Business(event.data["business"]).label
    words = _gettext("Business visited on %(day)s: %(business)s, %(workers)s workers. %(words)s")
    return (words % {"words": "", **event.data, "business": business}).strip()


CHANGES = {
    "extension.asked": _("Extension by %(months)s months asked for (request %(paper)s): %(words)s"),
    "extension.consented": _("The bank consents to the extension (%(paper)s)"),
    "extension.granted": _("Extended by %(months)s months: maturity %(was)s becomes %(now)s (%(document)s)"),
    "extension.refused": _("Extension refused: %(words)s"),
    "schedule.repaid_early": _("%(cause)s: %(early)s yuan before its time; the last row is now due on %(ends)s"),
    "schedule.remade": _("A receipt was undone: the schedules that followed from it were made again"),
    "rate.stepped": _("Rate %(rate)s%% a year from %(day)s (%(document)s)"),
}


def changed(event):
    """What changed the schedule."""
    said = dict(event.data)
    if "cause" in said:
        said["cause"] = Schedule.Cause(said["cause"]).label
    return str(CHANGES[event.kind]) % said


def reminded(event):
    """A reminder with its rung."""
    return _gettext("Reminded %(rung)s: %(amount)s yuan due %(due)s") % {**event.data, "rung": Reminder.Rung(event.data["rung"]).label}


def noted(event):
    """An attempt to collect, and the promise made in it."""
    said = {**event.data, "how": CollectionNote.How(event.data["how"]).label}
    words = _gettext("Collection on %(day)s, %(how)s, %(whom)s: %(words)s") % said
    promise = _gettext("Promised: %(promised)s yuan by %(by_day)s.") % said if "promised" in said else ""
    return f"{words} {promise}".strip()


MOVES = {
    "confirm_disbursement": _("The bank has paid out %(amount)s yuan; repayment begins"),
    "settle": _("All principal is repaid: the loan is settled"),
    "reopen": _("A receipt was reversed, the loan is open again: %(words)s"),
}
SENTENCES = {
    **dict.fromkeys(SAID, booked),
    **dict.fromkeys(CHANGES, changed),
    "business.visited": visited,
    "reminder.issued": reminded,
    "collection.noted": noted,
    "collection.dunned": _("Dunning notice %(number)s: %(amount)s yuan to be paid by %(pay_by)s"),
}
