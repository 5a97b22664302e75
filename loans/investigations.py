"""What stands in a case's joint investigation: which visit counts, whose opinions are in, and who may read them."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _gettext

from loans.models import Department, Investigation, Opinion
from loans.states import State
from staff.delegations import behind
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role

DEPARTMENT_OF = {Role.LOAN_OFFICER: Department.EMPLOYMENT, Role.FINANCE: Department.FINANCE, Role.BANK: Department.BANK}
ALL = frozenset(Department)
ACTS = ("loan.visited", "loan.opinion")  # how history names the acts of those who investigate
OPINION_STEP = "opinion"  # the step that a scan of a signed opinion belongs to


def latest_visit(loan):
    """The visit whose opinions count: the latest one, or None."""
    return max(loan.investigations.all(), key=lambda visit: visit.sequence, default=None)


def signed(visit):
    """The departments whose opinions on this visit are in."""
    return {Department(opinion.department) for opinion in visit.opinions.all()} if visit else set()


def is_complete(visit):
    """Are all three opinions in?"""
    return signed(visit) == ALL


def missing(loan):
    """The departments that a case under investigation waits for; none where it waits for the visit itself."""
    visit = latest_visit(loan)
    return [] if visit is None or is_complete(visit) else [d for d in Department if d not in signed(visit)]


def opinions_for(user, visit):
    """The opinions on a visit that this user may read: all once three are in; before, only what the user signed."""
    opinions = visit.opinions.select_related("signed_by")
    return opinions if is_complete(visit) else opinions.filter(signed_by=user)


def readable():
    """Opinions that are hidden from nobody any more: those of visits with all three in."""
    complete = Investigation.objects.annotate(signed=Count("opinions")).filter(signed=len(Department))
    return Opinion.objects.filter(investigation__in=complete.values("pk"))


def sealed_papers(user):
    """Papers that this user may not open yet: signed scans of others' opinions while one of the three is missing."""
    open_visits = Investigation.objects.annotate(signed=Count("opinions")).filter(signed__lt=len(Department))
    return Q(step=OPINION_STEP, case_number__in=open_visits.values("loan__number")) & ~Q(added_by=user)


def investigators(loan):
    """Who went and judged for the employment service: second review and approval are not theirs."""
    visits = loan.investigations.all()
    opinions = [opinion for visit in visits for opinion in visit.opinions.all() if opinion.department == Department.EMPLOYMENT]
    return {*(opinion.signed_by_id for opinion in opinions), *(visit.recorded_by_id for visit in visits)}


def check_visit_wanted(loan, by):
    """A visit is wanted where none was made yet, or all opinions on the last one are in and another was asked for."""
    visit = latest_visit(loan)
    if visit is not None and not is_complete(visit):
        raise NotAllowedFromHere(_gettext("The visit of %(day)s is recorded and waits for opinions.") % {"day": visit.visit_day})


def check_visit_may_be_added(loan, by):
    """A later visit is added while opinions on an earlier one are still awaited."""
    visit = latest_visit(loan)
    if loan.state != State.REVIEWED or visit is None or is_complete(visit):
        raise NotAllowedFromHere(_gettext("There is no earlier visit that still waits for opinions."))


def check_opinion_wanted(loan, by):
    """An opinion needs a visit, and each department signs one."""
    visit = latest_visit(loan)
    if visit is None or is_complete(visit):
        raise NotAllowedFromHere(_gettext("Opinions follow the visit; it is not recorded yet."))
    if DEPARTMENT_OF[by.role] in signed(visit):
        raise NotAllowedFromHere(_gettext("Your department has signed its opinion already."))
    if behind(by) & {opinion.signed_by_id for opinion in visit.opinions.all()}:
        raise NotYours(_gettext("Each department's opinion is signed by another person."))
