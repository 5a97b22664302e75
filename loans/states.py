"""The procedure on one screen: the states of a case, and which follows which. Nothing else assigns loan.state."""

from django.db import models
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from staff.audit import note
from staff.errors import NotAllowedFromHere


class State(models.TextChoices):
    APPLIED = "applied", _("Applied")  # waits for the community's recommendation
    RECOMMENDED = "recommended", _("Recommended")  # waits for first review
    RETURNED = "returned", _("Returned for papers")  # waits for the applicant
    REVIEWED = "reviewed", _("First review passed")  # waits for the joint investigation and its three opinions
    INVESTIGATED = "investigated", _("Investigated")  # waits for second review
    CONFIRMED = "confirmed", _("Second review passed")  # waits for the director
    PROMISED = "promised", _("Guarantee promised")  # waits for the bank's credit decision and contract
    CONTRACTED = "contracted", _("Contract signed")  # waits for the bank's disbursement
    LIVE = "live", _("Repaying")
    SETTLED = "settled", _("Settled")
    COMPENSATED = "compensated", _("Compensated by the fund")  # the borrower now owes the fund
    RECOVERED = "recovered", _("Recovered in full")
    WRITTEN_OFF = "written_off", _("Written off")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Promise lapsed")


BEFORE_PROMISE = (State.APPLIED, State.RECOMMENDED, State.RETURNED, State.REVIEWED, State.INVESTIGATED, State.CONFIRMED)
RESERVED = (State.PROMISED, State.CONTRACTED)
COMPENSATED = (State.COMPENSATED, State.RECOVERED, State.WRITTEN_OFF)
LENT = (State.LIVE, State.SETTLED, *COMPENSATED)
ENDED_BEFORE_MONEY = (State.REFUSED, State.WITHDRAWN, State.LAPSED)
OPEN = (*BEFORE_PROMISE, *RESERVED, State.LIVE, State.COMPENSATED)

_LEAVE = {State.REFUSED, State.WITHDRAWN}

MOVES: dict[State, set[State]] = {
    State.APPLIED: {State.RECOMMENDED, State.RETURNED, *_LEAVE},
    State.RECOMMENDED: {State.REVIEWED, State.RETURNED, *_LEAVE},
    State.RETURNED: {State.APPLIED, State.RECOMMENDED, State.REVIEWED, State.INVESTIGATED, State.CONFIRMED, *_LEAVE},
    State.REVIEWED: {State.INVESTIGATED, State.RETURNED, *_LEAVE},
    State.INVESTIGATED: {State.CONFIRMED, State.REVIEWED, State.RETURNED, *_LEAVE},
    State.CONFIRMED: {State.PROMISED, State.REVIEWED, State.RETURNED, *_LEAVE},
    State.PROMISED: {State.CONTRACTED, State.LAPSED, *_LEAVE},
    State.CONTRACTED: {State.LIVE, State.LAPSED, State.WITHDRAWN},
    State.LIVE: {State.SETTLED, State.COMPENSATED, State.CONTRACTED},  # back to the contract only by undoing a disbursement
    State.SETTLED: {State.LIVE},  # only by reversal of a receipt
    State.COMPENSATED: {State.RECOVERED, State.WRITTEN_OFF, State.LIVE},  # back only by reversal of the compensation
    State.RECOVERED: {State.COMPENSATED, State.WRITTEN_OFF},  # only by reversal of a recovery
    State.WRITTEN_OFF: {State.RECOVERED, State.COMPENSATED},  # not forgiven: all may come back yet; open again only by reversal
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
    State.LAPSED: set(),
}


def expect(loan, *states):
    """Refuses (NotAllowedFromHere) a case that is at none of these states, before an action looks further."""
    if loan.state not in states:
        raise NotAllowedFromHere(
            _gettext("Case %(number)s is at “%(now)s”; this is not possible there.") % {"number": loan.number, "now": loan.get_state_display()}
        )


def move(loan, to, *, by, on, **data):
    """Take a locked loan to its next state, save it, and write it in the history.

    Refuses (NotAllowedFromHere) what the table does not hold.
    """
    if to not in MOVES[State(loan.state)]:
        raise NotAllowedFromHere(
            _gettext("Case %(number)s is at “%(now)s”; it cannot become “%(to)s”.")
            % {"number": loan.number, "now": loan.get_state_display(), "to": State(to).label}
        )
    was, loan.state, loan.state_since = loan.state, to, on
    loan.save()
    note("loan.moved", subject=loan, by=by, on=on, was=str(was), now=str(to), **data)
    return loan
