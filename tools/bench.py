"""How long the large things take: each command that scripts rely on, on a new office's whole history. Prints a line each."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    ("tables", ["migrate", "--verbosity", "0"]),
    ("the old ledger imported, the office opened", ["open_office"]),
    ("figures of the office", ["office_figures", "--as-of", "2011-12-31", "--json"]),
    ("half-year ledger, CSV", ["half_year_ledger", "2008-H1", "--csv", "OUT/half_year.csv"]),
    ("half-year ledger, PDF and Excel", ["half_year_ledger", "2008-H1", "--pdf", "OUT/half_year.pdf", "--xlsx", "OUT/half_year.xlsx"]),
    ("joint-meeting report, PDF and Excel", ["joint_meeting_report", "2011-H2", "--pdf", "OUT/meeting.pdf", "--xlsx", "OUT/meeting.xlsx"]),
    ("subsidy claim of a bank's quarter", ["subsidy_claim", "2011-Q3", "--bank", "农信社", "--csv", "OUT/subsidy.csv"]),
    ("journal", ["export_journal", "--as-of", "2011-12-31"]),
    ("checks of the book", ["check_book"]),
)


def main():
    with tempfile.TemporaryDirectory(prefix="yidai-bench-") as folder:
        environment = os.environ | {"DATA_DIR": f"{folder}/data", "DEMO": "1", "DATABASE_URL": "", "REDIS_URL": ""}
        # One user of the servers all along, so that no command pays for starting them.
        code = "import sys; from django.db import connection; connection.ensure_connection(); print(flush=True); sys.stdin.read()"
        keep = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        with subprocess.Popen(keep, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as host:
            assert host.stdin and host.stdout
            host.stdout.readline()
            for name, arguments in COMMANDS:
                began = time.monotonic()
                command = [sys.executable, "manage.py", *(word.replace("OUT", folder) for word in arguments)]
                done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
                print(f"{time.monotonic() - began:7.1f} s  {name}{'' if done.returncode == 0 else '  FAILED: ' + done.stderr.strip()[-200:]}", flush=True)
            host.stdin.close()


if __name__ == "__main__":
    main()
