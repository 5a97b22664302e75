"""What the office does by itself when a day begins."""

from datetime import date

import pytest
from django_celery_beat.models import PeriodicTask

from staff import actions, jobs
from staff.history import words
from staff.models import Event, OfficeDate
from staff.tasks import day_begins
from tests import make

MORNING = date(2012, 1, 4)


@pytest.fixture
def diary(monkeypatch, db):
    """The jobs of an office that has two of its own: one for each day, one for the last; what they wrote down."""
    written = []
    monkeypatch.setattr(jobs, "_jobs", [])
    jobs.register("count", lambda on: written.append(("count", on)), order=2, each_day=False)
    jobs.register("lapse", lambda on: written.append(("lapse", on)), order=1)
    return written


def test_on_the_first_morning_the_jobs_of_that_day_run_in_their_order(diary):
    assert jobs.run_due(MORNING) == [MORNING]
    assert diary == [("lapse", MORNING), ("count", MORNING)]
    assert OfficeDate.objects.get().jobs_done_on == MORNING


def test_run_again_on_the_same_day_they_do_nothing(diary):
    jobs.run_due(MORNING)
    assert jobs.run_due(MORNING) == []
    assert len(diary) == 2


def test_every_missed_day_is_made_up_in_order(diary):
    jobs.run_due(MORNING)
    diary.clear()
    jobs.run_due(date(2012, 1, 7))
    assert diary == [("lapse", date(2012, 1, 5)), ("lapse", date(2012, 1, 6)), ("lapse", date(2012, 1, 7)), ("count", date(2012, 1, 7))]


def test_a_job_that_fails_leaves_its_day_undone_and_the_next_call_makes_it_up(diary):
    jobs.run_due(MORNING)

    def fails(on):
        raise ZeroDivisionError

    jobs.register("broken", fails, order=3)
    with pytest.raises(ZeroDivisionError):
        jobs.run_due(date(2012, 1, 5))
    assert OfficeDate.objects.get().jobs_done_on == MORNING
    jobs._jobs.pop()
    assert jobs.run_due(date(2012, 1, 5)) == [date(2012, 1, 5)]


def test_each_day_leaves_a_line_in_the_history(diary):
    jobs.run_due(MORNING)
    line = Event.objects.get(kind="day.begun")
    assert (line.on, line.by, line.data) == (MORNING, None, {"first": "2012-01-04", "jobs": ["lapse", "count"]})
    assert words(line) == "当天的例行工作已做完"


def test_a_leap_over_many_days_leaves_one_line_that_says_since_when(diary):
    jobs.run_due(MORNING)
    jobs.run_due(date(2012, 1, 20))
    assert [(line.on, line.data["first"]) for line in Event.objects.filter(kind="day.begun").order_by("id")] == [
        (MORNING, "2012-01-04"),
        (date(2012, 1, 20), "2012-01-05"),
    ]
    assert "2012-01-05" in words(Event.objects.filter(kind="day.begun").latest("id"))


def test_after_a_failure_in_a_leap_the_line_still_begins_at_its_first_day(diary):
    jobs.run_due(MORNING)

    def fails_on_the_ninth(on):
        assert on != date(2012, 1, 9)

    jobs.register("broken", fails_on_the_ninth, order=3)
    with pytest.raises(AssertionError):
        jobs.run_due(date(2012, 1, 20))
    jobs._jobs.pop()
    jobs.run_due(date(2012, 1, 20))
    assert Event.objects.filter(kind="day.begun").latest("id").data["first"] == "2012-01-05"


def test_moving_the_office_date_runs_the_jobs_of_every_day_on_the_way(diary, administrator, django_capture_on_commit_callbacks):
    make.office_date(MORNING)
    with django_capture_on_commit_callbacks(execute=True):
        actions.move_office_date(days=2, by=administrator, on=MORNING)
    assert diary == [("lapse", date(2012, 1, 4)), ("lapse", date(2012, 1, 5)), ("lapse", date(2012, 1, 6)), ("count", date(2012, 1, 6))]


def test_the_timetable_is_a_row_that_admin_edits(db):
    row = PeriodicTask.objects.get(task="staff.tasks.day_begins")
    assert row.enabled
    assert (row.crontab.minute, row.crontab.hour, str(row.crontab.timezone)) == ("5", "*", "Asia/Shanghai")
    assert row.task == day_begins.name
