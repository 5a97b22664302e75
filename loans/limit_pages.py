"""Time limits as the rule book shows them: what counts on a day, and beside it what was replaced, what is to come, and what waits for the second person."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import ngettext

from loans import step_times
from loans.models import LegalLimit, Standing, StepLimit
from loans.waiting import TONES


class Line(NamedTuple):
    """One row: of what, how long, by which document, and whether it counts on the day."""

    row: Any
    what: Any
    said: str
    document: Any
    counts: bool
    tone: str


def lines(rows: Iterable[Any], on: date, *, what: Callable[[Any], Any], said: Callable[[Any], str]) -> list[Line]:
    """These rows in their order; of each thing the latest in effect on the day counts."""
    rows = list(rows)
    counting = {
        what(row): row.pk for row in sorted(rows, key=lambda row: row.effective_from) if row.standing == Standing.IN_EFFECT and row.effective_from <= on
    }
    return [Line(row, what(row), said(row), getattr(row, "document", None), counting.get(what(row)) == row.pk, TONES[row.standing]) for row in rows]


def of_steps(on: date) -> list[Line]:
    """The limits of the steps, in the order of the way."""
    order = {step: place for place, step in enumerate(step_times.NAMES)}
    rows = sorted(_kept(StepLimit), key=lambda row: (order.get(row.step, len(order)), row.effective_from, row.pk))
    return lines(rows, on, what=lambda row: step_times.NAMES.get(row.step, row.get_step_display()), said=lambda row: working_days(row.working_days))


def of_documents(on: date) -> list[Line]:
    """What documents say of time."""
    rows = _kept(LegalLimit).select_related("document")
    return lines(rows, on, what=lambda row: row.get_what_display(), said=lambda row: f"{row.number} {row.get_unit_display()}")


def working_days(n: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}


def days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _kept(model):
    return model.objects.select_related("entered_by", "confirmed_by")
