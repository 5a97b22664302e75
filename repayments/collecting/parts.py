"""On the case: reminders, notes and notices; on the officer's desk: what is to be done next."""

from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.states import LENT, State
from repayments.models import Account, CollectionNote, Entry, Line
from staff.desk import Waiting
from staff.models import Role
from staff.office_date import days_kept, office_today
from staff.templatetags.office import day
from staff.workdays import working_days_between


class Told(NamedTuple):
    """One note, and what became of the promise in it: "kept", "broken", "open", or nothing."""

    note: CollectionNote
    promise: str


def promise_of(note: CollectionNote, on: date) -> str:
    """Was the promise kept? By what was received from the day of the note through the promised day."""
    if note.promised_day is None:
        return ""
    lines = Line.objects.filter(loan=note.loan_id, account__in=(Account.PRINCIPAL, Account.INTEREST)).exclude(entry__kind=Entry.Kind.DISBURSEMENT)
    got = -(lines.filter(entry__value_date__range=(note.day, min(note.promised_day, on))).aggregate(sum=Sum("amount"))["sum"] or 0)
    if got >= note.promised_amount:
        return "kept"
    return "broken" if note.promised_day < on else "open"


def collecting(request, loan):
    """On the case: what was said when, promises kept or broken, notices, reminders."""
    if loan.state not in LENT:
        return None
    today = office_today()
    notes = [Told(note, promise_of(note, today)) for note in loan.collection_notes.order_by("-day", "-id").select_related("recorded_by")]
    notices, reminded = list(loan.dunning_notices.select_related("issued_by")), list(loan.reminders.order_by("-id").select_related("issued_by")[:12])
    return {"loan": loan, "notes": notes, "notices": notices, "reminders": reminded} if notes or notices or reminded else None


def waiting(user, today):
    """Rows of an officer's desk: next actions whose day has come, promises due today or broken; a later note on the loan takes their place."""
    if user.role != Role.LOAN_OFFICER:
        return []
    latest = CollectionNote.objects.filter(loan=OuterRef("loan")).order_by("-day", "-id").values("pk")[:1]
    mine = CollectionNote.objects.filter(Q(loan__officer=user.in_whose_name) | Q(loan__officer=None), pk=Subquery(latest))
    come = mine.filter(Q(next_day__lte=today) | Q(promised_day__lte=today), loan__state__in=(State.LIVE, State.COMPENSATED))
    found = [(note, list(_come(note, today))) for note in come.select_related("loan__applicant", "recorded_by").order_by("day", "pk")]
    return [_row(note, days, today) for note, days in found if days]


def _come(note, today):
    """(day, words) of what this note brings to the desk today."""
    if note.next_day and note.next_day <= today:
        yield note.next_day, note.next_action
    if note.promised_day and note.promised_day <= today and (promise := promise_of(note, today)) != "kept":
        words = _gettext("promised to pay %(amount)s yuan by %(day)s") if promise == "open" else _gettext("promised %(amount)s yuan by %(day)s, not kept")
        yield note.promised_day, words % {"amount": f"{note.promised_amount:,.2f}", "day": day(note.promised_day)}


def _row(note, come, today):
    loan, due = note.loan, min(when for when, _words in come)
    return Waiting(
        act=_("Collection"),
        who=loan.applicant.name,
        circumstances=" · ".join(words for _when, words in come),
        case=loan.iou_number,
        project=loan.project,
        amount=None,
        since=note.recorded_on,
        due=due,
        left=working_days_between(today, due, days_kept()),
        url=reverse("repayments:note_collection", args=[loan.number]),
        button=_("Note a collection attempt"),
        tone="bad",
    )
