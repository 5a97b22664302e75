"""What changes in the office itself: its date."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staff import tasks
from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import OfficeDate, Role


class DateIsFixedOutside(Refused):
    """Outside the demo the office's date is the real one."""

    title = gettext_lazy("The real date counts here")


class TimeRunsForward(Refused):
    """The office's date never goes back: what is in the book would lie in the future."""

    title = gettext_lazy("The office date only moves forward")


@transaction.atomic
def move_office_date(*, days=None, to=None, real=False, by, on):
    """Move the office's date by days, to a day, or to the real date; the new day."""
    if by.role != Role.ADMINISTRATOR:
        raise NotYours(_("Only an administrator moves the office date."))
    if not settings.DEMO:
        raise DateIsFixedOutside(_("Only a demonstration has a date of its own."))
    row, _made = OfficeDate.objects.select_for_update().get_or_create(only=True)
    was = row.fixed_on or timezone.localdate()
    now = timezone.localdate() if real else to or was + timedelta(days=days or 0)
    if now < was:
        raise TimeRunsForward(_("It is %(was)s now; %(now)s is before that, and the book already reaches to today.") % {"was": was, "now": now})
    row.fixed_on = None if real else now
    row.jobs_done_on = row.jobs_done_on or was - timedelta(days=1)  # a first leap leaves no day out
    row.save(update_fields=["fixed_on", "jobs_done_on"])
    note("office_date.moved", subject=row, by=by, on=on, was=was, now=now, real=real)
    tasks.day_begins.delay_on_commit()
    return now


@transaction.atomic
def take_second_factor_away(*, user, by, on):
    """Let a person who lost telephone and recovery codes sign in with the password alone."""
    if by.role != Role.ADMINISTRATOR:
        raise NotYours(_("Only an administrator takes a second factor away."))
    taken, _kinds = Authenticator.objects.filter(user=user).delete()
    if taken:
        note("user.second_factor_taken_away", subject=user, by=by, on=on, name=user.name)
