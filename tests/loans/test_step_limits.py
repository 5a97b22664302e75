"""Every step at which a case waits for somebody has its limit; a limit changed takes effect when a second person confirms."""

from datetime import date

import pytest

from guarantees.models import PromiseDays
from guarantees.queries import promise_valid_until
from loans import confirmation, queries, step_times
from loans.confirmation import DayTaken, OwnEntry
from loans.models import LegalLimit, Standing, StepLimit
from loans.states import BEFORE_PROMISE, RESERVED, State
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2012, 1, 4)
ANSWER = LegalLimit.What.BANK_ANSWERS


def entered(row, replaces=None):
    return confirmation.enter(row=row, replaces=replaces, by=make.staff(Role.ADMINISTRATOR), on=DAY)


def confirmed(row):
    return confirmation.confirm(row=row, by=make.staff(Role.DIRECTOR), on=DAY)


def test_every_step_on_the_way_has_a_limit_but_the_applicants_own():
    limited = set(StepLimit.objects.values_list("step", flat=True))
    assert limited == {str(state) for state in (*BEFORE_PROMISE, *RESERVED)} - {State.RETURNED}


def test_the_limits_are_those_of_the_fact_sheet_in_effect_as_shipped():
    assert sorted(StepLimit.objects.in_effect().values_list("working_days", flat=True)) == [3, 3, 3, 5, 5, 5, 7]
    assert set(LegalLimit.objects.values_list("standing", "entered_by")) == {(Standing.IN_EFFECT, None)}
    assert (PromiseDays.objects.get().standing, promise_valid_until(DAY)) == (Standing.IN_EFFECT, date(2012, 3, 4))


def test_a_limit_entered_by_one_counts_once_another_confirms_it():
    row = entered(StepLimit(step="recommended", working_days=2, effective_from=DAY))
    assert queries.step_limits(DAY)["recommended"] == 5
    with pytest.raises(OwnEntry):
        confirmation.confirm(row=entered_by_the_director(), by=make.staff(Role.DIRECTOR), on=DAY)
    confirmed(row)
    assert (queries.step_limits(date(2012, 1, 3))["recommended"], queries.step_limits(DAY)["recommended"]) == (5, 2)


def entered_by_the_director():
    return confirmation.enter(row=StepLimit(step="applied", working_days=1, effective_from=DAY), by=make.staff(Role.DIRECTOR), on=DAY)


def test_a_step_is_measured_by_what_was_confirmed_only():
    loan = make.case_at(State.RECOMMENDED, on=DAY)
    old = StepLimit.objects.get(step="recommended")
    row = entered(StepLimit(step="recommended", working_days=1, effective_from=old.effective_from), replaces=old)
    assert step_times.steps_of(loan, date(2012, 1, 9))[-1].overdue == 0
    confirmed(row)
    assert step_times.steps_of(loan, date(2012, 1, 9))[-1].overdue == 2
    old.refresh_from_db()
    assert old.standing == Standing.REPLACED


def test_a_second_limit_of_the_same_step_and_day_does_not_take_effect_beside_the_first():
    row = entered(StepLimit(step="recommended", working_days=2, effective_from=StepLimit.objects.get(step="recommended").effective_from))
    with pytest.raises(DayTaken):
        confirmed(row)


def test_what_a_document_says_of_time_and_how_long_a_promise_is_good_wait_for_two_persons_too():
    legal = entered(LegalLimit(what=ANSWER, effective_from=DAY, number=10, unit=LegalLimit.Unit.WORKING_DAYS))
    days = entered(PromiseDays(effective_from=DAY, days=30))
    assert (step_times.legal_limit(ANSWER, DAY).number, promise_valid_until(DAY)) == (3, date(2012, 3, 4))
    confirmed(legal)
    confirmed(days)
    assert (step_times.legal_limit(ANSWER, DAY).number, promise_valid_until(DAY)) == (10, date(2012, 2, 3))
