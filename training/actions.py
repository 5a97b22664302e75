"""What changes in the training room."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import Role
from training.models import FollowUp


class WrongServiceDay(Refused):
    """A service lies between the end of the class and the office's date."""

    title = _("Wrong day of the service")


@transaction.atomic
def record_follow_up(*, trainee, kind, service_day, words, by, on):
    """Write down one service to a trainee after the class: project appraisal, policy guidance or another (the article on the office)."""
    if by.role not in (Role.TRAINER, Role.LOAN_OFFICER):
        raise NotYours(_gettext("Follow-up services are recorded by trainers and loan officers."))
    first = trainee.training_class.last_day
    if service_day > on or (first and service_day < first):
        raise WrongServiceDay(_gettext("The service lies between the end of the class and today, %(today)s.") % {"today": on})
    made = FollowUp.objects.create(trainee=trainee, kind=kind, service_day=service_day, words=words, recorded_on=on, recorded_by=by)
    note("training.follow_up", subject=trainee.applicant, by=by, on=on, service=str(made.get_kind_display()), day=service_day)
    return made
