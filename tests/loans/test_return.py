"""Return for papers, all at once, and back to where it was returned from."""

from datetime import timedelta

import pytest

from loans import actions, acts, queries, turns
from loans.states import State
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

RETURNABLE = list(acts.HOLDERS)


def send(loan, missing=("licence", "premises"), **changes):
    by = make.staff(acts.HOLDERS[State(loan.state)][0])
    answer_by = make.TODAY + timedelta(10)
    return actions.return_for_papers(loan=loan, missing=missing, by=by, on=make.TODAY, **({"answer_by": answer_by} | changes))


@pytest.mark.parametrize("state", RETURNABLE)
def test_a_case_goes_back_to_where_it_was_returned_from(state):
    loan = send(make.case_at(state))
    assert loan.state == State.RETURNED
    loan = actions.complete_papers(loan=make.papers(loan), by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    assert loan.state == state and queries.open_return(loan) is None


def test_a_return_names_all_that_is_missing_and_waits_for_all_of_it():
    loan = send(make.case_at(State.APPLIED))
    make.papers(loan, but=["premises"])
    with pytest.raises(actions.PapersMissing) as refusal:
        actions.complete_papers(loan=loan, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    assert refusal.value.kinds == ["premises"] and "产权证" in str(refusal.value)


def test_a_return_that_names_nothing_is_refused():
    with pytest.raises(actions.NothingMissing):
        send(make.case_at(State.APPLIED), missing=[])


def test_words_alone_may_say_what_is_wanted():
    assert send(make.case_at(State.APPLIED), missing=[], wanted="请改正申请表第三栏").returns.get().note == "请改正申请表第三栏"


def test_the_day_to_answer_by_lies_ahead():
    with pytest.raises(actions.WrongAnswerDay):
        send(make.case_at(State.APPLIED), answer_by=make.TODAY)


def test_first_review_wants_every_paper():
    loan = make.case_at(State.RECOMMENDED)
    with pytest.raises(actions.PapersMissing):
        actions.first_review(loan=loan, words="齐全", micro_profit=True, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, []),
        ({"spouse": "make"}, ["marriage", "spouse_identity"]),
        ({"guarantors": [make.mortgage()]}, []),
        ({"guarantors": [actions.Guarantor("firm", name="某公司")]}, ["guarantor_papers"]),
    ],
)
def test_which_papers_a_case_needs_follows_from_the_application(changes, more):
    if "spouse" in changes:
        changes = {"spouse": make.person("李秀英", sex="F")}
    ordinary = ["application_form", "identity_card", "household_book", "group_proof", "licence", "premises", "project_plan"]
    wanted, missing = queries.papers_needed(make.application(**changes))
    assert sorted(wanted) == sorted(missing) == sorted(ordinary + more)


def test_a_paper_kept_of_the_person_needs_not_be_brought_again():
    loan = make.application()
    from applicants.actions import attach_paper

    attach_paper(applicant=loan.applicant, kind="identity_card", held="copy", by=loan.applied_by, on=make.TODAY)
    assert "identity_card" not in queries.papers_needed(loan)[1]


def test_while_returned_it_is_the_applicants_turn_until_the_day_named():
    loan = send(make.case_at(State.RECOMMENDED))
    [turn] = turns.turns(loan, make.TODAY)
    assert (turn.role, turn.person, turn.due) == ("", "潘志国", make.TODAY + timedelta(10))


def test_a_refusal_states_its_rule():
    loan = make.case_at(State.RECOMMENDED)
    with pytest.raises(actions.RefusalNamesNoRule):
        actions.refuse(loan=loan, rule=" ", reason="不符合", by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    loan = make.refused(loan)
    assert loan.closing_reason == "银发〔2002〕394号: 不属于贷款对象。" and (loan.closed_on, loan.closed_by) == (make.TODAY, make.staff(Role.LOAN_OFFICER))
