"""What waits for administrators: policy rows that nobody has confirmed with the paper yet."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.models import PolicyRow
from staff.desk import Waiting
from staff.models import Role


def rows(user, today):
    """One row while policy rows in force are unconfirmed or lack their text."""
    if user.role != Role.ADMINISTRATOR:
        return []
    waiting = PolicyRow.objects.in_effect().exclude(status=PolicyRow.Status.CONFIRMED).filter(effective_from__lte=today).select_related("document")
    if not waiting:
        return []
    return [
        Waiting(
            act=_("Confirm with the paper"),
            who=_gettext("%(number)s policy rows") % {"number": len(waiting)},
            circumstances=_gettext("in force, but not confirmed"),
            case=waiting[0].document.number,
            project="",
            amount=None,
            since=max(row.effective_from for row in waiting),
            due=None,
            left=None,
            url=reverse("admin:loans_policyrow_changelist") + "?status__exact=unconfirmed",
            button=_("Open the rows"),
            tone="warn",
        )
    ]
