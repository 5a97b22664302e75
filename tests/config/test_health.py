"""What /healthz says when a part is not well. (All well, with a real worker: tests/demo/test_start.py.)"""

import json

import pytest

from config import health
from tests import make


@pytest.fixture
def asked(db, monkeypatch):
    """Ask a stranger's /healthz with these parts only."""

    def ask(*parts):
        monkeypatch.setattr(health, "PARTS", {part.__name__: part for part in parts})
        monkeypatch.setattr(health, "_last", (float("-inf"), {}))
        answer = make.browser().get("/healthz")
        return answer.status_code, json.loads(answer.content)

    return ask


def test_an_office_that_was_never_opened_is_not_well(asked):
    assert asked(health.database, health.data) == (503, {"status": "failing", "database": "ok", "data": "the office has not been opened"})


def test_a_demo_without_its_old_ledger_is_not_well(asked):
    make.office_date()
    make.user()
    assert asked(health.data) == (503, {"status": "failing", "data": "the old ledger is not in"})


def test_an_open_office_is_well_and_production_begins_without_a_loan(asked, settings):
    settings.DEMO = False
    make.office_date()
    make.user()
    assert asked(health.database, health.data) == (200, {"status": "ok", "database": "ok", "data": "ok"})


def test_a_part_that_breaks_is_named_without_its_secrets(asked):
    def broker():
        raise ConnectionError("redis://:password@10.0.0.1")

    assert asked(broker) == (503, {"status": "failing", "broker": "ConnectionError"})


def test_only_a_good_answer_is_kept(asked, monkeypatch):
    answers = iter([health.NotYet("no worker answers"), None])

    def worker():
        if wrong := next(answers):
            raise wrong

    assert asked(worker)[0] == 503
    assert make.browser().get("/healthz").status_code == 200
    assert make.browser().get("/healthz").status_code == 200  # worker is not asked a third time
