"""How the events of promises, demands, compensation and the fund read."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from guarantees.models import PaperKind, Part, WriteOff

MOVES = {
    "approve": _("Approved; guarantee of %(amount)s yuan promised, %(promise)s. %(words)s"),
    "withdraw_promise": _("Promise taken back: %(words)s"),
    "lapse": _("Promise lapsed: %(words)s"),
    "decide_credit": _("The bank grants the credit: contract %(contract)s at %(rate)s%% a year"),
    "undo_disbursement": _(
        "The bank has undone its disbursement of %(amount)s yuan on %(day)s (IOU %(iou)s): %(words)s Promise %(promise)s stands again until %(valid_until)s"
    ),
    "refuse_credit": _("The bank refuses the credit: %(words)s"),
    "pay_compensation": _("Compensated: the bank is paid %(amount)s yuan, %(document)s; the borrower now owes the fund"),
    "reverse_compensation": _("The compensation was reversed; the loan is being repaid to the bank: %(words)s"),
    "recovered": _("All has come back: the case is closed"),
    "reverse_recovery": _("A recovery was reversed; the case is open again: %(words)s"),
    "write_off": _("%(amount)s yuan written off; it is not forgiven"),
    "reverse_write_off": _("The write-off was reversed: %(words)s"),
}


def _named(kinds):
    return pgettext("in a list", ", ").join(str(PaperKind(kind).label) for kind in kinds) or "—"


def brought(event):
    """Papers of a demand or a write-off as they were brought."""
    return _gettext("Papers brought: %(papers)s") % {"papers": _named(event.data["papers"])}


def checked(event):
    """What the check of papers found."""
    return _gettext("Papers checked; in order: %(good)s; not in order: %(bad)s") % {"good": _named(event.data["good"]), "bad": _named(event.data["bad"])}


def signed(event):
    """One signature with its opinion."""
    return _gettext("Signed for %(part)s: %(words)s") % {"part": Part(event.data["part"]).label, "words": event.data["words"]}


def proposed(event):
    """A proposal to write a loss off."""
    said = {**event.data, "cause": WriteOff.Cause(event.data["cause"]).label}
    return _gettext("Write-off of %(amount)s yuan proposed (%(cause)s): %(words)s") % said


SENTENCES = {
    "promise.reduced": _("Promise %(promise)s stands again for %(amount)s instead of %(was)s yuan: the rest has been promised to others since"),
    "subsidy.goes_back": _("Subsidy of %(amount)s yuan approved in %(claims)s goes back: the bank's next claim takes it off"),
    "promise.renewed": _("Promise %(promise)s renewed until %(valid_until)s: %(words)s"),
    "demand.made": _("The bank demands %(principal)s of principal and %(interest)s of interest from the fund: %(reason)s"),
    "demand.rejected": _("The demand was rejected: %(reason)s"),
    "demand.withdrawn": _("The bank took its demand back: %(reason)s"),
    "compensation.papers": brought,
    "compensation.checked": checked,
    "compensation.signed": signed,
    "write_off.proposed": proposed,
    "write_off.rejected": _("The write-off was rejected: %(reason)s"),
    "suspension.begun": _("No new promises at a compensation rate of %(rate)s%%, %(document)s. %(words)s"),
    "suspension.signed": signed,
    "suspension.lifted": _("The suspension is lifted"),
    "demand.answered": _("The demand was answered: %(answer)s"),
    "fund.pay_in": _("%(amount)s yuan paid into the fund, %(document)s"),
    "fund.interest": _("%(amount)s yuan of interest kept in the fund, %(document)s"),
    "fund.withdrawal": _("%(amount)s yuan withdrawn from the fund, %(document)s"),
    "statement.entered": _("Statement of %(bank)s for %(month)s entered, closing balance %(closing)s yuan"),
    "statement.matched": _("Statement of %(bank)s for %(month)s held against the book again"),
    "statement.signed": _("Reconciliation with %(bank)s for %(month)s signed, difference %(difference)s yuan"),
    "plan.drawn_up": _("Plan of %(year)s drawn up, version %(version)s: %(amount)s yuan"),
    "plan.corrected": _("Plan of %(year)s, version %(version)s corrected: %(amount)s yuan"),
    "plan.signed": _("Plan of %(year)s, version %(version)s signed"),
    "plan.given_up": _("Plan of %(year)s, version %(version)s given up: %(reason)s"),
    "fund.reversed": _("Movement %(document)s of %(amount)s yuan was reversed: %(reason)s"),
    "fund.transfer": _("%(amount)s yuan moved between banks, %(document)s"),
}
