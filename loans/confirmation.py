"""The second person: what one enters takes effect once a director or a finance officer confirms it. Other rooms register their rows here too."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from loans.models.confirmation import Confirmable, Standing
from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import Role

CONFIRMERS = (Role.DIRECTOR, Role.FINANCE)

_models: list[type[Confirmable]] = []


class NotWaiting(Refused):
    """The row was confirmed, sent back or taken back already."""

    title = _("Does not wait for confirmation")


class OwnEntry(Refused):
    """Who entered a row does not confirm it."""

    title = _("A second person confirms")


class ChangeWaits(Refused):
    """Another change of the same row waits already."""

    title = _("A change waits already")


class NoLongerInEffect(Refused):
    """A change is made of the row in effect, not of one that was replaced."""

    title = _("No longer in effect")


class DayTaken(Refused):
    """Another row in effect says the same thing for the same day."""

    title = _("Another row is in effect for this day")


class CannotBeSo(Refused):
    """The row says what no row of its kind may say."""

    title = _("The row cannot say this")


class NoReason(Refused):
    """Sending back without a reason helps nobody."""

    title = _("A reason is needed")


def register(model):
    """Let the rows of this model wait on the desks of those who confirm."""
    _models.append(model)


def registered():
    """The models whose rows two persons answer for, in the order of the rooms."""
    return tuple(_models)


def waiting_for(user):
    """The rows that wait for this person: all that wait, but not what they entered themselves."""
    if user.role not in CONFIRMERS:
        return []
    return [row for model in _models for row in model.objects.waiting().exclude(entered_by=user).select_related("entered_by").order_by("entered_on", "pk")]


def anything_waits_for(user):
    """The same, as yes or no, in one question: every page asks it for the badge."""
    if user.role not in CONFIRMERS or not _models:
        return False
    first, *others = (model.objects.waiting().exclude(entered_by=user).order_by().values("pk") for model in _models)
    return first.union(*others, all=True).exists()


@transaction.atomic
def enter(*, row, replaces=None, by, on):
    """Put a new row down to wait for a second person; until then what it `replaces` stays in effect."""
    if replaces:
        check_change(_locked(replaces))
    check_cells(row)
    row.pk, row._state.adding = None, True
    row.standing, row.replaces, row.entered_by, row.entered_on = Standing.WAITING, replaces, by, on
    row.confirmed_by = row.confirmed_on = row.sent_back_by = row.sent_back_on = None
    row.sent_back_reason = ""
    row.save(force_insert=True)
    note("row.entered", subject=row, by=by, on=on, row=str(row))
    return row


@transaction.atomic
def confirm(*, row, by, on):
    """Put a waiting row into effect in place of the one that it replaces."""
    row = _judged(row, by)
    if row.replaces:
        type(row).objects.filter(pk=row.replaces_id).update(standing=Standing.REPLACED)
    row.standing, row.confirmed_by, row.confirmed_on = Standing.IN_EFFECT, by, on
    try:
        row.validate_constraints()
    except ValidationError as wrong:
        raise DayTaken(_("%(row)s cannot take effect: another row in effect says the same for this day. Change that one instead.") % {"row": row}) from wrong
    row.save()
    note("row.confirmed", subject=row, by=by, on=on, row=str(row))
    return row


@transaction.atomic
def send_back(*, row, reason, by, on):
    """Refuse a waiting row with a reason; what was in effect before stays."""
    row = _judged(row, by)
    if not reason.strip():
        raise NoReason(_("Say why %(row)s is sent back, so that it can be put right.") % {"row": row})
    return _back(row, reason.strip(), by, on)


@transaction.atomic
def take_back(*, row, by, on):
    """Withdraw a waiting row that was entered by mistake."""
    row = _waiting(row)
    if by.role != row.entered_by.role:
        raise NotYours(_("%(row)s is taken back by those who enter such rows.") % {"row": row})
    return _back(row, "", by, on)


def check_change(row):
    """Refuse a change of this row where another waits, or where the row was replaced meanwhile."""
    if row.replacements.waiting().exists():
        raise ChangeWaits(_("A change of %(row)s waits for confirmation already: it is confirmed or sent back first.") % {"row": row})
    if row.standing != Standing.IN_EFFECT:
        raise NoLongerInEffect(_("%(row)s was replaced meanwhile: change the row that took its place.") % {"row": row})


def check_cells(row):
    """Refuse what can never be true of such a row. Whether it fits beside the rows in effect is looked at when it is confirmed."""
    for rule in type(row)._meta.constraints:
        if isinstance(rule, models.CheckConstraint):
            try:
                rule.validate(type(row), row)
            except ValidationError as wrong:
                raise CannotBeSo(" ".join(wrong.messages)) from wrong


def changed_by(row):
    """The row that a change of this one takes the place of: itself, or what it was meant to replace when it was sent back."""
    return row.replaces if row.standing == Standing.SENT_BACK else row


def _back(row, reason, by, on):
    row.standing, row.sent_back_by, row.sent_back_on, row.sent_back_reason = Standing.SENT_BACK, by, on, reason
    row.save()
    note("row.sent_back", subject=row, by=by, on=on, row=str(row), reason=reason or "—")
    return row


def _judged(row, by):
    row = _waiting(row)
    if by.role not in CONFIRMERS:
        raise NotYours(_("A director or a finance officer confirms such rows."))
    if by == row.entered_by:
        raise OwnEntry(_("%(name)s entered %(row)s; somebody else confirms it.") % {"name": by.name, "row": row})
    return row


def _waiting(row):
    row = _locked(row)
    if row.standing != Standing.WAITING:
        raise NotWaiting(_("%(row)s does not wait for confirmation: %(standing)s.") % {"row": row, "standing": row.get_standing_display()})
    return row


def _locked(row):
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
