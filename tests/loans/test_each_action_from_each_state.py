"""Each action from each state: the table's allow it, all others refuse and leave the case where it was."""

import pytest
from django.db import transaction

from loans import actions, acts
from loans.models import Loan
from loans.states import State
from staff.errors import NotAllowedFromHere
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

VISIT = {"place": "茂林镇", "who_went": "三方", "premises": "自有", "trade_seen": "修理", "own_money": 20000, "expected_income": 36000, "workers": 3}
OPINION = {"stance": "for", "amount": 50000, "term_months": 24, "reason": "同意"}

DOERS = {  # act: how it is done, from where it may be done and where it leads, by whom
    "recommend": (lambda loan, by, on: actions.recommend(loan=loan, words="推荐", by=by, on=on), {State.APPLIED: State.RECOMMENDED}),
    "first_review": (
        lambda loan, by, on: actions.first_review(loan=make.papers(loan), words="符合", micro_profit=True, by=by, on=on),
        {State.RECOMMENDED: State.REVIEWED},
    ),
    "record_visit": (lambda loan, by, on: actions.record_visit(loan=loan, visit_day=on, by=by, on=on, **VISIT), {State.REVIEWED: State.REVIEWED}),
    "second_review": (lambda loan, by, on: actions.second_review(loan=loan, words="无异议", by=by, on=on), {State.INVESTIGATED: State.CONFIRMED}),
    "send_back": (
        lambda loan, by, on: actions.send_back(loan=loan, reason="请再看场地", by=by, on=on),
        {State.INVESTIGATED: State.REVIEWED, State.CONFIRMED: State.REVIEWED},
    ),
    "return_for_papers": (
        lambda loan, by, on: actions.return_for_papers(loan=loan, missing=["licence"], answer_by=on.replace(day=20), by=by, on=on),
        dict.fromkeys(acts.HOLDERS, State.RETURNED),
    ),
    "complete_papers": (lambda loan, by, on: actions.complete_papers(loan=make.papers(loan), by=by, on=on), {State.RETURNED: State.RECOMMENDED}),
    "refuse": (
        lambda loan, by, on: actions.refuse(loan=loan, rule="银发〔2002〕394号", reason="不符合", by=by, on=on),
        dict.fromkeys((*acts.HOLDERS, State.RETURNED), State.REFUSED),
    ),
    "withdraw": (
        lambda loan, by, on: actions.withdraw(loan=loan, reason="不再需要", by=by, on=on),
        dict.fromkeys((*acts.HOLDERS, State.RETURNED), State.WITHDRAWN),
    ),
}


def doer(act, state):
    """Somebody whose role may do this act: at this state, or where it may be done at all."""
    where = acts.get(act).where
    return make.staff(where.get(state, next(iter(where.values())))[0])


@pytest.mark.parametrize("state", make.STEPS)
def test_each_action_from_each_state(state):
    number = make.case_at(state).number
    for act, (do, leads) in DOERS.items():
        with transaction.atomic():  # each on the same case, as it was
            loan = Loan.objects.get(number=number)
            if state in leads:
                do(loan, doer(act, state), make.TODAY)
            else:
                with pytest.raises(NotAllowedFromHere):
                    do(loan, doer(act, state), make.TODAY)
            loan.refresh_from_db()
            assert loan.state == leads.get(state, state), act
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", make.STEPS)
def test_an_opinion_is_signed_only_while_the_visit_waits_for_it(state):
    loan = make.case_at(state)
    if state == State.REVIEWED:
        make.visited(loan)
        actions.give_opinion(loan=loan, by=make.staff(Role.FINANCE), on=make.TODAY, **OPINION)
    else:
        with pytest.raises(NotAllowedFromHere):
            actions.give_opinion(loan=loan, by=make.staff(Role.FINANCE), on=make.TODAY, **OPINION)


@pytest.mark.parametrize("act", ["record_visit", "second_review", "refuse"])
def test_the_table_names_the_doers_states(act):
    assert set(DOERS[act][1]) == set(acts.get(act).where)


def test_every_move_stands_in_the_history():
    loan = make.case_at(State.CONFIRMED)
    from staff.audit import history

    moves = [event.data["now"] for event in history(loan) if event.kind == "loan.moved"]
    assert moves == [State.RECOMMENDED, State.REVIEWED, State.INVESTIGATED, State.CONFIRMED]
