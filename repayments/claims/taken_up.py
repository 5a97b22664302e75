"""What claims of subsidy hold of one loan: looked at before its disbursement is undone, for the next claim has to take it back."""

from decimal import Decimal
from typing import NamedTuple

from loans.models import Loan
from repayments.claims.queries import with_paid
from repayments.models import SubsidyLine

NOTHING = Decimal("0.00")


class InClaims(NamedTuple):
    """The lines of a loan in its bank's claims, each with `paid`, and what of them is approved and paid, in yuan."""

    lines: list[SubsidyLine]
    approved: Decimal
    paid: Decimal

    @property
    def claims(self) -> str:
        """The approved claims by number, that the next one corrects."""
        return ", ".join(sorted({line.claim.number for line in self.lines if line.claim.approved_on}))


def in_claims(loan: Loan) -> InClaims:
    """Everything that claims say of a loan."""
    lines = list(with_paid(SubsidyLine.objects.filter(loan=loan)))
    approved = sum((line.approved or NOTHING for line in lines if line.claim.approved_on), NOTHING)
    return InClaims(lines, approved, sum((line.paid for line in lines), NOTHING))
