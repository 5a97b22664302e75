"""Where corrections of numbers show: on the desks of those who confirm them, and on the case what it was called before."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext

from loans import acts
from loans.models import CorrectedNumber
from staff.desk import Waiting


def rows(user, today):
    """The corrections that wait for the office, on the desks of those who may confirm."""
    return [_waiting(asked) for asked in _waits(user)]


def count(user, today):
    """How many of them there are."""
    return _waits(user).count()


def numbers(request, loan):
    """On the case: every correction with who entered and who decided it."""
    found = list(loan.corrected_numbers.select_related("asked_by", "confirmed_by", "refused_by"))
    return {"rows": found} if found else None


def _waits(user):
    act = acts.get("confirm_correction")
    if user.role not in acts.roles(act.name):
        return CorrectedNumber.objects.none()
    return CorrectedNumber.objects.waiting().filter(loan__state__in=act.where).select_related("loan__applicant", "asked_by")


def _waiting(asked):
    act, loan = acts.get("confirm_correction"), asked.loan
    return Waiting(
        act=act.label,
        who=loan.applicant.name,
        circumstances=_gettext("%(which)s %(was)s → %(now)s") % {"which": asked.get_which_display(), "was": asked.was, "now": asked.now},
        case=loan.number,
        project=loan.project,
        amount=loan.shown_amount,
        since=asked.asked_on,
        due=None,
        left=None,
        url=reverse(act.url_name, args=[loan.number]),
        button=act.label,
    )
