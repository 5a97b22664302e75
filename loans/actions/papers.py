"""Return for papers, and their completion."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Paper
from loans import acts, queries
from loans.models import Loan, PaperReturn
from loans.states import State, move
from staff.errors import Refused


class PapersMissing(Refused):
    """Papers are missing; the refusal names all of them."""

    title = _("Papers are missing")

    def __init__(self, kinds):
        super().__init__(_gettext("Still missing: %(papers)s.") % {"papers": Paper.named(kinds)})
        self.kinds = kinds


class NothingMissing(Refused):
    """A return names what is missing."""

    title = _("Nothing is named")


class WrongAnswerDay(Refused):
    """Papers are to be brought after the day of the return."""

    title = _("The day is not right")


@transaction.atomic
def return_for_papers(*, loan, missing, wanted="", answer_by, by, on):
    """Return a case to the applicant, naming all that is missing at once (一次性告知) and the day it is wanted by."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("return_for_papers", loan=loan, by=by)
    if not missing and not wanted.strip():
        raise NothingMissing(_gettext("Name every missing paper, or what else is wanted."))
    if answer_by <= on:
        raise WrongAnswerDay(_gettext("The day to bring the papers by lies after today, %(today)s.") % {"today": on})
    PaperReturn.objects.create(
        loan=loan, from_state=loan.state, missing=[str(kind) for kind in missing], note=wanted, answer_by=answer_by, returned_on=on, returned_by=by
    )
    kinds = [str(kind) for kind in missing]
    return move(loan, State.RETURNED, by=by, on=on, act="return_for_papers", missing=kinds, words=wanted, answer_by=answer_by)


@transaction.atomic
def complete_papers(*, loan, by, on):
    """The missing papers are there (else PapersMissing); the case goes back to where it was returned from."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("complete_papers", loan=loan, by=by)
    returned = queries.open_return(loan)
    there = set(Paper.objects.filter(applicant=loan.applicant_id, case_number__in=["", loan.number]).values_list("kind", flat=True))
    if missing := [kind for kind in returned.missing if kind not in there]:
        raise PapersMissing(missing)
    returned.completed_on, returned.completed_by = on, by
    returned.save()
    return move(loan, State(returned.from_state), by=by, on=on, act="complete_papers")
