"""Which due days the list of reminders is about: those at a rung today, as far as they are asked for."""

from collections.abc import Mapping
from datetime import date

from loans.models import Loan
from repayments.collecting import reminders
from repayments.collecting.forms import ReminderFilter
from repayments.queries import Due

ASKED = ("officer", "bank", "community", "rung", "due")


def dues(form: ReminderFilter, today: date) -> list[Due]:
    """The due days that a filter leaves, the nearest first."""
    loans = Loan.objects.select_related("applicant", "bank", "community", "officer")
    chosen = form.cleaned_data if form.is_valid() else {}
    found = reminders.coming(form.chosen(loans) if chosen else loans, today)
    wanted = lambda due: not chosen.get("due") or due.due == chosen["due"]  # noqa: E731
    return [due for due in found if wanted(due) and (not chosen.get("rung") or reminders.rung(due.due, today) == chosen["rung"])]


def to_issue(asked: Mapping[str, str], today: date) -> list[Due]:
    """Of these the ones that were not reminded of at their rung yet."""
    found = dues(ReminderFilter(asked or None), today)
    said = reminders.said(found)
    return [due for due in found if (due.loan.pk, due.due, reminders.rung(due.due, today)) not in said]


def asked_in(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for, as a job can be told."""
    return {name: query[name] for name in ASKED if query.get(name)}
