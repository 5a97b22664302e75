"""The whole office in one command: servers, migrations, data, then web, worker and beat, until Ctrl-C."""

import argparse
import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config import embedded, folders, static_files

BASE_DIR = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PATIENCE = 120  # seconds until the first healthy answer
GOODBYE = 15  # seconds a process has to finish what it does
PR_SET_PDEATHSIG = 1
RESTART_AFTER = 20  # a process that lived this long is started again; one that dies sooner closes the office


def commands(host, port):
    """What runs, by name; docker-compose.yml runs the same three."""
    web = ["-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--timeout", "120", "--graceful-timeout", "10", "--no-control-socket", "--log-level", "warning"]
    celery = ["-W", "ignore:::celery.platforms", "-m", "celery", "--app", "config", "--quiet"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    return {"web": web, "worker": worker, "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]}


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Trouble(Exception):
    """The office cannot open; the message says why and what to do."""


class Leaving(BaseException):
    """Somebody pressed Ctrl-C, or asked us to end."""


def on_signals(handler):
    for number in SIGNALS:
        signal.signal(number, handler)


def leave(*_):
    on_signals(signal.SIG_IGN)  # once is enough
    raise Leaving


def say(text):
    print(text, flush=True)


def end_with_parent():
    """Linux ends this process should the supervisor be killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One of our processes, in a session of its own, so that Ctrl-C reaches the supervisor alone and it stops them in order."""

    def __init__(self, name, arguments):
        self.name, self.arguments = name, arguments
        self.start()

    def start(self):
        self.since = time.monotonic()
        self.process = subprocess.Popen(
            [PYTHON, *self.arguments],
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        threading.Thread(target=self._pass_on, args=(self.process.stdout,), daemon=True).start()

    def _pass_on(self, lines):
        for line in lines:
            if text := line.decode(errors="replace").rstrip():
                say(f"{self.name:>6} | {text}")

    def ended(self):
        return self.process.poll() is not None

    def signal(self, number):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def port_is_free(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host.strip("[]"), port))
        except OSError:
            return False
    return True


def only_one(data_dir):
    """One office at a time for a data folder; the lock ends with this process."""
    folders.make_data_folder(data_dir)
    lock = os.open(data_dir / "office.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Trouble(f"这个办公室已经在运行。The office of {data_dir} is open already, in another window.") from None


def prepare():
    """Servers up, tables as the code wants them, data in place."""
    say("==> 静态文件 · static files")
    static_files.gather()
    say("==> 数据库与消息队列 · database and broker")
    if settings.BROKER_IS_EMBEDDED:
        embedded.valkey(settings.DATA_DIR).needed()
    say("==> 数据表 · tables")
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        say("==> 办公室的数据 · the office's data")
        call_command("open_office")


def wait_until_well(address, children):
    """Ask /healthz until it answers 200; what was wrong last, where it does not."""
    last, until = "no answer", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for child in children:
            if child.ended():
                raise Trouble(f"{child.name} ended with {child.process.returncode} while starting; its last words are above.")
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=10):
                return
        except urllib.error.HTTPError as answer:
            last = ", ".join(f"{part}: {said}" for part, said in json.loads(answer.read()).items() if said != "ok")
        except OSError:
            pass
        time.sleep(0.2)
    raise Trouble(f"/healthz 没有就绪。The office is not well after {PATIENCE} s: {last}")


def watch(children):
    """A process that dies is started again, unless it dies at once."""
    while True:
        time.sleep(0.5)
        for child in children:
            if child.ended():
                say(f"{child.name:>6} | ended with {child.process.returncode}")
                if time.monotonic() - child.since < RESTART_AFTER:
                    raise Trouble(f"{child.name} does not stay alive; its last words are above.")
                child.start()


def stop(children):
    """Ask each to finish; whatever is left after a while, or when asked again, is ended with all that it started."""
    say("\n==> 正在停止 · stopping")
    hurry = threading.Event()
    on_signals(lambda *_: hurry.set())
    for child in children:
        if not child.ended():
            child.process.terminate()
    until = time.monotonic() + GOODBYE
    while time.monotonic() < until and not hurry.wait(0.05) and not all(child.ended() for child in children):
        pass
    for child in children:
        child.signal(signal.SIGKILL)
        child.process.wait()
    on_signals(signal.SIG_IGN)  # the servers are stopped next, in peace


def run(host, port):
    if not port_is_free(host, port):
        raise Trouble(f"端口 {port} 已被占用。Port {port} is taken by another program: choose one, for example `PORT={port + 1} make demo`.")
    only_one(settings.DATA_DIR)
    prepare()
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
    children = []
    try:
        say("==> 网页、后台任务、定时任务 · web, worker and beat")
        for name, arguments in commands(host, port).items():
            children.append(Child(name, arguments))
        wait_until_well(address, children)
        say(f"\n    一贷已开门 · the office is open:  {address}\n    按 Ctrl-C 停止 · Ctrl-C stops it\n")
        watch(children)
    finally:
        stop(children)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="where nobody configured anything, make this folder's office a demo")
    wishes = parser.parse_args()
    on_signals(leave)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.chdir(BASE_DIR)
    if wishes.demo:
        note_demo()
    try:
        django.setup()
        run(os.environ.get("HOST") or "127.0.0.1", wanted_port())
    except (Trouble, ImproperlyConfigured, embedded.CannotStart, folders.NotOurs) as wrong:
        sys.exit(f"\n{wrong}")
    except Leaving:
        say("==> 已停止 · stopped")


def wanted_port():
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Trouble(f"PORT={port}: 端口应为 1 至 65535 的数字。A port is a number from 1 to 65535.")
    return int(port)


def note_demo():
    """Remember that this data folder is a demo's, so that `manage.py` alone knows it too. An .env or a server elsewhere decides for itself."""
    if (BASE_DIR / ".env").exists() or os.environ.get("DATABASE_URL"):
        return
    data_dir = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve()
    folders.make_data_folder(data_dir)
    note = data_dir / "office.env"
    if not note.exists():
        note.write_text("# Made by `make demo`.\nDEMO=1\n", encoding="utf-8")


if __name__ == "__main__":
    main()
