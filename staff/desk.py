"""What waits on a person's desk: one joint table, filled by every room that registers its rows here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from staff.delegations import ASKED, hats


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: which act, about whom, since when, until when, and the page where it is done."""

    act: Any  # the act's name, such as "First review"
    who: str
    circumstances: str  # grey, beneath the name
    case: str
    project: str  # grey, beneath the case
    amount: Decimal | None
    since: date
    due: date | None
    left: int | None  # working days until `due`; below 0 when late
    url: str
    button: Any  # what the button says: it names the act
    about: str = ""  # beside the name: sex and age
    tone: str = "brand"  # colour of the act's tag: "brand", "warn", "bad" or "" for grey
    guessed: bool = False  # `due` lies beyond the calendar on record: weekdays were counted
    in_whose_name: str = ""  # whom the user signs for in this row

    @property
    def is_late(self):
        return self.left is not None and self.left < 0


class Source(NamedTuple):
    rows: Callable[..., Iterable[Waiting]]
    count: Callable[..., int] | None  # type: ignore[assignment]  # not the tuple's own count


_sources: list[Source] = []


def register(rows, *, count=None):
    """Hang `rows(user, today)` into every desk. `count(user, today)` answers the badge more cheaply than building the rows."""
    _sources.append(Source(rows, count))


def waiting(user, today):
    """Everything that waits for this user, and for those whom the user signs for; what is due first on top."""
    own, *others = hats(user, today)
    rows = _rows(own, today)
    known = {(row.url, row.act) for row in rows}
    rows += [_for_another(row, hat.delegation) for hat in others for row in _rows(hat, today) if (row.url, row.act) not in known]
    return sorted(rows, key=lambda row: (row.due or date.max, row.since))


def how_many(user, today):
    """How many things wait for this user: the badge in the navigation."""
    if len(hats(user, today)) > 1:
        return len(waiting(user, today))
    return sum(s.count(user, today) if s.count else sum(1 for _ in s.rows(user, today)) for s in _sources)


def _rows(user, today):
    return [row for source in _sources for row in source.rows(user, today)]


def _for_another(row, delegation):
    """The row as it leads to the act in another's name."""
    mark = "&" if "?" in row.url else "?"
    return replace(row, url=f"{row.url}{mark}{ASKED}={delegation.pk}", in_whose_name=delegation.holder.name)
