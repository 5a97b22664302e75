"""What the counter sees of the fund while an application is being filled in: the room of the chosen bank."""

from guarantees import queries
from staff import parts
from staff.office_date import office_today


def room(request, allowed):
    """The chosen bank's room today, and what the amount asked for would leave of it."""
    bank, amount = allowed["bank"], allowed["amount"]
    if bank is None:
        return None
    position = queries.position(bank, on=office_today())
    return {"bank": bank, "room": position.room, "left": position.room - amount if amount else None}


def register():
    parts.register("application.side", order=20, template="guarantees/_room_at_counter.html", context=room)
