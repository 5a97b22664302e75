"""One command opens the office; Ctrl-C closes it; opened again, nothing has changed."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from tests.demo.office import ROOT, Office, new_folder

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


def test_a_second_office_in_the_same_folder_is_told_so(demo, office):
    with pytest.raises(AssertionError, match="open already"):
        office(demo.data_dir).open()
    assert demo.get("/healthz")[0] == 200


def test_a_port_that_is_taken_is_said_at_once(office, folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        late = office(port=other.getsockname()[1])
        with pytest.raises(AssertionError, match=f"Port {late.port} is taken"):
            late.open()
    assert not (folder / "postgres").exists()


@pytest.fixture(scope="module")
def first_day():
    """An office that was opened in a new folder, too deep for a socket, and closed with Ctrl-C; what was there before and after."""
    folder = new_folder()
    office = Office(folder / "一个很深的文件夹" / ("x" * 60)).open()
    with subprocess.Popen(["sleep", "600"]) as bystander:
        office.sums, ours = sums(office), belonging_to(office)
        office.ended = office.close(signal.SIGINT)
        office.started, office.left, office.bystander_lives = len(ours), still_there(ours), bystander.poll() is None
        bystander.kill()
    yield office
    shutil.rmtree(folder)


def test_ctrl_c_stops_everything_it_started_and_nothing_else(first_day):
    assert first_day.started >= 6  # web, worker, beat, PostgreSQL, Valkey and their own
    assert first_day.ended == 0
    assert first_day.left == []
    assert first_day.bystander_lives


def test_a_second_start_changes_nothing(first_day, office):
    began = time.monotonic()
    second = office(first_day.data_dir).open()
    print(f"\nsecond start: {time.monotonic() - began:.1f} s")
    assert sums(second) == first_day.sums
    ours = belonging_to(second)
    assert second.close(signal.SIGTERM) == 0
    assert still_there(ours) == []


def test_killed_outright_it_leaves_no_process_that_holds_the_port(first_day, office):
    one = office(first_day.data_dir).open()
    children = psutil.Process(one.process.pid).children(recursive=True)
    one.close(signal.SIGKILL)
    psutil.wait_procs(children, timeout=30)
    assert still_there([child.pid for child in children]) == []
    assert office(first_day.data_dir, one.port).open().get("/healthz")[0] == 200


def test_a_command_beside_it_uses_its_servers_and_its_worker_and_may_stay_when_it_closes(first_day, office):
    one = office(first_day.data_dir).open()
    code = """
import time
from staff.actions import move_office_date
from staff.models import OfficeDate, User
from staff.office_date import office_today
move_office_date(days=1, by=User.objects.get(username="administrator"), on=office_today())
until = time.monotonic() + 60
while OfficeDate.objects.get().jobs_done_on != office_today() and time.monotonic() < until:
    time.sleep(0.2)
print(OfficeDate.objects.get().jobs_done_on, flush=True)
input()
print(User.objects.filter(username="administrator").count())
"""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    with subprocess.Popen(command, cwd=ROOT, env=one.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as beside:
        assert beside.stdout.readline().strip() == "2012-01-05"
        servers = servers_of(one)
        one.close()
        assert sorted(still_there(servers)) == sorted(psutil.Process(pid).cmdline() for pid in servers)
        assert beside.communicate("\n", timeout=30)[0].strip() == "1"
    assert still_there(servers) == []


def still_there(processes):
    """The command lines of those that live; a dead one that nobody has buried does not."""
    found = [psutil.Process(pid) for pid in processes if psutil.pid_exists(pid)]
    return [process.cmdline() for process in found if process.status() != psutil.STATUS_ZOMBIE]
