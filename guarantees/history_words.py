"""How the events of promises, demands and the fund read."""

from django.utils.translation import gettext_lazy as _

MOVES = {
    "approve": _("Approved; guarantee of %(amount)s yuan promised, %(promise)s. %(words)s"),
    "withdraw_promise": _("Promise taken back: %(words)s"),
    "lapse": _("Promise lapsed: %(words)s"),
    "decide_credit": _("The bank grants the credit: contract %(contract)s at %(rate)s%% a year"),
    "undo_disbursement": _(
        "The bank has undone its disbursement of %(amount)s yuan on %(day)s (IOU %(iou)s): %(words)s Promise %(promise)s stands again until %(valid_until)s"
    ),
    "refuse_credit": _("The bank refuses the credit: %(words)s"),
}
SENTENCES = {
    "promise.reduced": _("Promise %(promise)s stands again for %(amount)s instead of %(was)s yuan: the rest has been promised to others since"),
    "promise.renewed": _("Promise %(promise)s renewed until %(valid_until)s: %(words)s"),
    "demand.made": _("The bank demands %(principal)s of principal and %(interest)s of interest from the fund: %(reason)s"),
    "demand.rejected": _("The demand was rejected: %(reason)s"),
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
