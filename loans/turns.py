"""Whose turn a case is, since when and until when; and the desks that this fills."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from loans import acts, investigations, queries
from loans.models import Department, Loan
from loans.states import OPEN, State
from staff.desk import Waiting
from staff.models import Role, User
from staff.scope import visible
from staff.workdays import add_working_days, working_days_between

ROLE_OF = {department: role for role, department in investigations.DEPARTMENT_OF.items()}


@dataclass(frozen=True)
class Turn:
    """Who has a case: a role and, where it is known, the person; since when, by when, and working days left."""

    role: str  # a Role, or "" for the applicant
    person: str
    since: date
    due: date | None
    left: int | None

    @property
    def label(self):
        return Role(self.role).label if self.role else ""

    @property
    def tone(self):
        return "" if self.left is None or self.left > 1 else "bad" if self.left < 0 else "warn"


def turns(loan, today):
    """Everybody whom this case waits for now: one, or each department whose opinion is missing, or nobody."""
    if loan.state == State.RETURNED:
        back = queries.open_return(loan)
        return [Turn("", loan.applicant.name, loan.state_since, back.answer_by, working_days_between(today, back.answer_by))]
    due, left = limit(loan, today)
    return [Turn(role, _person(role, loan), loan.state_since, due, left) for role in _roles(loan)]


def limit(loan, today):
    """(day, working days left) of the step that a case is at; Nones where no limit is set."""
    days = queries.step_limits(today).get(loan.state)
    if days is None:
        return None, None
    due = add_working_days(loan.state_since, days)
    return due, working_days_between(today, due)


def rows(user, today):
    """What waits on this user's desk."""
    limits = queries.step_limits(today)
    return [_row(act, loan, limits, today) for act, loan in _waiting(user)]


def count(user, today):
    """How many things wait on this user's desk."""
    return sum(1 for _ in _waiting(user))


def _waiting(user):
    """(act, case) of everything that this user is to do; loan officers are shown their own communities' cases and unassigned ones."""
    for act in acts.every():
        states = [state for state, roles in act.where.items() if user.role in roles]
        if not act.waits or not states:
            continue
        cases = visible(Loan.objects.filter(state__in=set(states) & set(OPEN)), user).select_related("applicant", "community", "bank")
        if user.role == Role.LOAN_OFFICER:
            cases = cases.filter(Q(officer=user) | Q(officer=None))
        for loan in cases.prefetch_related("investigations__opinions"):
            if acts.allowed(act.name, loan=loan, by=user):
                yield act, loan


def _row(act, loan, limits, today):
    if loan.state == State.RETURNED:
        due = queries.open_return(loan).answer_by
    else:
        due = add_working_days(loan.state_since, limits[loan.state]) if loan.state in limits else None
    return Waiting(
        act=act.called,
        who=loan.applicant.name,
        circumstances=" · ".join(filter(None, (loan.get_group_display(), str(loan.community)))),
        case=loan.number,
        project=loan.project,
        amount=loan.amount_granted or loan.amount_asked,
        since=loan.state_since,
        due=due,
        left=None if due is None else working_days_between(today, due),
        url=reverse(act.url_name, args=[loan.number]),
        button=act.called,
        tone=act.tone,
    )


def _roles(loan):
    """The roles that the case waits for; while opinions are missing, those of the missing departments."""
    if loan.state == State.REVIEWED and (missing := investigations.missing(loan)):
        return [ROLE_OF[Department(department)] for department in missing]
    return list(dict.fromkeys(role for act in acts.every() if act.waits and loan.state in act.where for role in act.where[State(loan.state)][:1]))


def _person(role, loan):
    """The one person of this role for this case, if it is one."""
    if role == Role.LOAN_OFFICER:
        return loan.officer.name if loan.officer else ""
    people = User.objects.filter(role=role, is_active=True, bank=loan.bank if role == Role.BANK else None)[:2]
    return people[0].name if len(people) == 1 else ""
