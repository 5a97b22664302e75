"""Delegation of signature: in whose name a person may sign today, and how such a signature reads.

At the door (`staff.web.for_roles`) a person is exchanged for a copy in the holder's role and bank that carries its `delegation`; what the copy
does is recorded with the real person in every `*_by`, and with the delegation in the history line that `note` writes.
"""

from copy import copy

from django.utils.translation import gettext as _

from staff.audit import label
from staff.models import Delegation, Event, Role

ASKED = "for"  # in an address: the delegation to act by


def hats(user, on):
    """The user as such first, then once for each delegation in force on a day, in the holder's role and bank."""
    if user is None or not user.is_authenticated:
        return [user]
    known = getattr(user, "hats_on", None)
    if known and known[0] == on:
        return known[1]
    if user.delegation:
        return [user]
    held = Delegation.objects.in_force(on).filter(delegate=user.pk).order_by("pk")
    mine = [user, *(acting(user, one) for one in held if may_hold(one.holder, user))]
    for hat in mine:
        hat.hats_on = on, mine
    return mine


def acting(user, delegation):
    """This person in the holder's role: a copy for one request, never saved."""
    hat = copy(user)
    hat.delegation = delegation
    if delegation:
        hat.role, hat.bank = delegation.role, delegation.holder.bank
    return hat


def as_one_of(user, roles, on, asked=""):
    """The hat in which a user may do what is open to these roles: by the delegation asked for, else the first that fits; None where none does."""
    fitting = [hat for hat in hats(user, on) if hat.role in roles]
    if asked:
        fitting = [hat for hat in fitting if hat.delegation and str(hat.delegation.pk) == asked]
    return fitting[0] if fitting else None


def behind(user):
    """Everybody who stands behind a signature of this user: the person, and the one in whose name."""
    return {user.pk, user.delegation.holder_id} if user.delegation else {user.pk}


def holders_behind(thing, *acts):
    """Those in whose name others have done one of these acts (or kinds of event) to this thing."""
    return {one.holder_id for (act, _who), one in signed_about(thing).items() if act in acts}


def signature(person, delegation=None):
    """How a signature reads: both names and the authority where one signs for another."""
    if person is None or delegation is None:
        return "" if person is None else person.name
    return _("%(person)s for %(holder)s, authority %(document)s") % {
        "person": person.name,
        "holder": delegation.holder.name,
        "document": delegation.document.removeprefix("授权书"),
    }


def signed_about(thing):
    """{(act or kind, who signed): delegation} of what was signed about this thing for somebody else."""
    events = Event.objects.filter(subject=label(thing), delegation__isnull=False).select_related("delegation__holder").order_by("id")
    return {(event.data.get("act", event.kind), event.by_id): event.delegation for event in events}


def may_hold(holder, delegate):
    """May the one sign for the other? Within one house only: the employment service, finance, or one bank; never auditors or administrators."""
    return house_of(holder) is not None and house_of(holder) == house_of(delegate)


def house_of(user):
    """The department that a person signs for; None for those who decide nothing."""
    if user.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        return None
    return (user.role, user.bank_id) if user.role in (Role.BANK, Role.FINANCE) else ("employment service", None)
