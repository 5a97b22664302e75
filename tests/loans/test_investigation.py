"""The joint visit and its three opinions: sealed until all are in, signed once, never overwritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from loans import actions, investigations, turns
from loans.models import Opinion
from loans.states import State
from staff.audit import history
from staff.errors import NotAllowedFromHere
from staff.models import Event, Role
from tests import make

pytestmark = pytest.mark.django_db

SAID = "秘密的理由"


@pytest.fixture
def visited():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    return loan


def page(person, loan):
    return make.browser(person).get(reverse("loans:case", args=[loan.number])).content.decode()


def test_an_opinion_is_sealed_until_all_three_are_in(visited):
    make.opinion(visited, Role.FINANCE, reason=SAID, amount=Decimal(12345))
    others = [make.staff(role) for role in (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.AUDITOR)] + [make.staff(Role.BANK, bank=visited.bank)]
    assert [SAID in page(person, visited) or "12,345" in page(person, visited) for person in others] == [False] * 5
    assert SAID in page(make.staff(Role.FINANCE), visited)
    make.opinion(visited, Role.LOAN_OFFICER)
    make.opinion(visited, Role.BANK)
    assert [SAID in page(person, visited) for person in others] == [True] * 5


def test_neither_history_nor_admin_tell_what_a_sealed_opinion_says(visited):
    make.opinion(visited, Role.FINANCE, reason=SAID, stance="against", amount=Decimal(0))
    assert not any(SAID in str(event.data) or "against" in str(event.data) for event in Event.objects.all())
    assert not investigations.readable().exists()
    administrator = make.browser(make.staff(Role.ADMINISTRATOR))
    answer = administrator.get("/admin/loans/opinion/")
    assert answer.status_code == 404 or SAID not in answer.content.decode()


def test_the_third_opinion_moves_the_case_on_by_itself(visited):
    make.opinion(visited, Role.FINANCE)
    make.opinion(visited, Role.LOAN_OFFICER)
    visited.refresh_from_db()
    assert visited.state == State.REVIEWED
    make.opinion(visited, Role.BANK)
    visited.refresh_from_db()
    assert visited.state == State.INVESTIGATED
    assert investigations.readable().count() == 3


def test_a_department_signs_once(visited):
    make.opinion(visited, Role.FINANCE)
    with pytest.raises(NotAllowedFromHere):
        make.opinion(visited, Role.FINANCE)
    with pytest.raises(NotAllowedFromHere):
        actions.give_opinion(loan=visited, stance="for", amount=1, term_months=1, reason="又签", by=make.user(Role.FINANCE, "另一位"), on=make.TODAY)


@pytest.mark.parametrize(
    "half",
    [
        {"reason": " "},
        {"stance": "conditional", "conditions": ""},
        {"amount": Decimal("50000.01")},
        {"amount": Decimal(0)},
        {"amount": Decimal(-1)},
        {"term_months": 25},
        {"term_months": 0},
    ],
)
def test_half_an_opinion_is_refused(visited, half):
    with pytest.raises(actions.OpinionNotWhole):
        make.opinion(visited, Role.FINANCE, **half)
    assert not Opinion.objects.exists()


def test_who_is_against_names_no_amount(visited):
    assert make.opinion(visited, Role.FINANCE, stance="against", amount=Decimal(0)).amount == 0


def test_a_later_visit_is_added_and_the_old_one_stays():
    loan = make.case_at(State.INVESTIGATED)
    loan = actions.send_back(loan=loan, reason="请再看场地", by=make.staff(Role.REVIEWER), on=make.TODAY)
    make.visited(loan, place="新场地")
    first, second = loan.investigations.order_by("sequence")
    assert (first.place, first.opinions.count(), second.place, second.opinions.count()) == ("茂林镇兴茂街12号", 3, "新场地", 0)
    for role in (Role.FINANCE, Role.BANK, Role.LOAN_OFFICER):
        make.opinion(loan, role)
    loan.refresh_from_db()
    assert loan.state == State.INVESTIGATED and Opinion.objects.count() == 6


def test_sent_back_by_the_director_the_case_is_confirmed_anew():
    loan = actions.send_back(loan=make.case_at(State.CONFIRMED), reason="再看", by=make.staff(Role.DIRECTOR), on=make.TODAY)
    assert (loan.state, loan.confirmed_on, loan.confirmed_by) == (State.REVIEWED, None, None)
    assert [event.by.role for event in history(loan) if event.data.get("act") == "second_review"] == [Role.REVIEWER]


def test_a_visit_may_be_added_while_opinions_are_awaited_and_they_then_follow_the_later_one(visited):
    make.opinion(visited, Role.FINANCE)
    make.visited(visited, place="新场地")
    assert investigations.missing(visited) == ["employment", "finance", "bank"]


@pytest.mark.parametrize("day", [date(2012, 1, 3), date(2012, 1, 5)])
def test_a_visit_lies_between_the_application_and_today(day):
    with pytest.raises(actions.WrongVisitDay):
        make.visited(make.case_at(State.REVIEWED), visit_day=day)


def test_photos_are_papers_of_the_visit(visited):
    loan = make.case_at(State.REVIEWED)
    make.visited(loan, photos=[make.picture(), make.picture("门面.png")])
    assert set(loan.applicant.papers.filter(kind="photo").values_list("case_number", "step")) == {(loan.number, "visit-1")}
    assert loan.applicant.papers.filter(kind="photo").count() == 2


def test_dissent_is_marked(visited):
    make.opinion(visited, Role.FINANCE)
    make.opinion(visited, Role.LOAN_OFFICER)
    make.opinion(visited, Role.BANK, stance="conditional", amount=Decimal(40000), conditions="增加反担保")
    assert "意见不一致" in page(make.staff(Role.DIRECTOR), visited)


def test_agreement_is_no_dissent():
    assert "意见不一致" not in page(make.staff(Role.DIRECTOR), make.case_at(State.INVESTIGATED))


def test_whose_turn_it_is_follows_the_missing_opinions(visited):

    make.opinion(visited, Role.FINANCE)
    assert [turn.role for turn in turns.turns(visited, make.TODAY)] == [Role.LOAN_OFFICER, Role.BANK]
    waiting = {role: [row.case for row in turns.rows(make.staff(role), make.TODAY)] for role in (Role.LOAN_OFFICER, Role.FINANCE)}
    assert waiting == {Role.LOAN_OFFICER: [visited.number], Role.FINANCE: []}
    assert turns.turns(visited, make.TODAY + timedelta(30))[0].left < 0


def test_the_badge_of_a_desk_asks_the_same_few_questions_however_many_cases_wait(django_assert_max_num_queries):
    officer = make.staff(Role.LOAN_OFFICER)
    for _ in range(3):
        make.visited(make.case_at(State.REVIEWED))
        make.case_at(State.REVIEWED)
    with django_assert_max_num_queries(14):
        assert turns.count(officer, make.TODAY) == 6
