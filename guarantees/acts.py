"""The acts on a guarantee, added to the one table of who may do what to a case."""

from django.utils.translation import gettext_lazy as _

from guarantees.actions.undo import check_renewable, check_undoable
from loans import acts
from loans.acts import Act, other_than
from loans.states import State
from staff.models import Role

DIRECTOR, BANK = (Role.DIRECTOR,), (Role.BANK,)

acts.register(
    Act("approve", _("Approve and promise the guarantee"), "guarantees:approve", {State.CONFIRMED: DIRECTOR}, other_than("reviewed_by", "confirmed_by")),
    Act("decide_credit", _("Enter the contract"), "guarantees:decide_credit", {State.PROMISED: BANK}),
    Act("confirm_disbursement", _("Confirm the disbursement"), "guarantees:confirm_disbursement", {State.CONTRACTED: BANK}),
    Act("refuse_credit", _("Refuse the credit"), "guarantees:refuse_credit", {State.PROMISED: BANK}, waits=False, tone="bad"),
    Act(
        "withdraw_promise",
        _("Take the promise back"),
        "guarantees:withdraw_promise",
        dict.fromkeys((State.PROMISED, State.CONTRACTED), DIRECTOR),
        waits=False,
        tone="bad",
    ),
    Act(
        "undo_disbursement",
        _("Undo the disbursement"),
        "guarantees:undo_disbursement",
        {State.LIVE: BANK},
        check=check_undoable,
        waits=False,
        tone="warn",
    ),
    Act(
        "renew_promise",
        _("Renew the promise"),
        "guarantees:renew_promise",
        dict.fromkeys((State.PROMISED, State.CONTRACTED), DIRECTOR),
        check=check_renewable,
        waits=False,
    ),
    Act("demand", _("Demand payment from the fund"), "guarantees:demand", {State.LIVE: BANK}, waits=False, tone="warn"),
)
