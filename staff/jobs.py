"""What the office does by itself when a day begins: each room registers its jobs when the app starts, so no import runs upward.

A job is a function of one keyword, `on`: the office day. All jobs of a day are one transaction with the mark that the day is done: a job that
fails leaves the day undone, so it comes again, and running twice does nothing. History tells of the last day of a leap, and since when.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from staff.audit import note
from staff.models import Event, OfficeDate

BEGUN = "day.begun"


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
        if _run_day(day, first=done[0] if done else day, last=day == today):
            done.append(day)
    return done


def _next_day(today):
    """The first day whose jobs are waiting; on the very first morning only that day itself."""
    row = OfficeDate.objects.first()
    before = row and row.jobs_done_on
    day = before + timedelta(days=1) if before else today
    return day if day <= today else None


@transaction.atomic
def _run_day(day, *, first, last):
    """All jobs of one day of those from the first on; false where another process did them meanwhile."""
    row, _made = OfficeDate.objects.select_for_update().get_or_create(only=True)
    if row.jobs_done_on and row.jobs_done_on >= day:
        return False
    ordered = sorted(_jobs, key=lambda job: (job.order, job.name))
    for job in ordered:
        if last or job.each_day:
            job.run(on=day)
    row.jobs_done_on = day
    row.save(update_fields=["jobs_done_on"])
    if last and _jobs:
        note(BEGUN, subject=row, by=None, on=day, first=_first_untold(first), jobs=[job.name for job in ordered])
    return True


def _first_untold(first):
    """A leap over many days is one line of history: it begins after the line before it, though an attempt in between failed."""
    before = Event.objects.filter(kind=BEGUN).order_by("-id").first()
    return before.on + timedelta(days=1) if before else first


def begun(event):
    """How that line reads: of one day, or of all that a leap made up."""
    if event.data.get("first", str(event.on)) == str(event.on):
        return _("The day's jobs were done")
    return _("The jobs of all days since %(first)s were done") % event.data
