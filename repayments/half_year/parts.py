"""What the half-year ledger hangs into shared pages: its line of the navigation, its words of history, the director's desk."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from staff import desk, history, parts
from staff.desk import Waiting
from staff.models import Role
from staff.web import READERS


def register():
    """Called once, when the app starts."""
    parts.register_nav(_("Half-year ledger"), "repayments:half_year_latest", roles=READERS, order=50, prefix="/half-year/")
    history.register(
        {
            "half_year.built": _("The half-year ledger %(period)s was built, version %(version)s"),
            "half_year.issued": _("The half-year ledger %(period)s was issued as %(number)s"),
        }
    )
    desk.register(drafts_waiting, count=how_many_drafts)


def drafts_waiting(user, today):
    """Drafts that wait for the director to be issued."""
    return [_row(ledger) for ledger in _drafts(user)]


def how_many_drafts(user, today):
    return len(_drafts(user))


def _drafts(user):
    if user.role != Role.DIRECTOR:
        return []
    return list(HalfYearLedger.objects.filter(issued_on__isnull=True).select_related("built_by"))


def _row(ledger):
    period = Period.parse(ledger.period)
    return Waiting(
        act=_("Issue the half-year ledger"),
        who=period.label,
        circumstances=_gettext("draft, version %(n)s, built by %(name)s") % {"n": ledger.version, "name": ledger.built_by.name},
        case=ledger.period,
        project=_gettext("as of %(day)s") % {"day": ledger.last_day},
        amount=None,
        since=ledger.built_on,
        due=None,
        left=None,
        url=reverse("repayments:half_year", args=[ledger.pk]),
        button=_("Check and issue"),
    )
