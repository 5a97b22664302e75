"""What changes a guarantee or the fund: one module per hand that acts."""

from guarantees.actions.bank import confirm_disbursement, decide_credit, demand, refuse_credit, reject_demand
from guarantees.actions.fund import keep_interest, pay_in, transfer, withdraw
from guarantees.actions.promise import approve, lapse, lapse_due, withdraw_promise

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
    "transfer",
    "withdraw",
    "withdraw_promise",
)
