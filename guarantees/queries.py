"""What the fund holds, stands for and may still promise (domain.md §3). All amounts in yuan."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from guarantees.models import Promise
from loans.models import PolicyRow
from repayments import ledger
from repayments.models import Account
from staff.models import Bank

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Position:
    """One bank's part of the fund on one day."""

    bank: Bank
    balance: Decimal
    multiple: Decimal
    used: Decimal
    reserved: Decimal

    @property
    def capacity(self):
        return self.balance * self.multiple

    @property
    def room(self):
        return self.capacity - self.used - self.reserved

    @property
    def leverage(self):
        """How many times its balance the fund stands for: used and reserved ÷ balance."""
        return (self.used + self.reserved) / self.balance if self.balance else NOTHING

    @property
    def over_limit(self):
        return self.room < 0


def multiple(on):
    """How many times its balance the fund may promise on this day: the latest policy row's, 5 since 银发〔2002〕394号."""
    return PolicyRow.objects.filter(leverage__isnull=False, effective_from__lte=on).latest("effective_from").leverage


def reserved(bank, *, on):
    """Promised at this bank by that day and not ended by it."""
    promises = Promise.objects.filter(account__bank=bank, promised_on__lte=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return promises.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def position(bank, *, on):
    """This bank's part of the fund on that day."""
    return Position(
        bank,
        ledger.balance(Account.FUND, bank=bank, as_of=on),
        multiple(on),
        ledger.balance(Account.PRINCIPAL, bank=bank, as_of=on),
        reserved(bank, on=on),
    )


def positions(*, on):
    """Every bank's part of the fund on that day, in the banks' order."""
    return [position(bank, on=on) for bank in Bank.objects.filter(fund_account__isnull=False)]


def room(bank, *, on):
    """How much more may be promised at this bank on that day, in yuan. Decide under the lock of its fund account."""
    return position(bank, on=on).room
