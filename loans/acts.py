"""Who may do what to a case, and where: one table for buttons, desks and permission checks alike.

Later rooms add their own acts with `register` when the app starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from loans import investigations, numbers
from loans.states import LENT, State
from staff.delegations import behind, holders_behind
from staff.errors import NotAllowedFromHere, NotYours, Refused
from staff.models import Role
from staff.scope import sees_bank


def _always(loan, by):
    return None


@dataclass(frozen=True)
class Act:
    """One act: what its button says, the page where it is done, in which states and by which roles."""

    name: str
    label: Any
    url_name: str
    where: Mapping[State, tuple[Role, ...]]
    check: Callable[[Any, Any], None] = _always  # raises Refused where this person, or this case today, cannot
    waits: bool = True  # the case waits for it: it stands on desks and is the filled button
    tone: str = "brand"
    leads: bool = False  # the filled button although its rows on desks are another room's own
    noun: Any = ""  # what desks and the way to the page call it, where the button of the page itself says more

    @property
    def called(self):
        return self.noun or self.label

    @property
    def stands_out(self):
        """Is this what the case waits for?"""
        return self.waits or self.leads


_acts: dict[str, Act] = {}


def register(*acts):
    """Add the acts of a room to the table."""
    _acts.update({act.name: act for act in acts})


def get(name):
    return _acts[name]


def every():
    """All acts, in the order of the rooms and of a case's life."""
    return list(_acts.values())


def roles(name):
    """Everybody who may do this act anywhere."""
    return frozenset(role for where in _acts[name].where.values() for role in where)


def permit(name, *, loan, by):
    """Refuses an act that the state of the case, the role, the bank or an earlier part in the case does not allow."""
    act = _acts[name]
    if loan.state not in act.where:
        raise NotAllowedFromHere(
            _gettext("Case %(number)s is at “%(now)s”; “%(act)s” is not possible there.")
            % {"number": loan.number, "now": loan.get_state_display(), "act": act.label}
        )
    roles = act.where[State(loan.state)]
    if by.role not in roles:
        raise NotYours(
            _gettext("“%(act)s” is for: %(roles)s.") % {"act": act.label, "roles": pgettext("in a list", ", ").join(str(Role(r).label) for r in roles)}
        )
    if not sees_bank(by, loan.bank_id):
        raise NotYours(_gettext("Case %(number)s belongs to another bank.") % {"number": loan.number})
    act.check(loan, by)


def allowed(name, *, loan, by):
    """May this user do this to this case now?"""
    try:
        permit(name, loan=loan, by=by)
    except Refused:
        return False
    return True


def possible(loan, user):
    """The acts that this user may do to this case now; what the case waits for first."""
    acts = [act for act in _acts.values() if allowed(act.name, loan=loan, by=user)]
    return sorted(acts, key=lambda act: not act.stands_out)


SIGNED_BY = {"reviewed_by": "first_review", "confirmed_by": "second_review"}  # the act behind each signature


def other_than(*earlier):
    """A check that the person did none of the earlier steps, such as "reviewed_by", nor investigated for the employment service.

    Where somebody signs for another, it holds for both; and those in whose name a step was signed took part in it.
    """

    def check(loan, by):
        took_part = {getattr(loan, f"{step}_id") for step in earlier} | investigations.investigators(loan)
        if behind(by) & took_part or behind(by) & holders_behind(loan, *investigations.ACTS, *(SIGNED_BY[step] for step in earlier)):
            raise NotYours(_gettext("First review and investigation, second review and approval are done by three people; you took part before."))

    return check


QUIET = ""  # a tone: done so seldom that it stands under "more" only
NUMBERED = (State.CONTRACTED, *LENT)  # a contract is there, and once lent an IOU
OFFICER, REVIEWER, DIRECTOR = (Role.LOAN_OFFICER,), (Role.REVIEWER,), (Role.DIRECTOR,)
HOLDERS = {  # whose turn it is decides on return, refusal and another visit too
    State.APPLIED: OFFICER,
    State.RECOMMENDED: OFFICER,
    State.REVIEWED: OFFICER,
    State.INVESTIGATED: REVIEWER,
    State.CONFIRMED: DIRECTOR,
}

register(
    Act("recommend", _("Enter the recommendation"), "loans:recommend", {State.APPLIED: OFFICER}),
    Act("first_review", _("Pass first review"), "loans:first_review", {State.RECOMMENDED: OFFICER}, noun=_("First review")),
    Act("complete_papers", _("Papers are complete"), "loans:complete_papers", {State.RETURNED: OFFICER}, tone="warn"),
    Act("record_visit", _("Record the joint visit"), "loans:record_visit", {State.REVIEWED: OFFICER}, check=investigations.check_visit_wanted),
    Act(
        "give_opinion",
        _("Sign the opinion"),
        "loans:give_opinion",
        {State.REVIEWED: (Role.LOAN_OFFICER, Role.FINANCE, Role.BANK)},
        check=investigations.check_opinion_wanted,
    ),
    Act(
        "second_review",
        _("Pass second review"),
        "loans:second_review",
        {State.INVESTIGATED: REVIEWER},
        check=other_than("reviewed_by"),
        noun=_("Second review"),
    ),
    Act(
        "add_visit",
        _("Add a visit"),
        "loans:record_visit",
        {State.REVIEWED: OFFICER},
        check=investigations.check_visit_may_be_added,
        waits=False,
    ),
    Act("counter_guarantee", _("Change the counter-guarantee"), "loans:counter_guarantee", dict.fromkeys((*HOLDERS, State.RETURNED), OFFICER), waits=False),
    Act("return_for_papers", _("Return for papers"), "loans:return_for_papers", HOLDERS, waits=False),
    Act(
        "send_back",
        _("Send back for another visit"),
        "loans:send_back",
        {State.INVESTIGATED: REVIEWER, State.CONFIRMED: DIRECTOR},
        waits=False,
    ),
    Act("refuse", _("Refuse"), "loans:refuse", {**HOLDERS, State.RETURNED: OFFICER}, waits=False, tone="bad"),
    Act(
        "withdraw",
        _("Applicant withdraws"),
        "loans:withdraw",
        dict.fromkeys((*HOLDERS, State.RETURNED), OFFICER),
        waits=False,
        tone="bad",
    ),
    # a wrong number of a contract or an IOU: its rows on desks are in loans/correcting.py, for most cases have none
    Act("ask_correction", _("Correct a number"), "loans:ask_correction", dict.fromkeys(NUMBERED, (Role.BANK,)), waits=False, tone=QUIET),
    Act(
        "confirm_correction",
        _("Confirm the right number"),
        "loans:confirm_correction",
        dict.fromkeys(NUMBERED, (Role.REVIEWER, Role.DIRECTOR)),
        check=numbers.check_waits,
        waits=False,
        leads=True,
    ),
    Act(
        "refuse_correction",
        _("Send the correction back"),
        "loans:refuse_correction",
        dict.fromkeys(NUMBERED, (Role.REVIEWER, Role.DIRECTOR)),
        check=numbers.check_waits,
        waits=False,
        tone="bad",
    ),
)
