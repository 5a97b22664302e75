"""What changes a case, from the counter to second review. Promise, disbursement and repayment belong to later rooms."""

from loans.actions.application import NotEligible, OpenCase, WrongBank, WrongBorrower, apply
from loans.actions.behind import (
    Guarantor,
    NamedTwice,
    NotStanding,
    add_counter_guarantee,
    replace_counter_guarantee,
    reveal_guarantor,
    withdraw_counter_guarantee,
)
from loans.actions.counter import Proof, Spouse, take_application
from loans.actions.investigation import AlreadySigned, OpinionNotWhole, WrongVisitDay, give_opinion, record_visit
from loans.actions.leaving import ReasonMissing, RefusalNamesNoRule, refuse, withdraw
from loans.actions.numbers import CorrectionWaits, NothingToCorrect, NumberTaken, ask_correction, confirm_correction, refuse_correction
from loans.actions.papers import NothingMissing, PapersMissing, WrongAnswerDay, complete_papers, return_for_papers
from loans.actions.review import first_review, recommend, second_review, send_back

__all__ = (
    "AlreadySigned",
    "CorrectionWaits",
    "Guarantor",
    "NamedTwice",
    "NotEligible",
    "NotStanding",
    "NothingMissing",
    "NothingToCorrect",
    "NumberTaken",
    "OpenCase",
    "OpinionNotWhole",
    "PapersMissing",
    "Proof",
    "ReasonMissing",
    "RefusalNamesNoRule",
    "Spouse",
    "WrongAnswerDay",
    "WrongBank",
    "WrongBorrower",
    "WrongVisitDay",
    "add_counter_guarantee",
    "apply",
    "ask_correction",
    "complete_papers",
    "confirm_correction",
    "first_review",
    "give_opinion",
    "recommend",
    "record_visit",
    "refuse",
    "refuse_correction",
    "replace_counter_guarantee",
    "return_for_papers",
    "reveal_guarantor",
    "second_review",
    "send_back",
    "take_application",
    "withdraw",
    "withdraw_counter_guarantee",
)
