"""What waits for the second person, on the desks and as the page shows it: each cell before and after."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applicants.models import Group
from loans.confirmation import anything_waits_for, waiting_for
from loans.models import BorrowerKind
from loans.models.confirmation import Standing
from loans.shipped_notes import note_words
from staff.desk import Waiting
from staff.templatetags.office import day

TONES = {Standing.WAITING: "warn", Standing.IN_EFFECT: "ok", Standing.SENT_BACK: "bad", Standing.REPLACED: ""}
KINDS = dict(BorrowerKind.choices)
GROUPS = dict(Group.choices)


@dataclass(frozen=True)
class Change:
    """One cell of a row that waits, beside the same cell of the row that counts so far."""

    label: Any
    before: str
    after: str

    @property
    def differs(self):
        return self.before != self.after


def changes(row):
    """Every cell of a row that says something, now or before."""
    cells = [Change(field.verbose_name, shown(row.replaces, field), shown(row, field)) for field in row.cells()]
    return [cell for cell in cells if cell.before or cell.after]


def shown(row, field):
    """One cell as a person reads it; nothing where the row is silent."""
    if row is None or (value := getattr(row, field.name)) in (None, ""):
        return ""
    if field.name == "borrower_kind":
        return str(KINDS.get(value, value))
    if field.name == "groups":
        return group_words(value)
    if field.name == "note":
        return note_words(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return day(value) if isinstance(value, date) else str(value)


def group_words(codes):
    """Codes with semicolons between → the office's words."""
    return _gettext(", ").join(str(GROUPS.get(code, code)) for code in codes.split(";") if code)


def rows(user, today):
    """One row on the desk while anything waits for this person's confirmation."""
    waiting = waiting_for(user)
    if not waiting:
        return []
    first, n = waiting[0], len(waiting)
    return [
        Waiting(
            act=_("Confirm as second person"),
            who=ngettext("%(n)s row of the rule book waits for your confirmation", "%(n)s rows of the rule book wait for your confirmation", n) % {"n": n},
            circumstances=_gettext("entered by %(name)s; until then the value before stays in effect") % {"name": first.entered_by.name},
            case=str(first),
            project=str(first._meta.verbose_name),
            amount=None,
            since=min(row.entered_on for row in waiting),
            due=None,
            left=None,
            url=reverse("loans:waiting_rows"),
            button=_("Open the rows"),
            tone="warn",
        )
    ]


def count(user, today):
    """How many rows the desk shows for it: one or none."""
    return int(anything_waits_for(user))
