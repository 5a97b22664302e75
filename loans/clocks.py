"""The clock of each step in working days; it stops while papers are awaited. No database, no clock of its own.

A case stands at one step after the other. A return for papers stops the step it came from; the completion of the papers lets it go on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from loans.states import BEFORE_PROMISE, RESERVED, State
from staff.workdays import NOTHING_KEPT, Kept, add_working_days, certain, working_days_between

TIMED = frozenset((*BEFORE_PROMISE, *RESERVED)) - {State.RETURNED}


class Move(NamedTuple):
    """One change of state: on which day, from where to where, and by whom."""

    on: date
    was: State
    now: State
    by: Any


@dataclass
class Pause:
    """Papers were awaited from one day to another; no end yet while they still are."""

    began: date
    ended: date | None = None


@dataclass
class Stay:
    """One stay of a case at a step, as its moves tell."""

    state: State
    began: date
    ended: date | None = None
    by: Any = None  # who ended it
    pauses: list[Pause] = field(default_factory=list)

    def running(self, until: date) -> Iterator[tuple[date, date]]:
        """The stretches of it that count, through a day."""
        start = self.began
        for pause in self.pauses:
            yield start, pause.began
            if pause.ended is None:
                return
            start = pause.ended
        yield start, self.ended or until


@dataclass(frozen=True)
class Step:
    """What the clock says of one stay: working days used and paused, the limit, the day it is due."""

    state: State
    began: date
    ended: date | None
    by: Any
    limit: int | None
    used: int
    paused: int
    paused_since: date | None  # papers are awaited now
    due: date | None  # None without a limit, and while paused
    guessed: bool  # the calendar of that day's year is not on record

    @property
    def left(self) -> int | None:
        """Working days left; below 0 when late."""
        return None if self.limit is None else self.limit - self.used

    @property
    def overdue(self) -> int:
        """Working days over the limit."""
        return max(0, -(self.left or 0))

    @property
    def is_open(self) -> bool:
        return self.ended is None


def stays(begun: date, moves: Iterable[Move]) -> list[Stay]:
    """The stays of a case that was begun on a day; what lies beyond the bank's disbursement has no clock."""
    found = [Stay(State.APPLIED, begun)]
    for move in moves:
        now, pause = found[-1], found[-1].pauses[-1] if found[-1].pauses else None
        if pause and pause.ended is None:
            pause.ended = move.on
        if move.now == State.RETURNED:
            now.pauses.append(Pause(move.on))
        elif move.now != now.state:
            now.ended, now.by = move.on, move.by
            found.append(Stay(move.now, move.on))
    return [stay for stay in found if stay.state in TIMED]


def measured(stay: Stay, limit: int | None, today: date, kept: Kept = NOTHING_KEPT) -> Step:
    """What the clock says of a stay on a day."""
    until = stay.ended or today
    used = sum(working_days_between(first, last, kept) for first, last in stay.running(until))
    paused = sum(working_days_between(pause.began, pause.ended or until, kept) for pause in stay.pauses)
    waits = stay.pauses[-1].began if stay.pauses and stay.pauses[-1].ended is None and stay.ended is None else None
    due = None if limit is None else due_day(stay, limit, kept)
    return Step(stay.state, stay.began, stay.ended, stay.by, limit, used, paused, waits, due, due is not None and not certain(due))


def due_day(stay: Stay, limit: int, kept: Kept = NOTHING_KEPT) -> date | None:
    """The day on which a step's working days are used up; None while it is paused before that."""
    left, last = limit, stay.began
    for first, last in stay.running(date.max):
        within = None if last == date.max else working_days_between(first, last, kept)
        if within is None or within >= left:
            return add_working_days(first, left, kept)
        left -= within
    return add_working_days(last, left, kept) if stay.ended else None
