"""One command opens the office; Ctrl-C closes it; opened again, nothing has changed."""

import json
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from tests.demo.office import ROOT, Office, free_port

SUMS = """
import hashlib
from django.apps import apps
tables = sorted((m._meta.label, m.objects.count()) for m in apps.get_models() if m._meta.label not in ("sessions.Session", "django_celery_beat.PeriodicTask"))
print(hashlib.sha256(repr(tables).encode()).hexdigest(), sum(n for _, n in tables))
"""


def sums(office):
    return office.manage("shell", "-v0", "-c", SUMS).stdout.strip()


def belonging_to(office):
    """Every process of this office: what the supervisor started, and the servers of its data folder."""
    children = {process.pid for process in psutil.Process(office.process.pid).children(recursive=True)}
    return children | servers_of(office)


def servers_of(office):
    return {p.pid for p in psutil.process_iter(["cmdline"]) if any(str(office.data_dir) in word for word in p.info["cmdline"] or [])}


def test_the_open_office_says_that_every_part_is_well(demo):
    status, text = demo.get("/healthz")
    assert status == 200
    assert json.loads(text) == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok", "data": "ok"}


def test_it_shows_its_progress_and_its_address(demo):
    said = "\n".join(demo.lines)
    for words in ("数据库与消息队列", "办公室的数据", "网页、后台任务、定时任务", f"the office is open:  {demo.url}/"):
        assert words in said


def test_the_page_of_a_stranger_is_the_sign_in_page(demo):
    status, text = demo.get("/")
    assert status == 200
    assert "演示" in text


def test_commands_run_on_its_data_while_it_is_open(demo):
    assert demo.manage("shell", "-v0", "-c", "from staff.models import User; print(User.objects.count() >= 11)").stdout.strip() == "True"


def test_a_second_office_in_the_same_folder_is_told_so(demo):
    with pytest.raises(AssertionError, match="open already"):
        Office(demo.data_dir).open()
    assert demo.get("/healthz")[0] == 200


def test_a_port_that_is_taken_is_said_at_once(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        office = Office(tmp_path, port=other.getsockname()[1])
        with pytest.raises(AssertionError, match=f"Port {office.port} is taken"):
            office.open()
    assert not (tmp_path / "postgres").exists()


def test_ctrl_c_stops_everything_it_started_and_nothing_else_and_a_second_start_changes_nothing(tmp_path):
    deep = tmp_path / "一个很深的文件夹" / ("x" * 60)  # no socket fits in there
    bystander = psutil.Popen(["sleep", "600"])
    office = Office(deep).open()
    before = sums(office)
    ours = belonging_to(office)
    assert len(ours) >= 6  # web, worker, beat, PostgreSQL, Valkey and their own
    assert office.close(signal.SIGINT) == 0
    assert [psutil.Process(pid).cmdline() for pid in ours if _lives(pid)] == []
    assert bystander.is_running()
    bystander.kill()
    bystander.wait()

    began = time.monotonic()
    office = Office(deep, port=free_port()).open()
    print(f"\nsecond start: {time.monotonic() - began:.1f} s")
    assert sums(office) == before
    ours = belonging_to(office)
    assert office.close(signal.SIGTERM) == 0
    assert [psutil.Process(pid).cmdline() for pid in ours if _lives(pid)] == []


def test_the_servers_outlive_the_office_while_a_command_still_uses_them(tmp_path):
    office = Office(tmp_path).open()
    code = "from staff.models import User; User.objects.count(); print('in', flush=True); input(); print(User.objects.count() >= 11)"
    arguments = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    command = subprocess.Popen(arguments, cwd=ROOT, env=office.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert command.stdout.readline().strip() == "in"
    office.close(signal.SIGINT)
    servers = servers_of(office)
    assert servers
    said, _ = command.communicate("\n", timeout=30)
    assert said.strip() == "True"
    assert not any(_lives(pid) for pid in servers)


def _lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
