"""Long jobs: asked for on a page, done by a Celery worker, watched while they run.

Progress lives in the broker, not in the database: a job is one transaction, and nobody would see it move.
"""

import json
from contextlib import contextmanager
from functools import cache

from celery import current_app
from django.conf import settings
from django.utils import timezone, translation

from staff.delegations import acting
from staff.errors import Refused
from staff.models import Run

KEPT_SECONDS = 24 * 3600


@cache
def _broker():
    """The Redis client of Celery's own connection, which has the embedded broker started where there is no other."""
    return current_app.connection_for_write().default_channel.client


def ask(task, *, kind, title, by, on, asked=None, **kwargs):
    """Queue a Celery task that takes run_id and these arguments, once the transaction commits; the Run to watch.

    `asked` is kept as the run's result until the task puts more beside it.
    """
    run = Run.objects.create(kind=kind, title=str(title), asked_by=by, delegation=by and by.delegation, asked_on=on, result=asked or {})
    task.delay_on_commit(run_id=run.pk, **kwargs)
    return run


def report_progress(run_id, done, total, message=""):
    """Say how far a job is. `run_id` None (the job runs from the command line) says it to nobody."""
    if run_id is not None:
        _broker().set(f"run:{run_id}", json.dumps([done, total, str(message)]), ex=KEPT_SECONDS)


def progress(run):
    """(done, total, message) of a job as last reported."""
    kept = _broker().get(f"run:{run.pk}")
    return tuple(json.loads(kept)) if kept else (0, 0, "")


@contextmanager
def running(run_id):
    """Around the work of a task: marks the Run as running, then done, or failed with its reason. Speaks the language of who asked.

    What the rules refuse ends here: it is expected, and the Run shows it. Anything else goes on to the worker's log.
    """
    Run.objects.filter(pk=run_id).update(state=Run.State.RUNNING, error="")
    run = Run.objects.select_related("asked_by", "delegation__holder__bank").get(pk=run_id)
    if run.delegation:
        run.asked_by = acting(run.asked_by, run.delegation)
    try:
        with translation.override((run.asked_by and run.asked_by.language) or settings.LANGUAGE_CODE):
            yield run
    except Exception as wrong:
        Run.objects.filter(pk=run_id).update(state=Run.State.FAILED, error=str(wrong)[:2000], finished_at=timezone.now())
        if isinstance(wrong, Refused):
            return
        raise
    Run.objects.filter(pk=run_id).update(state=Run.State.DONE, finished_at=timezone.now(), result=run.result, result_url=run.result_url)
