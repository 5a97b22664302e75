"""What the office does by itself when a day begins: each room registers its jobs when the app starts, so no import runs upward.

A job is a function of one keyword, `on`: the office day. All jobs of a day are one transaction with the note that the day is done: a job that
fails leaves the day undone, so it comes again, and running twice does nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from staff.audit import note
from staff.models import OfficeDate


class Job(NamedTuple):
    order: int
    name: str
    run: Callable[..., object]
    each_day: bool


_jobs: list[Job] = []


def register(name, run, *, order=0, each_day=True):
    """Do this whenever a day begins. With `each_day` false a leap over many days runs it for the last of them only."""
    _jobs.append(Job(order, name, run, each_day))


def run_due(today):
    """Run what is due for every day begun since the last time, day by day; the days that this call did."""
    done = []
    while (day := _next_day(today)) is not None:
        if _run_day(day, last=day == today):
            done.append(day)
    return done


def _next_day(today):
    """The first day whose jobs are waiting; on the very first morning only that day itself."""
    row = OfficeDate.objects.first()
    before = row and row.jobs_done_on
    day = before + timedelta(days=1) if before else today
    return day if day <= today else None


@transaction.atomic
def _run_day(day, *, last):
    """All jobs of one day; false where another process did them meanwhile."""
    row, _made = OfficeDate.objects.select_for_update().get_or_create(only=True)
    if row.jobs_done_on and row.jobs_done_on >= day:
        return False
    names = []
    for job in sorted(_jobs, key=lambda job: (job.order, job.name)):
        if last or job.each_day:
            job.run(on=day)
            names.append(job.name)
    row.jobs_done_on = day
    row.save(update_fields=["jobs_done_on"])
    if names:
        note("day.begun", subject=row, by=None, on=day, jobs=names)
    return True
