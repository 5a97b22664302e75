"""A case's schedule before there is one: the same function that books it, for the amount, term and rate as they stand today."""

from copy import copy
from datetime import date

from loans import queries
from loans.models import Loan
from repayments import versions
from repayments.borrower_plan import Payment, facts_of
from repayments.subsidy import borrower_part


def preview(loan: Loan, on: date) -> tuple[list[Payment], Loan] | None:
    """(payments, the loan as assumed) if it were paid out today; None where no rate can be said yet."""
    assumed = copy(loan)
    assumed.rate = loan.rate or queries.rate_ceiling_of(loan, queries.terms_of(loan, on=on), on=on)
    if assumed.rate is None:
        return None
    assumed.principal = loan.amount_granted or loan.amount_asked
    assumed.term_granted = loan.term_granted or loan.term_asked
    assumed.micro_profit = loan.micro_profit or loan.reviewed_on is None  # settled at first review; until then the plan says so
    assumed.disbursed_on, assumed.contract_date = on, loan.contract_date or on
    plan = versions.first_rows(assumed, amount=assumed.principal, day=on, term=assumed.term_granted)
    facts = facts_of(assumed, plan)
    return [Payment(r.seq, r.due, r.principal, r.interest, borrower_part(facts, r), r.balance_after) for r in plan], assumed
