"""What a borrower pays on each due day, and what finance pays of the interest instead (domain.md §4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from loans import rulebook
from loans.models import Loan
from loans.policy import Regime, Rule
from loans.rates import Rates, subsidy_reference
from repayments import queries
from repayments.schedule import Row, maturity
from repayments.subsidy import LoanFacts, borrower_part

NOTHING = Decimal("0.00")


class Payment(NamedTuple):
    """One due day as the borrower meets it, in yuan."""

    seq: int
    due: date
    principal: Decimal
    interest: Decimal  # as planned
    own_interest: Decimal  # what the borrower pays of it
    balance_after: Decimal

    @property
    def total(self) -> Decimal:
        return self.principal + self.own_interest

    @property
    def financed(self) -> Decimal:
        return self.interest - self.own_interest


class Next(NamedTuple):
    """The next day on which the borrower pays something, and how much, with what was paid ahead taken off."""

    due: date
    amount: Decimal


@dataclass(frozen=True)
class Plan:
    """The whole plan in force on a day, and how far it has come."""

    payments: Sequence[Payment]
    regime: Regime | None
    pays_first: bool  # the borrower pays all interest and gets finance's part back later
    next: Next | None  # None once nothing is left to pay
    late: Decimal  # planned principal that is overdue
    paid: Decimal  # principal received

    @property
    def interest(self) -> Decimal:
        return sum((payment.interest for payment in self.payments), NOTHING)

    @property
    def own_interest(self) -> Decimal:
        return sum((payment.own_interest for payment in self.payments), NOTHING)

    @property
    def financed(self) -> Decimal:
        return self.interest - self.own_interest


def plan_of(loan: Loan, on: date, *, among: Sequence[Rule] | None = None, rates: Rates | None = None) -> Plan:
    """The plan of a disbursed loan as it stands on a day; of many loans, rules and rates are read once and given."""
    shares = queries.allocation(loan, on)
    rows = [Row(share.sequence, share.due, share.principal, share.interest, share.balance_after) for share in shares]
    facts = facts_of(loan, rows, among=among, rates=rates)
    payments = [Payment(row.seq, row.due, row.principal, row.interest, borrower_part(facts, row), row.balance_after) for row in rows]
    coming = (Next(share.due, share.remaining + payment.own_interest) for share, payment in zip(shares, payments, strict=True) if share.due >= on)
    return Plan(
        payments=payments,
        regime=facts.regime,
        pays_first=facts.borrower_pays_first,
        next=next((one for one in coming if one.amount), None) if loan.state == Loan.State.LIVE else None,
        late=sum((share.remaining for share in shares if share.days_late), NOTHING),
        paid=queries.received(loan, as_of=on),
    )


def facts_of(loan, rows, *, among: Sequence[Rule] | None = None, rates: Rates | None = None) -> LoanFacts:
    """What the subsidy of a disbursed loan with this schedule depends on; of many loans, rules and rates are read once and given."""
    terms = rulebook.terms_of(loan, contract_on=loan.contract_date, among=among)
    regime = terms.regime(micro_profit=loan.micro_profit)
    reference = subsidy_reference(regime, rates or rulebook.all_rates(), contract_on=loan.contract_date, term_months=loan.term)
    ends, steps = maturity(loan.disbursed_on, loan.term), tuple((step.from_day, step.rate) for step in loan.rate_steps.all())
    return LoanFacts(
        regime=regime,
        principal=loan.principal,
        rate=loan.rate,
        disbursed=loan.disbursed_on,
        maturity=ends,
        cap=terms.capped_for_subsidy(loan.principal, loan.partners),
        schedule=rows,
        reference=reference,
        steps=steps,
        pays_first=loan.borrower_pays_first,
        original=first_rows_of(loan) if steps or (loan.maturity and loan.maturity > ends) else (),
    )


def first_rows_of(loan: Loan) -> Sequence[Row]:
    """The schedule of the disbursement: only a later maturity or another rate can leave more to be repaid than it did."""
    first = loan.schedules.standing().order_by("version").first()
    return [Row(r.sequence, r.due, r.principal, r.interest, r.balance_after) for r in first.instalments.all()] if first else ()
