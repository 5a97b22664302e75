"""docker-compose.yml runs what the supervisor runs, on the servers that the office is built for."""

import re

import yaml

from config import supervisor
from tests.house import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
AS_ROOT_ONLY = ["-W", "ignore:::celery.platforms"]  # hides a warning that a container's own user does not get


def test_it_starts_web_worker_beat_and_both_servers():
    assert set(COMPOSE) == {"migrate", "web", "worker", "beat", "postgres", "valkey"}


def test_the_three_processes_are_the_supervisors():
    for name, arguments in supervisor.commands("0.0.0.0", 8000).items():
        expected = [word for word in arguments if word not in AS_ROOT_ONLY]
        assert COMPOSE[name]["command"] == ["python", *expected], name


def test_the_servers_are_those_that_the_demo_embeds():
    assert COMPOSE["postgres"]["image"] == "postgres:18"
    assert "builtin-locale=C.UTF-8" in COMPOSE["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert COMPOSE["valkey"]["command"][1:3] == ["--appendonly", "yes"]


def test_every_process_waits_for_the_migrations():
    for name in ("web", "worker", "beat"):
        assert COMPOSE[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_no_secret_stands_in_the_file():
    password = COMPOSE["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert password.startswith("${POSTGRES_PASSWORD:?")
    assert password in COMPOSE["web"]["environment"]["DATABASE_URL"]


def test_the_image_is_of_the_python_that_the_lock_is_for_and_runs_as_nobody_special():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "FROM python:3.11-slim" in text
    assert re.findall(r"^USER (\w+)", text, re.MULTILINE) == ["yidai"]
    assert "--require-hashes" in text


def test_the_image_has_the_system_packages_of_the_set_up():
    from tools import setup

    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert [name for name, *_rest in (*setup.SYSTEM, *setup.SPEED) if name not in text] == []


def test_the_example_lists_every_setting_that_is_read():
    read = set(re.findall(r'env\("([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text(encoding="utf-8"))) | {"HOST", "PORT"}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [name for name in sorted(read) if not re.search(rf"^#?{name}=", example, re.MULTILINE)] == []
