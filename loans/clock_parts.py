"""What the clocks of the steps show: on the case its steps, on the director's desk what is over its limit, in the help the limits."""

from typing import Any, NamedTuple

from loans import acts, queries, step_times
from loans.clocks import Step
from loans.models import LegalLimit, Loan
from loans.states import State
from loans.turns import person_of, roles_of
from staff import parts
from staff.models import Role
from staff.office_date import office_today
from staff.scope import visible

SUPERVISORS = (Role.DIRECTOR, Role.REVIEWER, Role.AUDITOR)
SHOWN = 12  # the rest stands in the report


class Late(NamedTuple):
    """One step over its limit: of which case, what is to be done, by which role and person."""

    loan: Loan
    step: Step
    name: Any
    role: Any
    person: str


def steps(request, loan):
    """On the case: each step with its limit, the working days it took, and what was paused."""
    found = step_times.steps_of(loan, office_today())
    return {"rows": [(step_times.NAMES[step.state], step) for step in found]} if found else None


def late(user, today):
    """The steps over their limit that this user may see: by role and person, the longest over first."""
    found = [
        Late(loan, step, step_times.NAMES[step.state], Role(role).label, person_of(role, loan))
        for loan, step in step_times.overdue(visible(Loan.objects.all(), user), today)
        for role in roles_of(loan)
    ]
    return sorted(found, key=lambda row: (str(row.role), row.person, -row.step.overdue))


def on_the_desk(request, _subject):
    """On the desks of those who watch over the steps: what is over its limit, and whose it is."""
    if request.user.role not in SUPERVISORS:
        return None
    return {"rows": late(request.user, office_today())[:SHOWN], "report": parts.shown("steps.report", request)}


def limits(request, _subject):
    """In the help: the way of a case with its limits, and what documents say of time."""
    today = office_today()
    days = queries.step_limits(today)
    rows = [(name, _roles(state), days[state]) for state, name in step_times.NAMES.items() if state in days]
    return {"steps": rows, "legal": [limit for what in LegalLimit.What if (limit := step_times.legal_limit(what, today))]}


def _roles(state):
    found = dict.fromkeys(role for act in acts.every() if act.waits and state in act.where for role in act.where[State(state)])
    return " · ".join(str(Role(role).label) for role in found)
