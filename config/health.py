"""Is the office open? One page for the supervisor, the container's health check and whoever watches."""

import time

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from config.celery import app
from loans.models import Loan
from staff.models import OfficeDate, User
from staff.web import public


def database():
    """PostgreSQL answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker():
    """The broker takes a connection."""
    with app.connection_for_write() as line:
        line.ensure_connection(max_retries=1, timeout=2)


def worker():
    """A worker answers a call that went through the broker."""
    if not app.control.broadcast("ping", reply=True, timeout=3, limit=1):
        raise NotYet("no worker answers")


def data():
    """Every migration has run, the office has its date, somebody can sign in, and a demo has its old ledger."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotYet("migrations are waiting")
    if not OfficeDate.objects.exists() or not User.objects.filter(is_active=True).exists():
        raise NotYet("the office has not been opened")
    if settings.DEMO and not Loan.objects.exists():
        raise NotYet("the old ledger is not in")


class NotYet(Exception):
    """A part answers, but is not ready."""


PARTS = {part.__name__: part for part in (database, broker, worker, data)}
KEEP_SECONDS = 2  # whoever asks without pause gets the last good answer
_last: tuple[float, dict[str, str]] = (float("-inf"), {})


def state():
    """Each part with "ok" or what is wrong with it (the kind only: the page is public)."""
    global _last
    asked, said = _last
    if time.monotonic() - asked > KEEP_SECONDS:
        said = {name: _tried(part) for name, part in PARTS.items()}
        if is_well(said):
            _last = (time.monotonic(), said)
    return said


def is_well(said):
    return set(said.values()) == {"ok"}


def _tried(part):
    try:
        part()
    except NotYet as wrong:
        return str(wrong)
    except Exception as wrong:  # whatever it is, the page must say it rather than fail
        return type(wrong).__name__
    return "ok"


@public
def healthz(request):
    """200 when every part is well, else 503; each part by name."""
    said = state()
    well = is_well(said)
    return JsonResponse({"status": "ok" if well else "failing", **said}, status=200 if well else 503, headers={"Cache-Control": "no-store"})
