"""The acts on a guarantee, added to the one table of who may do what to a case."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.actions.checked import refuse_second_hat
from guarantees.actions.undo import check_renewable, check_undoable
from loans import acts
from loans.acts import Act, other_than
from loans.states import COMPENSATED, State
from staff.errors import NotAllowedFromHere
from staff.models import Role

DIRECTOR, BANK, FINANCE, OFFICER = (Role.DIRECTOR,), (Role.BANK,), (Role.FINANCE,), (Role.LOAN_OFFICER,)
SIGNERS = (Role.REVIEWER, Role.FINANCE, Role.DIRECTOR)
RECEIVERS = (Role.FINANCE, Role.BANK)


def _refuse(loan):
    raise NotAllowedFromHere(_gettext("Case %(number)s does not wait for this.") % {"number": loan.number})


def _while_open(find, wanted=lambda thing, by: True):
    """A check that a demand, or a write-off, is open, and that it waits for this of this person."""

    def check(loan, by):
        thing = find(loan)
        if thing is None or not wanted(thing, by):
            _refuse(loan)

    return check


def _unsigned(thing, by):
    return not thing.signatures.exists()


def _to_check(thing, by):
    return bool(compensation.papers_unchecked(thing))


def _his_to_sign(thing, by):
    if compensation.PART_OF.get(Role(by.role)) not in compensation.signatures_missing(thing)[:2]:
        return False
    refuse_second_hat(thing, by)
    return True


def _all_signed(thing, by):
    return not compensation.signatures_missing(thing)


def _none_open(find):
    def check(loan, by):
        if find(loan) is not None:
            _refuse(loan)

    return check


def _has_recoveries(loan, by):
    paid = compensation.compensation_of(loan)
    if paid is None or not compensation.standing_recoveries(paid).exists():
        _refuse(loan)


def _written_off_by_us(loan, by):
    if not loan.write_offs.filter(outcome="booked").exists():
        _refuse(loan)


DEMAND, WRITE_OFF = compensation.open_demand, compensation.open_write_off

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
    # a demand: its rows on desks are this room's own, for most live loans have none
    Act("demand", _("Demand payment from the fund"), "guarantees:demand", {State.LIVE: BANK}, _none_open(DEMAND), waits=False, tone="warn"),
    Act("bring_papers", _("Bring papers"), "guarantees:bring_papers", {State.LIVE: BANK}, _while_open(DEMAND, _unsigned), waits=False, tone="warn"),
    Act("check_papers", _("Check the papers"), "guarantees:check_papers", {State.LIVE: OFFICER}, _while_open(DEMAND, _to_check), waits=False, leads=True),
    Act(
        "sign_compensation",
        _("Sign the compensation"),
        "guarantees:sign_compensation",
        {State.LIVE: SIGNERS},
        _while_open(DEMAND, _his_to_sign),
        waits=False,
        leads=True,
    ),
    Act(
        "pay_compensation",
        _("Pay the compensation"),
        "guarantees:pay_compensation",
        {State.LIVE: FINANCE},
        _while_open(DEMAND, _all_signed),
        waits=False,
        leads=True,
    ),
    Act(
        "reject_demand",
        _("Reject the demand"),
        "guarantees:reject_demand",
        dict.fromkeys((State.LIVE, State.SETTLED), SIGNERS),
        _while_open(DEMAND),
        waits=False,
        tone="bad",
    ),
    Act(
        "withdraw_demand",
        _("Take the demand back"),
        "guarantees:withdraw_demand",
        dict.fromkeys((State.LIVE, State.SETTLED), BANK),
        _while_open(DEMAND),
        waits=False,
        tone="bad",
    ),
    # after the compensation
    Act(
        "sign_write_off",
        _("Sign the write-off"),
        "guarantees:sign_write_off",
        {State.COMPENSATED: (Role.FINANCE, Role.DIRECTOR)},
        _while_open(WRITE_OFF, _his_to_sign),
        waits=False,
        leads=True,
    ),
    Act(
        "record_recovery",
        _("Record a recovery"),
        "guarantees:record_recovery",
        dict.fromkeys((State.COMPENSATED, State.WRITTEN_OFF), RECEIVERS),
        waits=False,
        leads=True,
    ),
    Act(
        "propose_write_off",
        _("Propose to write it off"),
        "guarantees:propose_write_off",
        {State.COMPENSATED: OFFICER},
        _none_open(WRITE_OFF),
        waits=False,
        tone="warn",
    ),
    Act(
        "bring_write_off_papers",
        _("Bring papers for the write-off"),
        "guarantees:bring_write_off_papers",
        {State.COMPENSATED: OFFICER},
        _while_open(WRITE_OFF, _unsigned),
        waits=False,
        tone="warn",
    ),
    Act(
        "check_write_off_papers",
        _("Check the papers of the write-off"),
        "guarantees:check_write_off_papers",
        {State.COMPENSATED: FINANCE},
        _while_open(WRITE_OFF, _to_check),
        waits=False,
        tone="warn",
    ),
    Act(
        "reject_write_off",
        _("Reject the write-off"),
        "guarantees:reject_write_off",
        {State.COMPENSATED: (Role.FINANCE, Role.DIRECTOR)},
        _while_open(WRITE_OFF),
        waits=False,
        tone="bad",
    ),
    Act(
        "reverse_compensation",
        _("Reverse the compensation"),
        "guarantees:reverse_compensation",
        {State.COMPENSATED: FINANCE},
        waits=False,
        tone="bad",
    ),
    Act(
        "reverse_write_off",
        _("Reverse the write-off"),
        "guarantees:reverse_write_off",
        {State.WRITTEN_OFF: FINANCE},
        _written_off_by_us,
        waits=False,
        tone="bad",
    ),
    Act(
        "reverse_recovery",
        _("Reverse a recovery"),
        "guarantees:reverse_recovery",
        dict.fromkeys(COMPENSATED, FINANCE),
        _has_recoveries,
        waits=False,
        tone="bad",
    ),
)
