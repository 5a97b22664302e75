"""What waits on desks about the fund as a whole: plans to be signed, statements to be held against the book."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.actions.plan import SIGNERS
from guarantees.models import AnnualPlan
from staff.desk import Waiting
from staff.models import Role


def waiting(user, today):
    """Rows of the director's and of finance's desk."""
    return [*_plans(user)] if user.role in SIGNERS else []


def _plans(user):
    signed = "director_signed_on" if user.role == Role.DIRECTOR else "finance_signed_on"
    for plan in AnnualPlan.objects.drafts().filter(**{f"{signed}__isnull": True}).select_related("drawn_up_by"):
        yield Waiting(
            act=_("Annual plan"),
            who=_gettext("plan of %(year)s") % {"year": plan.year},
            circumstances=_gettext("version %(version)s, drawn up by %(name)s") % {"version": plan.version, "name": plan.drawn_up_by.name},
            case="",
            project="",
            amount=plan.amount,
            since=plan.drawn_up_on,
            due=None,
            left=None,
            url=reverse("guarantees:plan", args=[plan.pk]),
            button=_("Look and sign"),
        )
