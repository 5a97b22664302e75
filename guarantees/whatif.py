"""What if these cases were promised, in this order? Each takes room while there is some; nothing is kept. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from guarantees.forecast import Flow, Why

NONE_CLOSED: Mapping[int, str] = {}


class Proposal(NamedTuple):
    """One line of the list: a case, or an amount that nobody has asked for yet."""

    label: str
    bank: int
    amount: Decimal
    month: int = 0  # 0: today; 1 to 12: by the end of that month
    case: Any = None


@dataclass(frozen=True)
class Placed:
    """One line with the room at its bank before and after it; one that does not fit takes none."""

    proposal: Proposal
    before: Decimal
    after: Decimal
    fits: bool
    missing: Decimal
    closed: str = ""  # why nothing at all is promised for its bank


def place(proposals: Iterable[Proposal], rooms: Mapping[int, Sequence[Decimal]], closed: Mapping[int, str] = NONE_CLOSED) -> list[Placed]:
    """Every line in its order. `rooms` holds each bank's room today and at the coming month ends: a line needs it from its month on.

    `closed` says of banks that are suspended why nothing is promised for them.
    """
    left = {bank: list(room) for bank, room in rooms.items()}
    return [_place(proposal, left, closed.get(proposal.bank, "")) for proposal in proposals]


def _place(proposal, left, closed):
    rooms = left.get(proposal.bank, [Decimal("0.00")] * (proposal.month + 1))
    # What earlier lines take of later months is theirs: the room must be there from its month to the last.
    before = min(rooms[proposal.month :])
    missing = max(Decimal("0.00"), proposal.amount - before)
    if missing or closed:
        return Placed(proposal, before, before, False, missing, closed)
    for at in range(proposal.month, len(rooms)):
        rooms[at] -= proposal.amount
    return Placed(proposal, before, before - proposal.amount, True, missing)


def as_flows(placed: Iterable[Placed], days: Sequence[date]) -> list[Flow]:
    """What fits, as what it does to the coming months; `days` are today and the month ends."""
    return [Flow(p.proposal.bank, days[max(1, p.proposal.month)], p.proposal.amount, Why.PROPOSED) for p in placed if p.fits]
