"""A real office for tests: started by the real supervisor in a data folder of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 600


class Office:
    """One supervisor and its data folder. `say` takes each line that it prints."""

    def __init__(self, data_dir, port=None):
        self.data_dir, self.port = Path(data_dir), port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines = []
        self.process = None

    @property
    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        return kept | {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "DATABASE_URL": "", "REDIS_URL": ""}

    def open(self):
        """Start it, as `make demo` does; back once it says that it is open."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor", "--demo"], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        opened = threading.Event()
        threading.Thread(target=self._read, args=(opened,), daemon=True).start()
        until = time.monotonic() + PATIENCE
        while not opened.wait(0.1):
            if self.process.poll() is not None or time.monotonic() > until:
                self.close()
                raise AssertionError("The office did not open:\n" + "\n".join(self.lines))
        self._let_jobs_finish()
        return self

    def _let_jobs_finish(self):
        """The first papers are built by the worker while the doors are open already; wait for them."""
        waiting = "from staff.models import Run; print(Run.objects.filter(state__in=['queued', 'running']).count())"
        until = time.monotonic() + PATIENCE
        while self.manage("shell", "-v0", "-c", waiting).stdout.strip() != "0":
            assert time.monotonic() < until, "the first papers were not built"

    def _read(self, opened):
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(line.rstrip())
                if f"{self.url}/" in line:
                    opened.set()

    def close(self, how=signal.SIGINT):
        """Ask it to end; its exit code. Closed already, it stays so."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
        return self.process and self.process.wait(60)

    def manage(self, *arguments, check=True):
        """Run a command on this office's data, as scripts do."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    def get(self, path):
        """(status, text) of a page, as a stranger sees it."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


def new_folder():
    """Not pytest's own kind: those are closed to the servers' user whenever another pytest starts."""
    return Path(tempfile.mkdtemp(prefix="yidai-demo-"))


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
