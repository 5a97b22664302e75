"""What changes a guarantee or the fund: one module per hand that acts."""

from guarantees.actions.bank import confirm_disbursement, decide_credit, refuse_credit
from guarantees.actions.compensation import pay_compensation, record_recovery, reverse_compensation, reverse_recovery
from guarantees.actions.demand import bring_papers, check_papers, demand, reject_demand, sign_compensation, withdraw_demand
from guarantees.actions.fund import keep_interest, pay_in, reverse_movement, transfer, withdraw
from guarantees.actions.promise import approve, lapse, lapse_due, withdraw_promise
from guarantees.actions.suspension import sign_lifting, suspend, suspend_reached
from guarantees.actions.undo import renew_promise, undo_disbursement
from guarantees.actions.write_off import (
    bring_write_off_papers,
    check_write_off_papers,
    propose_write_off,
    reject_write_off,
    reverse_write_off,
    sign_write_off,
)

__all__ = (
    "approve",
    "bring_papers",
    "bring_write_off_papers",
    "check_papers",
    "check_write_off_papers",
    "confirm_disbursement",
    "decide_credit",
    "demand",
    "keep_interest",
    "lapse",
    "lapse_due",
    "pay_compensation",
    "pay_in",
    "propose_write_off",
    "record_recovery",
    "refuse_credit",
    "reject_demand",
    "reject_write_off",
    "renew_promise",
    "reverse_compensation",
    "reverse_movement",
    "reverse_recovery",
    "reverse_write_off",
    "sign_compensation",
    "sign_lifting",
    "sign_write_off",
    "suspend",
    "suspend_reached",
    "transfer",
    "undo_disbursement",
    "withdraw",
    "withdraw_demand",
    "withdraw_promise",
)
