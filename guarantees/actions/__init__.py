"""What changes a guarantee or the fund: one module per hand that acts."""

from guarantees.actions.bank import answer_demand, confirm_disbursement, decide_credit, demand, refuse_credit
from guarantees.actions.fund import keep_interest, pay_in, transfer, withdraw
from guarantees.actions.promise import approve, lapse, lapse_due, withdraw_promise

__all__ = (
    "answer_demand",
    "approve",
    "confirm_disbursement",
    "decide_credit",
    "demand",
    "keep_interest",
    "lapse",
    "lapse_due",
    "pay_in",
    "refuse_credit",
    "transfer",
    "withdraw",
    "withdraw_promise",
)
