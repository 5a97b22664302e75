"""Whose turn a case is, since when and until when; and the desks that this fills."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from loans import acts, investigations, queries, step_times
from loans.clocks import Step
from loans.models import Department, LegalLimit, Loan
from loans.states import OPEN, State
from staff.desk import Waiting
from staff.models import Role, User
from staff.office_date import days_kept
from staff.scope import visible
from staff.workdays import certain, working_days_between

_more: list[Callable[..., Iterable["Turn"]]] = []
ROLE_OF = {department: role for role, department in investigations.DEPARTMENT_OF.items()}


@dataclass(frozen=True)
class Turn:
    """Who has a case: a role and, where it is known, the person; since when, by when, and working days left."""

    role: str  # a Role, or "" for the applicant
    person: str
    since: date
    due: date | None
    left: int | None
    step: Step | None = None  # the step whose clock runs, or is paused
    legal: tuple[date, Any] | None = None  # the last day that a document leaves, and which

    @property
    def label(self):
        return Role(self.role).label if self.role else ""

    @property
    def guessed(self):
        """Is the limit reckoned by weekdays alone, beyond the calendars on record?"""
        return bool(self.step and self.step.guessed)

    @property
    def tone(self):
        return "" if self.left is None or self.left > 1 else "bad" if self.left < 0 else "warn"


def turns(loan, today):
    """Everybody whom this case waits for now: one, or each department whose opinion is missing, or nobody."""
    step = step_times.present(loan, step_times.steps_of(loan, today))
    if loan.state == State.RETURNED:
        back = queries.open_return(loan)
        return [Turn("", loan.applicant.name, loan.state_since, back.answer_by, working_days_between(today, back.answer_by, days_kept()), step)]
    timed = (step.began, step.due, step.left, step, _legal(loan)) if step else (loan.state_since, None, None)
    ours = [Turn(role, person_of(role, loan), *timed) for role in roles_of(loan)]
    return ours + [turn for more in _more for turn in more(loan, today)]


def register(more):
    """Let a later room say who else has a case: `more(loan, today)` gives turns."""
    _more.append(more)


def _legal(loan):
    """The outer bound of the bank's answer, with its document."""
    limit = loan.state in step_times.BANK_STEPS and loan.approved_on and step_times.legal_limit(LegalLimit.What.BANK_ANSWERS, loan.approved_on)
    return (step_times.latest_day(limit, loan.approved_on), limit.document) if limit else None


def rows(user, today):
    """What waits on this user's desk."""
    found = list(_waiting(user))
    timed, kept = step_times.steps_of_many([loan for _act, loan in found], today), days_kept()
    return [_row(act, loan, step_times.present(loan, timed[loan.pk]), today, kept) for act, loan in found]


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
            cases = cases.filter(Q(officer=user.in_whose_name) | Q(officer=None))
        for loan in cases.prefetch_related("investigations__opinions"):
            if acts.allowed(act.name, loan=loan, by=user):
                yield act, loan


def _row(act, loan, step, today, kept):
    due, left, guessed = (step.due, step.left, step.guessed) if step else (None, None, False)
    if loan.state == State.RETURNED:
        due = queries.open_return(loan).answer_by
        left, guessed = working_days_between(today, due, kept), not certain(due)
    return Waiting(
        act=act.called,
        who=loan.applicant.name,
        circumstances=" · ".join(filter(None, (loan.get_group_display(), str(loan.community)))),
        case=loan.number,
        project=loan.project,
        amount=loan.amount_granted or loan.amount_asked,
        since=step.began if step and loan.state != State.RETURNED else loan.state_since,
        due=due,
        left=left,
        guessed=guessed,
        url=reverse(act.url_name, args=[loan.number]),
        button=act.called,
        tone=act.tone,
    )


def roles_of(loan):
    """The roles that the case waits for; while opinions are missing, those of the missing departments."""
    if loan.state == State.REVIEWED and (missing := investigations.missing(loan)):
        return [ROLE_OF[Department(department)] for department in missing]
    return roles_at(loan.state)


def roles_at(state):
    """The roles that a case waits for at a step."""
    return list(dict.fromkeys(role for act in acts.every() if act.waits and state in act.where for role in act.where[State(state)][:1]))


def person_of(role, loan):
    """The name of the one person of this role for this case, if it is one."""
    person = the_one(role, loan)
    return person.name if person else ""


def the_one(role, loan):
    """The one person of this role for this case; None where there are several or nobody."""
    if role == Role.LOAN_OFFICER:
        return loan.officer
    people = User.objects.filter(role=role, is_active=True, bank=loan.bank if role == Role.BANK else None)[:2]
    return people[0] if len(people) == 1 else None
