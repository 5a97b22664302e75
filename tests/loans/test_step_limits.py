"""Every step at which a case waits for somebody has its limit."""

import pytest

from loans.models import StepLimit
from loans.states import BEFORE_PROMISE, RESERVED, State

pytestmark = pytest.mark.django_db


def test_every_step_on_the_way_has_a_limit_but_the_applicants_own():
    limited = set(StepLimit.objects.values_list("step", flat=True))
    assert limited == {str(state) for state in (*BEFORE_PROMISE, *RESERVED)} - {State.RETURNED}


def test_the_limits_are_those_of_the_fact_sheet():
    assert sorted(StepLimit.objects.values_list("working_days", flat=True)) == [3, 3, 3, 5, 5, 5, 7]
