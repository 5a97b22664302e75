"""What changes a guarantee or the fund: one module per hand that acts."""

from guarantees.actions.bank import confirm_disbursement, decide_credit, demand, refuse_credit, reject_demand
from guarantees.actions.fund import keep_interest, pay_in, reverse_movement, transfer, withdraw
from guarantees.actions.promise import approve, lapse, lapse_due, withdraw_promise
from guarantees.actions.undo import renew_promise, undo_disbursement

__all__ = (
    "approve",
    "confirm_disbursement",
    "decide_credit",
    "demand",
    "keep_interest",
    "lapse",
    "lapse_due",
    "pay_in",
    "refuse_credit",
    "reject_demand",
    "renew_promise",
    "reverse_movement",
    "transfer",
    "undo_disbursement",
    "withdraw",
    "withdraw_promise",
)
