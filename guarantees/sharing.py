"""Who bears which part of a loss: cut at the compensation, given back in the same parts. Decimals only; no database, no clock."""

from dataclasses import dataclass
from decimal import Decimal

from loans.money import FEN, fen

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Parts:
    """A loss on one loan, cut: what each bears of the principal outstanding and of the interest, in yuan."""

    fund: Decimal
    agency: Decimal
    bank_principal: Decimal
    bank_interest: Decimal
    interest: Decimal  # the part of the interest that fund and agency bear

    @property
    def paid(self):
        """What the bank is paid."""
        return self.fund + self.agency

    @property
    def bank(self):
        return self.bank_principal + self.bank_interest

    @property
    def whole(self):
        return self.paid + self.bank


def cut(agreement, *, outstanding, principal, interest):
    """A loss by the agreement's shares: of the outstanding principal so much is compensated for, the rest stays with the bank."""
    of_principal, of_interest = agreement.split(principal), agreement.split(interest)
    return Parts(
        fund=of_principal.fund + of_interest.fund,
        agency=of_principal.agency + of_interest.agency,
        bank_principal=outstanding - of_principal.fund - of_principal.agency,
        bank_interest=of_interest.bank,
        interest=of_interest.fund + of_interest.agency,
    )


def give_back(amount, *, borne, had):
    """So much recovered, by the parts in which the loss was borne; `had` is what each has had back. Everything back is everything exactly."""
    everything = borne.whole == had.whole + amount
    paid = _first(amount, (borne.paid, borne.bank), (had.paid, had.bank), keep=NOTHING if everything else FEN)
    fund = _first(paid, (borne.fund, borne.agency), (had.fund, had.agency))
    principal = _first(amount - paid, (borne.bank_principal, borne.bank_interest), (had.bank_principal, had.bank_interest))
    return Parts(fund, paid - fund, principal, amount - paid - principal, NOTHING)


def _first(amount, borne, had, *, keep=NOTHING):
    """The first one's part of an amount that two share, so that the sums so far stay as near to the shares as fen allow.

    Neither ever has more than was borne; `keep` stays with the first until everything is back.
    """
    first, second = borne
    if not first + second:
        return NOTHING
    due = fen((sum(had) + amount) * first / (first + second)) - had[0]
    least, most = max(NOTHING, amount - (second - had[1])), min(amount, first - had[0] - keep)
    return min(max(due, least), most)
