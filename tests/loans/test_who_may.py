"""Who may do what: roles, banks, and never the same person at two reviews."""

import pytest
from django.db import IntegrityError

from loans import actions, acts
from loans.models import Loan
from loans.states import State
from staff.errors import NotYours
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def test_the_first_reviewer_cannot_pass_second_review_even_when_promoted():
    loan = make.case_at(State.INVESTIGATED)
    promoted = loan.reviewed_by
    promoted.role = Role.REVIEWER
    with pytest.raises(NotYours):
        actions.second_review(loan=loan, words="无异议", by=promoted, on=make.TODAY)


def test_the_investigator_cannot_pass_second_review_even_when_somebody_else_reviewed_first():
    investigator = make.user(Role.LOAN_OFFICER, "刘洋")
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    actions.give_opinion(loan=loan, stance="for", amount=50000, term_months=24, reason="同意", by=investigator, on=make.TODAY)
    make.opinion(loan, Role.FINANCE)
    make.opinion(loan, Role.BANK)
    investigator.role = Role.REVIEWER
    with pytest.raises(NotYours):
        actions.second_review(loan=loan, words="无异议", by=investigator, on=make.TODAY)


def test_the_first_reviewer_may_be_the_employment_offices_investigator():
    loan = make.case_at(State.INVESTIGATED)
    assert loan.reviewed_by == loan.investigations.get().opinions.get(department="employment").signed_by


def test_the_database_too_wants_three_people():
    loan = make.case_at(State.CONFIRMED)
    with pytest.raises(IntegrityError):
        Loan.objects.filter(pk=loan.pk).update(confirmed_by=loan.reviewed_by)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.LOAN_OFFICER])
def test_only_loan_officers_take_applications(role):
    person = make.person()
    with pytest.raises(NotYours):
        make.application(person, by=make.staff(role))


@pytest.mark.parametrize("state", make.STEPS)
def test_an_act_is_for_its_roles_only(state):
    loan = make.case_at(state)
    for role in Role:
        person = make.staff(role)
        may = {act.name for act in acts.possible(loan, person)}
        assert may <= {act.name for act in acts.every() if role in act.where.get(state, ())}, role


def test_another_banks_officer_signs_no_opinion():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    stranger = make.user(Role.BANK, "外行", bank=make.bank("邮政储蓄银行", "邮储"))
    with pytest.raises(NotYours):
        actions.give_opinion(loan=loan, stance="for", amount=50000, term_months=24, reason="同意", by=stranger, on=make.TODAY)


def test_administrators_auditors_and_trainers_can_do_nothing_to_a_case():
    for act in acts.every():
        assert not {Role.ADMINISTRATOR, Role.AUDITOR, Role.TRAINER} & acts.roles(act.name), act.name
