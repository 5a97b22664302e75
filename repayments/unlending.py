"""A disbursement that was a mistake: what stands in its way, and taking it out of book, schedule and venture."""

from datetime import date

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import states
from loans.models import Loan
from loans.states import State
from repayments import ledger
from repayments.models import Entry
from staff.errors import Refused
from staff.models import User

EMPTIED = ("disbursed_on", "disbursed_by", "principal", "iou_number", "maturity")


class MoneyStands(Refused):
    """A disbursement is undone only while nothing else of the loan stands in the book."""

    title = _("The loan has moved money since")


def disbursement_of(loan: Loan) -> Entry:
    """The entry by which a lent loan was paid out."""
    return Entry.objects.filter(kind=Entry.Kind.DISBURSEMENT, lines__loan=loan, reversed_by=None).distinct().get()


def refuse_if_money_stands(loan: Loan) -> None:
    """Refuses (MoneyStands) a loan of which any entry but its disbursement has not been undone."""
    standing = Entry.objects.filter(lines__loan=loan, reverses=None, reversed_by=None).exclude(kind=Entry.Kind.DISBURSEMENT)
    references = list(standing.distinct().order_by("id").values_list("reference", flat=True)[:5])
    if references:
        raise MoneyStands(
            _gettext("%(number)s has entries that stand: %(references)s. Reverse them first.") % {"number": loan.number, "references": ", ".join(references)}
        )


def unlend(*, loan: Loan, reason: str, by: User, on: date, **told: object) -> Loan:
    """Undo the disbursement of a locked loan: counter-entry, schedule and venture cancelled, the case waits for its money again.

    Part of guarantees.actions.undo_disbursement, which holds the fund's lock and lets the promise stand again.
    """
    refuse_if_money_stands(loan)
    was = {"day": loan.disbursed_on, "amount": f"{loan.principal:.2f}", "iou": loan.iou_number, "maturity": loan.maturity}
    ledger.reverse(disbursement_of(loan), on=on, by=by, reason=reason)
    for opened in (loan.schedules, loan.ventures):
        opened.standing().update(cancelled_on=on, cancelled_by=by)
    loan.extensions.filter(ended_on=None).update(ended_on=on, ended_by=by, end_reason=reason)
    for name in EMPTIED:
        setattr(loan, name, None)
    loan.difference_reason = ""
    return states.move(loan, State.CONTRACTED, by=by, on=on, act="undo_disbursement", words=reason, **was, **told)
