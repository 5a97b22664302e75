"""What changes in the office itself: its date, and who signs for whom."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staff import tasks
from staff.audit import note
from staff.delegations import may_hold
from staff.errors import NotYours, Refused
from staff.models import Delegation, OfficeDate, Role


class DateIsFixedOutside(Refused):
    """Outside the demo the office's date is the real one."""

    title = gettext_lazy("The real date counts here")


class TimeRunsForward(Refused):
    """The office's date never goes back: what is in the book would lie in the future."""

    title = gettext_lazy("The office date only moves forward")


class CannotSignFor(Refused):
    """Signatures are delegated within one house: employment service, finance, or one bank; never to or by auditors and administrators."""

    title = gettext_lazy("This person cannot sign for the other")
    about = ("delegate",)


class WrongDays(Refused):
    """An authority holds from a day on, and not backwards."""

    title = gettext_lazy("These days are not possible")
    about = ("first_day",)


class WithdrawnAlready(Refused):
    """What is over or withdrawn cannot be withdrawn again."""

    title = gettext_lazy("No longer in force")


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


@transaction.atomic
def delegate_signature(*, holder, delegate, first_day, last_day, document, by, on, reason=""):
    """Enter a written authority: from one day to another the delegate signs for the holder. By an administrator, or the holder."""
    if by.delegation or (by.role != Role.ADMINISTRATOR and by.pk != holder.pk):
        raise NotYours(_("An administrator enters an authority, or the person whose signature it is."))
    if holder.pk == delegate.pk or not may_hold(holder, delegate) or not delegate.is_active:
        sentence = _(
            "%(delegate)s cannot sign for %(holder)s: both belong to the employment service, to finance or to one bank, and neither audits or administers."
        )
        raise CannotSignFor(sentence % {"delegate": delegate.name, "holder": holder.name})
    if not on <= first_day <= last_day:
        raise WrongDays(_("The authority begins today, %(today)s, or later, and ends after it has begun.") % {"today": on})
    days = {"first_day": first_day, "last_day": last_day, "document": document, "reason": reason}
    made = Delegation.objects.create(holder=holder, delegate=delegate, role=holder.role, entered_on=on, entered_by=by, **days)
    note("signature.delegated", subject=made, by=by, on=on, holder=holder.name, delegate=delegate.name, first=first_day, last=last_day, document=document)
    return made


@transaction.atomic
def withdraw_delegation(*, delegation, by, on):
    """Take an authority back: from this moment nobody signs by it."""
    delegation = Delegation.objects.select_for_update(of=("self",)).select_related("holder", "delegate").get(pk=delegation.pk)
    if by.delegation or (by.role != Role.ADMINISTRATOR and by.pk != delegation.holder_id):
        raise NotYours(_("An administrator withdraws an authority, or the person whose signature it is."))
    if delegation.withdrawn_on or delegation.last_day < on:
        raise WithdrawnAlready(_("Authority %(document)s is no longer in force.") % {"document": delegation.document})
    delegation.withdrawn_on, delegation.withdrawn_by = on, by
    delegation.save()
    names = {"holder": delegation.holder.name, "delegate": delegation.delegate.name}
    note("signature.withdrawn", subject=delegation, by=by, on=on, document=delegation.document, **names)
    return delegation
