"""What the page of a case shows: its path, whose turn it is, the acts that are possible, and the parts that the rooms hang in."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts, investigations, queries, turns
from loans.states import ENDED_BEFORE_MONEY, LENT, State
from staff import parts
from staff.delegations import ASKED, hats, signature, signed_about
from staff.templatetags.office import day, md


class Step(NamedTuple):
    """One step of the path: its name, "done", "now", "stop" or nothing, and who and when."""

    label: Any
    state: str
    note: str


class Button(NamedTuple):
    """One act as a button: its words, its page, the one filled button or not, its tone."""

    label: Any
    url: str
    filled: bool
    tone: str


AT = {  # which step of the path a state stands at
    State.APPLIED: 1,
    State.RECOMMENDED: 2,
    State.REVIEWED: 3,
    State.INVESTIGATED: 4,
    State.CONFIRMED: 5,
    State.PROMISED: 6,
    State.CONTRACTED: 7,
    State.LIVE: 8,
    State.COMPENSATED: 8,
    State.RECOVERED: 8,
    State.WRITTEN_OFF: 8,
}


def page(request, loan, today):
    """The whole context of a case's page, for every room that shows an act beside its evidence."""
    return {
        "loan": loan,
        "path": path(loan),
        "turns": turns.turns(loan, today),
        **buttons(loan, request.user, today),
        "main": parts.shown("case.main", request, loan),
        "side": parts.shown("case.side", request, loan),
        "prints": parts.shown("case.prints", request, loan),
    }


def buttons(loan, user, today):
    """The acts that this user may do now, also for others: the filled one (what the case waits for), one or two beside it, the rest under "more"."""
    mine = {act.name: _button(act, loan, hat) for hat in reversed(hats(user, today)) for act in acts.possible(loan, hat)}
    possible = sorted(mine.values(), key=lambda button: not button.filled)
    filled = next((button for button in possible if button.filled), None)
    others = [button for button in possible if button is not filled]
    beside = [button for button in others if button.tone not in ("bad", acts.QUIET)][:1]
    return {"filled": filled, "beside": beside, "more": [button for button in others if button not in beside]}


def _button(act, loan, hat):
    url = reverse(act.url_name, args=[loan.number])
    if not hat.delegation:
        return Button(act.called, url, act.stands_out, act.tone)
    label = _gettext("%(act)s, for %(name)s") % {"act": act.called, "name": hat.delegation.holder.name}
    return Button(label, f"{url}?{ASKED}={hat.delegation.pk}", act.stands_out, act.tone)


def path(loan):
    """The way of a case, who and when under each step; shorter for loans from the old ledger, which knows fewer of them."""
    steps = _imported_steps(loan) if loan.imported else _steps(loan, signed_about(loan))
    if loan.imported:
        return [Step(label, "done" if when else "", _note(when, who, loan)) for label, when, who in steps[:-1]] + [_last(loan, steps[-1])]
    now = _now(loan, steps)
    return [_step(loan, place, now, *step) for place, step in enumerate(steps)]


def _steps(loan, signed):
    said = lambda act, who: signature(who, signed.get((act, who and who.pk)))  # noqa: E731
    visit = investigations.latest_visit(loan)
    seen = visit.visit_day if visit and investigations.is_complete(visit) and loan.state != State.REVIEWED else None
    return [
        (_("Application"), loan.applied_on, None),
        (_("Community's recommendation"), loan.recommended_on, None),
        (_("First review"), loan.reviewed_on, said("first_review", loan.reviewed_by)),
        (_("Joint investigation"), seen, None),
        (_("Second review"), loan.confirmed_on, said("second_review", loan.confirmed_by)),
        (_("Approval"), loan.approved_on, said("approve", loan.approved_by)),
        (_("Bank's credit decision"), loan.credit_decided_on, None),
        (_("Disbursement"), loan.disbursed_on, None),
        (_("Repayment"), loan.state_since if loan.state == State.SETTLED else None, None),
    ]


def _imported_steps(loan):
    return [
        (_("Application"), loan.applied_on, None),
        (_("Contract"), loan.contract_date, None),
        (_("Disbursement"), loan.disbursed_on, None),
        (_("Repayment"), loan.state_since if loan.state == State.SETTLED else None, None),
    ]


def _now(loan, steps):
    """The place of the step that the case stands at; past the end where everything is done."""
    if loan.state == State.SETTLED:
        return len(steps)
    if loan.state == State.RETURNED:
        return AT[State(queries.open_return(loan).from_state)]
    if loan.state in ENDED_BEFORE_MONEY:
        return next(place for place, (_label, when, _who) in enumerate(steps) if when is None)
    return AT[State(loan.state)]


def _step(loan, place, now, label, when, who):
    if place < now:
        return Step(label, "done", _note(when, who, loan))
    if place > now:
        return Step(label, "", "")
    if loan.state in ENDED_BEFORE_MONEY:
        return Step(label, "stop", f"{loan.get_state_display()} {md(loan.state_since)}")
    return Step(label, "now", str(loan.get_state_display()) if loan.state in (State.RETURNED, *LENT) else "")


def _last(loan, step):
    label, when, who = step
    return Step(label, "done", _note(when, who, loan)) if when else Step(label, "now", str(loan.get_state_display()))


def _note(when, who, loan):
    """When, and who where the step names somebody; with its year where it is not the application's."""
    if when is None:
        return ""
    return " ".join(filter(None, (md(when) if when.year == loan.applied_on.year and not loan.imported else day(when), who)))
