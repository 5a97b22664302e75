"""Two clerks at the same moment: one case a household, one entry a number, one opinion a department, one move."""

import pytest

from applicants import actions as applicants
from applicants.models import Applicant
from loans import actions
from loans.models import Loan, Opinion
from loans.states import State
from staff.audit import history
from staff.models import Role
from tests import make
from tests.threads import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_of_one_household_apply_and_one_case_is_opened():
    by = make.staff(Role.LOAN_OFFICER)
    pair = [make.person("潘志国"), make.person("李秀英", sex="F")]
    applicants.join_household(applicant=pair[0], other=pair[1], by=by, on=make.TODAY)
    one, other = Applicant.objects.order_by("pk")
    make.asked()
    answers = at_once(lambda: make.application(one, by=by), lambda: make.application(other, by=by))
    assert refusals(answers) == ["NotEligible"] and Loan.objects.count() == 1


def test_husband_and_wife_name_each_other_and_one_case_is_opened():
    by, husband, wife = make.staff(Role.LOAN_OFFICER), make.person("潘志国"), make.person("李秀英", sex="F")
    make.asked()
    answers = at_once(lambda: make.application(husband, by=by, spouse=wife), lambda: make.application(wife, by=by, spouse=husband))
    assert refusals(answers) == ["NotEligible"] and Loan.objects.count() == 1


def test_one_number_is_registered_once():
    by, number = make.staff(Role.LOAN_OFFICER), make.identity_number()

    def register():
        return applicants.register_person(name="潘志国", identity_number=number, by=by, on=make.TODAY)

    assert refusals(at_once(register, register)) == ["AlreadyRegistered"] and Applicant.objects.count() == 1


def test_the_last_two_opinions_together_move_the_case_once():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    make.opinion(loan, Role.FINANCE)
    make.staff(Role.BANK, bank=loan.bank)
    assert refusals(at_once(lambda: make.opinion(loan, Role.LOAN_OFFICER), lambda: make.opinion(loan, Role.BANK))) == []
    loan.refresh_from_db()
    moves = [event.data["now"] for event in history(loan) if event.kind == "loan.moved"]
    assert loan.state == State.INVESTIGATED and moves.count(State.INVESTIGATED) == 1


def test_a_department_that_presses_twice_signs_once():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    make.staff(Role.FINANCE)
    answers = at_once(lambda: make.opinion(loan, Role.FINANCE), lambda: make.opinion(loan, Role.FINANCE))
    assert refusals(answers) == ["NotAllowedFromHere"] and Opinion.objects.count() == 1


def test_first_review_pressed_twice_passes_once():
    loan = make.papers(make.case_at(State.RECOMMENDED))
    answers = at_once(lambda: make.reviewed(loan), lambda: make.reviewed(loan))
    assert refusals(answers) == ["NotAllowedFromHere"]


def test_two_clerks_name_one_guarantor_for_two_cases_and_the_last_free_place_is_given_once():
    by, servant = make.staff(Role.LOAN_OFFICER), make.civil_servant()
    make.application(guarantors=[servant])
    one, other = make.application(), make.application()

    def name(loan):
        return actions.add_counter_guarantee(loan=loan, guarantor=servant, by=by, on=make.TODAY)

    assert refusals(at_once(lambda: name(one), lambda: name(other))) == ["NotBacked"]
