"""A disbursement that the bank confirmed by mistake is undone; the promise stands again, and may be renewed where its days are over."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import queries
from guarantees.actions.demand import DemandIsOpen
from guarantees.actions.locks import has_reason, locked
from guarantees.models import Demand, Promise
from guarantees.queries import Position
from loans import acts
from loans.models import Loan
from loans.money import fen
from repayments.claims.taken_up import InClaims, in_claims
from repayments.unlending import refuse_if_money_stands, unlend
from staff.audit import note
from staff.errors import Refused
from staff.models import User


class NeverPromised(Refused):
    """A loan from the old ledger has no promise here that could stand again."""

    title = _("No promise stands behind this loan")


class NothingToRenew(Refused):
    """A promise has its days once; they are renewed only where an undone disbursement used them up."""

    title = _("This promise is not renewed")


class Undoing(NamedTuple):
    """What undoing a disbursement does to the fund: the room reserved again, and the bank's part of the fund before and after."""

    reserved: Decimal
    valid_until: date
    lapses: bool  # its days are over: it ends the same night, unless it is renewed or the money is confirmed again
    before: Position
    after: Position
    subsidy: InClaims  # what claims hold of it: the bank's next claim takes it back

    @property
    def rows(self) -> list[tuple[object, Decimal, Decimal]]:
        """(what, before, after) as pages show it."""
        return self.before.beside(self.after)


def undoing(loan: Loan, on: date) -> Undoing:
    """What undoing this loan's disbursement would do, as the book stands; read under the fund's lock where it is done.

    What was lent less than promised was free at once; where others have it by now, the promise stands again for the smaller amount.
    """
    before = queries.standing(loan.bank, on=on)
    most = max(loan.principal, before.room + loan.principal)
    reserved = min(loan.promise.amount, most)
    after = before.with_undone(loan.principal, reserved)
    return Undoing(reserved, loan.promise.valid_until, on > loan.promise.valid_until, before, after, in_claims(loan))


def check_undoable(loan: Loan, by: User) -> None:
    """Refuses a loan whose disbursement cannot be undone: from the old ledger, with money that moved since, or with an open demand."""
    if not hasattr(loan, "promise"):
        raise NeverPromised(_gettext("%(number)s comes from the old ledger: there is no promise to go back to.") % {"number": loan.number})
    refuse_if_money_stands(loan)
    if Demand.objects.filter(loan=loan, closed_on=None).exists():
        raise DemandIsOpen(_gettext("The last demand for %(number)s has not been answered.") % {"number": loan.number})


@transaction.atomic
def undo_disbursement(*, loan, reason, by, on):
    """Undo a confirmed disbursement by a counter-entry while nothing else stands on it: the room is reserved again, the case waits for its money.

    Subsidy that was approved for it is not touched: the bank's next claim takes it off, with this entry behind it.
    """
    _account, loan = locked(loan)
    acts.permit("undo_disbursement", loan=loan, by=by)
    has_reason(reason)
    planned = undoing(loan, on)
    promised = _stands_again(loan.promise, planned.reserved, by=by, on=on)
    loan.amount_granted = promised.amount
    if subsidy := planned.subsidy.approved:
        note("subsidy.goes_back", subject=loan, by=by, on=on, amount=fen(subsidy), claims=planned.subsidy.claims)
    return unlend(loan=loan, reason=reason, by=by, on=on, promise=promised.number, valid_until=promised.valid_until)


@transaction.atomic
def renew_promise(*, loan, reason, by, on):
    """Give a promise its days once more after its disbursement was undone; the director's act, for only the office promises."""
    _account, loan = locked(loan)
    acts.permit("renew_promise", loan=loan, by=by)
    has_reason(reason)
    promise = loan.promise
    promise.valid_until = queries.promise_valid_until(on)
    promise.save()
    note("promise.renewed", subject=loan, by=by, on=on, promise=promise.number, valid_until=promise.valid_until, words=reason)
    return promise


def check_renewable(loan: Loan, by: User) -> None:
    """Refuses a promise whose disbursement was never undone."""
    if not loan.ventures.filter(cancelled_on__isnull=False).exists():
        raise NothingToRenew(_gettext("No disbursement of %(number)s was undone: its promise has its days once.") % {"number": loan.number})


def _stands_again(promise: Promise, amount: Decimal, *, by: User, on: date) -> Promise:
    """Open a promise that a disbursement had ended, for at most this amount."""
    if amount < promise.amount:
        note("promise.reduced", subject=promise.loan, by=by, on=on, promise=promise.number, was=fen(promise.amount), amount=fen(amount))
    promise.amount, promise.ended_on, promise.ended_by, promise.end = amount, None, None, ""
    promise.save()
    return promise
