"""What an auditor looks over, and that it is new only once."""

from datetime import date

import pytest

from staff import desk, oversight
from staff.audit import note
from staff.errors import NotYours
from tests import make

TODAY = date(2012, 1, 4)


@pytest.fixture
def seen(reviewer):
    """Somebody looked at an identity number."""
    return note("identity.seen", subject=make.person(), by=reviewer, on=TODAY)


def test_a_look_at_an_identity_number_waits_on_the_auditors_desk(seen, auditor, director):
    assert len(desk.waiting(auditor, TODAY)) == 1
    assert desk.waiting(director, TODAY) == []


def test_what_was_looked_over_is_no_longer_new(seen, auditor):
    oversight.look_over(through=seen.pk, by=auditor, on=TODAY)
    assert desk.waiting(auditor, TODAY) == []
    with pytest.raises(oversight.NothingNew):
        oversight.look_over(through=seen.pk, by=auditor, on=TODAY)


def test_only_auditors_look_over(seen, director):
    with pytest.raises(NotYours):
        oversight.look_over(through=seen.pk, by=director, on=TODAY)


def test_the_page_names_the_person_and_takes_the_auditors_word(seen, auditor):
    make.office_date()
    browser = make.browser(auditor)
    assert "潘志国" in browser.get("/history/").content.decode()
    browser.post("/history/", {"through": seen.pk})
    assert not oversight.new_lines().exists()


def test_the_whole_history_costs_few_queries(seen, auditor, django_assert_max_num_queries):
    make.office_date()
    browser = make.browser(auditor)
    with django_assert_max_num_queries(30):
        assert browser.get("/history/?all=1").status_code == 200
