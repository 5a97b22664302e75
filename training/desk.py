"""What waits for the trainer: the year's ten who have not had a service since their class."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from staff.desk import Waiting
from staff.models import Role
from training import queries
from training.models import FollowUp


def rows(user, today):
    """One row for each of last year's chosen who has had no follow-up service yet."""
    if user.role != Role.TRAINER:
        return []
    chosen = [place for place in queries.ranked_list(today.year - 1) if place.selected]
    served = set(FollowUp.objects.filter(trainee__in=[p.trainee.pk for p in chosen]).values_list("trainee", flat=True))
    return [_row(place) for place in chosen if place.trainee.pk not in served]


def _row(place):
    trainee = place.trainee
    return Waiting(
        act=_("Follow-up service"),
        who=trainee.applicant.name,
        circumstances=_("Rank %(rank)s in %(year)s") % {"rank": place.rank, "year": trainee.training_class.year},
        case=place.loan.iou if place.loan else "",
        project=trainee.training_class.code,
        amount=place.loan.amount if place.loan else None,
        since=trainee.training_class.last_day or date(trainee.training_class.year, 12, 31),
        due=None,
        left=None,
        url=reverse("training:follow_up", args=[trainee.pk]),
        button=_("Record a service"),
    )
