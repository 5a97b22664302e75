"""The training room's pages, and the record beside a case."""

import pytest

from staff.models import Role
from tests import make
from training import parts, queries

pytestmark = pytest.mark.django_db


def test_the_ranked_list_of_a_year_takes_siyb_classes_of_that_year_only():
    best, good = make.trainee(exam=90), make.trainee(exam=85)
    make.trainee(exam=99, year=2010)
    make.trainee(exam=99, attendance=89)
    assert [(place.rank, place.trainee, place.selected) for place in queries.ranked_list(2011)] == [(1, best, True), (2, good, True)]


def test_was_selected_asks_for_the_year():
    chosen = make.trainee(exam=90).applicant
    assert queries.was_selected(chosen, 2011)
    assert not queries.was_selected(chosen, 2010)


def test_the_eleventh_is_ranked_but_not_chosen():
    for exam in range(80, 91):
        make.trainee(exam=exam)
    places = queries.ranked_list(2011)
    assert [place.selected for place in places] == [True] * 10 + [False]
    assert places[10].trainee.exam == 80
    assert not queries.was_selected(places[10].trainee.applicant, 2011)


def test_the_year_page_shows_the_list_and_no_identity_number():
    who = make.trainee(make.person("沈雪兰"), exam=97).applicant
    page = make.browser(make.user(Role.TRAINER)).get("/training/2011/").content.decode()
    assert "沈雪兰" in page
    assert "97" in page
    assert "尚未贷款" in page
    assert who.identity_number not in page


def test_a_year_without_classes_has_no_page():
    assert make.browser(make.user(Role.TRAINER)).get("/training/1999/").status_code == 404


def test_the_record_beside_a_case_tells_marks_and_place():
    case = make.application(make.trainee(exam=91).applicant)
    ((trainee, place),) = parts.record(None, case)["records"]
    assert trainee.exam == 91
    assert (place.rank, place.selected) == (1, True)


def test_who_never_sat_in_a_class_has_no_record():
    assert parts.record(None, make.application()) is None


def test_the_years_page_adds_up():
    make.trainee(year=2010, exam=70)
    make.trainee(year=2011, exam=90)
    make.trainee(year=2011, exam=50, number=2)
    latest, before = queries.years()
    assert (latest.year, latest.classes, latest.trainees, latest.qualified, latest.cut) == (2011, 2, 2, 1, 90)
    assert (before.year, before.trainees, before.exam) == (2010, 1, 70)
    assert latest.selected == 1
