"""What changes a claim: the bank submits, the office reviews, finance approves and pays."""

from repayments.claims.actions.deciding import approve, at, recompile, return_to_bank, review
from repayments.claims.actions.paying import pay, undo_payment
from repayments.claims.actions.submitting import Claimed, Figures, submit

__all__ = ("Claimed", "Figures", "approve", "at", "pay", "recompile", "return_to_bank", "review", "submit", "undo_payment")
