"""What an auditor looks over: looks at identity numbers, reversals in the book, and what administrators moved or took away."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from staff.audit import note
from staff.desk import Waiting
from staff.errors import NotYours, Refused
from staff.models import Event, Role

WATCHED = ("identity.seen", "book.reversal", "office_date.moved", "user.second_factor_taken_away", "signature.delegated", "signature.withdrawn")
LOOKED = "audit.looked_over"


class NothingNew(Refused):
    """Everything watched has been looked over already."""

    title = _("Nothing new")


def new_lines():
    """The watched lines of history since an auditor last looked them over, oldest first."""
    last = Event.objects.filter(kind=LOOKED).order_by("-id").first()
    return Event.objects.filter(kind__in=WATCHED, id__gt=last.data["through"] if last else 0).order_by("id")


@transaction.atomic
def look_over(*, through, by, on):
    """An auditor has looked over the watched lines up to this one."""
    if by.role != Role.AUDITOR:
        raise NotYours(_gettext("Auditors look over the history."))
    seen = new_lines().filter(id__lte=through)
    if not seen.exists():
        raise NothingNew(_gettext("There is nothing new to look over."))
    return note(LOOKED, subject=by, by=by, on=on, through=seen.last().pk, lines=seen.count())


def rows(user, today):
    """One row on the auditor's desk while watched lines are new."""
    if user.role != Role.AUDITOR or not (first := new_lines().first()):
        return []
    return [
        Waiting(
            act=_("Look over"),
            who=str(_("Audit history")),
            circumstances=_gettext("%(number)s new lines: identity numbers seen, reversals, dates moved") % {"number": new_lines().count()},
            case="",
            project="",
            amount=None,
            since=first.on,
            due=None,
            left=None,
            url=reverse("staff:history"),
            button=_("Look over the history"),
        )
    ]
