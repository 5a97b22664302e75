"""A case on its way from the counter to the director's desk."""

import pytest

from loans.states import State
from tests import make

pytestmark = pytest.mark.django_db


def test_a_case_walks_from_the_counter_to_the_directors_desk():
    loan = make.case_at(State.CONFIRMED)
    assert (loan.state, loan.number) == (State.CONFIRMED, "A2012-0001")
