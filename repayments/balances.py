"""What is still owed, as a column of the list of loans."""

from django.utils.translation import gettext_lazy as _

from loans.lists import register_amount
from repayments import ledger
from repayments.models import Account


def of_loans(keys):
    """The balance of each of these loans, in yuan."""
    return ledger.balances(Account.PRINCIPAL, "loan", loan__in=keys)


def total(loans):
    """What is owed on all of these loans together, in yuan."""
    return sum(ledger.balances(Account.PRINCIPAL, "bank", loan__in=loans.values("pk")).values())


def register():
    register_amount("balance", _("Balance (yuan)"), of_loans=of_loans, total=total)
