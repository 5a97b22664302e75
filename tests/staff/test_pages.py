"""The staff room's other pages: language, large text, people, office date."""

from datetime import date

import pytest

from staff import actions, runs
from staff.actions import DateIsFixedOutside, TimeRunsForward
from staff.errors import NotYours
from staff.models import Event, Role, Run
from staff.office_date import office_today
from tests import make

pytestmark = pytest.mark.django_db


def test_chinese_comes_first_whatever_the_browser_prefers():
    page = make.browser(make.user()).get("/help/", headers={"Accept-Language": "en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert "一天怎么办公" in page.content.decode()


def test_the_language_is_kept_on_the_person():
    person = make.user()
    answer = make.browser(person).post("/language/", {"language": "en", "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    assert "How a day goes" in make.browser(person).get("/help/").content.decode()


def test_a_stranger_keeps_the_language_in_a_cookie():
    browser = make.browser()
    browser.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert "Sign in" in browser.get("/accounts/login/").content.decode()


def test_an_unknown_language_changes_nothing():
    person = make.user()
    make.browser(person).post("/language/", {"language": "tlh"})
    person.refresh_from_db()
    assert person.language == ""


def test_the_switch_never_leads_to_another_house():
    assert make.browser(make.user()).post("/language/", {"language": "en", "next": "https://elsewhere.example/"}).headers["Location"] == "/"


def test_large_text_is_kept_on_the_person():
    person = make.user()
    browser = make.browser(person)
    browser.post("/large-text/")
    assert 'class="large"' in make.browser(person).get("/").content.decode()
    browser.post("/large-text/")
    assert 'class="large"' not in make.browser(person).get("/").content.decode()


def test_everybody_sees_who_works_here():
    make.user(Role.DIRECTOR, name="陈建国")
    gone = make.user(Role.REVIEWER, name="离职者", is_active=False)
    for role in Role:
        page = make.browser(make.user(role)).get("/people/").content.decode()
        assert "陈建国" in page
        assert gone.name not in page


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    return make.office_date(date(2012, 1, 4))


PRESSES = [({"days": "7"}, date(2012, 1, 11)), ({"to": "2012.2.1"}, date(2012, 2, 1)), ({"to": "２０１２年１月５日"}, date(2012, 1, 5))]


@pytest.mark.parametrize(("press", "day"), PRESSES)
def test_an_administrator_moves_the_office_date(demo, press, day):
    browser = make.browser(make.user(Role.ADMINISTRATOR, name="王磊"))
    assert browser.post("/office-date/", press).status_code == 302
    assert office_today() == day
    page = browser.get("/office-date/").content.decode()
    assert f"办公日期由 2012-01-04 移到 {day}" in page
    assert "王磊" in page


def test_the_office_date_never_goes_back(demo):
    browser = make.browser(make.user(Role.ADMINISTRATOR))
    page = browser.post("/office-date/", {"to": "2012-01-03"}).content.decode()
    assert "现在是 2012-01-04，2012-01-03 更早" in page
    assert office_today() == date(2012, 1, 4)
    with pytest.raises(TimeRunsForward):
        actions.move_office_date(days=-1, by=make.user(Role.ADMINISTRATOR), on=demo)


@pytest.mark.parametrize("press", [{"real": ""}, {"days": "0"}, {"to": "31 January"}, {"days": "1", "to": "2012-02-01"}])
def test_without_one_clear_day_nothing_moves(demo, press):
    page = make.browser(make.user(Role.ADMINISTRATOR)).post("/office-date/", press)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert office_today() == date(2012, 1, 4)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_moves_it(demo, role):
    person = make.user(role)
    assert make.browser(person).post("/office-date/", {"days": "1"}).status_code == 403
    with pytest.raises(NotYours):
        actions.move_office_date(days=1, by=person, on=demo)
    assert not Event.objects.filter(kind="office_date.moved").exists()


def test_outside_the_demo_the_real_date_counts(settings):
    settings.DEMO = False
    with pytest.raises(DateIsFixedOutside):
        actions.move_office_date(days=1, by=make.user(Role.ADMINISTRATOR), on=date(2012, 1, 4))


def test_a_page_that_is_not_there_speaks_chinese():
    page = make.browser(make.user()).get("/nowhere/")
    assert page.status_code == 404
    assert "没有这个页面" in page.content.decode()


@pytest.mark.parametrize(("state", "said"), [("queued", "排队等待中"), ("running", "正在核对 · 40%"), ("done", "查看结果"), ("failed", "账实不符")])
def test_a_long_job_says_how_far_it_is(state, said):
    person = make.user()
    job = Run.objects.create(
        kind="ledger", title="半年还款台账", state=state, asked_by=person, asked_on=date(2012, 1, 4), error="账实不符", result_url="/people/"
    )
    runs.report_progress(job.pk, 2, 5, "正在核对")
    browser = make.browser(person)
    assert said in browser.get(f"/jobs/{job.pk}/").content.decode()
    part = browser.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert (f'hx-get="/jobs/{job.pk}/"' in part) is (state in ("queued", "running"))


def test_bank_staff_see_only_the_jobs_that_they_asked_for():
    job = Run.objects.create(kind="ledger", title="半年还款台账", asked_by=make.user(), asked_on=date(2012, 1, 4))
    assert make.browser(make.user(Role.AUDITOR)).get(f"/jobs/{job.pk}/").status_code == 200
    assert make.browser(make.user(Role.BANK)).get(f"/jobs/{job.pk}/").status_code == 404
