"""Why somebody may not have a loan: every reason at once, each with the document that says so. No database, no clock."""

from datetime import date

from loans.eligibility import asked, behind, person
from loans.eligibility.records import (
    LEAST,
    OWN_RULE,
    Ages,
    Asking,
    Backing,
    Counter,
    Earlier,
    GuarantorMost,
    Named,
    Proof,
    Reason,
    Repeat,
    Rules,
    Trade,
)
from loans.policy import Terms

__all__ = (
    "LEAST",
    "OWN_RULE",
    "Ages",
    "Asking",
    "Backing",
    "Counter",
    "Earlier",
    "GuarantorMost",
    "Named",
    "Proof",
    "Reason",
    "Repeat",
    "Rules",
    "Trade",
    "reasons_against",
)

CHECKS = (*person.CHECKS, *asked.CHECKS, *behind.CHECKS)


def reasons_against(asking: Asking, terms: Terms, rules: Rules, on: date) -> list[Reason]:
    """Everything that stands against this application on this day; an empty list means that it may be taken."""
    return [reason for check in CHECKS for reason in check(asking, terms, rules, on)]
