"""What a borrower still owes once the principal is repaid: interest and penalty interest. The loan is settled, and they may still come in."""

from decimal import Decimal

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from loans.states import State
from repayments import penalty, queries
from repayments.changes import proposals
from repayments.models import Account
from staff.errors import NotAllowedFromHere
from staff.models import User


class NothingLeft(NotAllowedFromHere):
    """A settled loan takes interest and penalty interest while some of it is owed, and nothing else."""

    title = _("Nothing is owed any more")


def interest(loan: Loan) -> Decimal:
    """The borrower's interest until a settled loan was repaid that was not received, in yuan."""
    bears = proposals.borne_by_borrower(loan, loan.closed_on)
    return max(Decimal("0.00"), bears - queries.received(loan, Account.INTEREST))


def fines(loan: Loan) -> Decimal:
    """Its penalty interest that was not received, in yuan."""
    return penalty.owed(loan, loan.closed_on)


def check(loan: Loan, by: User) -> None:
    """Refuses (NothingLeft) a receipt on a settled loan that owes neither interest nor penalty interest."""
    if loan.state == State.SETTLED and not (interest(loan) or fines(loan)):
        raise NothingLeft(_gettext("%(number)s is settled, and neither interest nor penalty interest is owed.") % {"number": loan.number})
