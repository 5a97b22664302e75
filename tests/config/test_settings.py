"""The office does not start with settings that would put money or data at risk, and says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "x9Kq-2vLm_7Rt4Wz8Yb3Nc6Pd1Fg5Hj0Sa-Qe_UiOoTy"
OTHER = "Zb7-pL3k_Wm9Xr2Vt6Yn1Qd8Fs4Gh5Jc0-Ka_EuIoRyTe"

SAFE = {
    "SECRET_KEY": SECRET,
    "IDENTITY_KEY": OTHER,
    "ALLOWED_HOSTS": "loans.example.cn",
    "HTTPS": "1",
    "DATABASE_URL": "postgres://office:secret@db.example.cn/office",
    "REDIS_URL": "redis://broker.example.cn:6379/0",
}


@pytest.fixture
def start(tmp_path):
    """Read the settings in a fresh process with this environment and no other; what it printed."""

    def started(**environment):
        clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")} | dict.fromkeys([*SAFE, "PRODUCTION", "DEBUG"], "")  # no .env fills them
        code = "import config.settings as s; print('demo' if s.DEMO else 'debug' if s.DEBUG else 'production')"
        return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=clean | environment, capture_output=True, text=True)

    return started


UNSAFE = [
    ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
    ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is weak"),
    ({"SECRET_KEY": "django-insecure-" + SECRET}, "SECRET_KEY is weak"),
    ({"SECRET_KEY": "change-me-" + SECRET}, "SECRET_KEY is weak"),
    ({"IDENTITY_KEY": ""}, "IDENTITY_KEY is not set."),
    ({"IDENTITY_KEY": "short"}, "IDENTITY_KEY is weak"),
    ({"IDENTITY_KEY": SECRET}, "SECRET_KEY and IDENTITY_KEY are the same"),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is `*`"),
    ({"ALLOWED_HOSTS": "loans.example.cn,*"}, "ALLOWED_HOSTS is `*`"),
    ({"HTTPS": "0"}, "HTTPS is not 1"),
    ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
    ({"REDIS_URL": ""}, "REDIS_URL is not set"),
    ({"DEMO": "1"}, "DEMO=1 together with DATABASE_URL"),
    ({"DEMO": "1", "DATABASE_URL": ""}, "DEMO=1 together with REDIS_URL"),
    ({"DEMO": "1", "DATABASE_URL": "", "REDIS_URL": "", "PRODUCTION": "1"}, "DEMO=1 together with PRODUCTION=1"),
    ({"DEBUG": "1", "PRODUCTION": "1"}, "DEBUG=1 together with PRODUCTION=1"),
    ({"DEBUG": "1", "DEMO": "1"}, "DEBUG=1 together with DEMO=1"),
    ({"DEMO": "1", "DATABASE_URL": "", "REDIS_URL": "", "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is `*`"),
]


@pytest.mark.parametrize(("change", "reason"), UNSAFE, ids=[f"{','.join(c)}: {r}" for c, r in UNSAFE])
def test_it_does_not_start_and_says_why(start, change, reason):
    done = start(**SAFE | change)
    assert done.returncode != 0
    assert reason in done.stderr


def test_safe_settings_start(start):
    done = start(**SAFE)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "production", "")


def test_everything_wrong_is_said_at_once(start):
    said = start().stderr
    assert [name in said for name in SAFE] == [True] * len(SAFE)
    assert "make demo" in said


def test_a_demo_makes_its_own_secrets_and_keeps_them(start, tmp_path):
    assert start(DEMO="1").stdout.strip() == "demo"
    kept = [(tmp_path / "data" / name) for name in ("secret_key", "identity_key")]
    secrets = [path.read_text() for path in kept]
    assert all(len(secret) >= 43 for secret in secrets)
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
    start(DEMO="1")
    assert [path.read_text() for path in kept] == secrets


def test_a_folder_where_the_demo_was_made_is_a_demo(start, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "office.env").write_text("# Made by `make demo`.\nDEMO=1\n")
    assert start().stdout.strip() == "demo"
    assert start(**SAFE).stdout.strip() == "production", "a database elsewhere is no demo, whatever was noted here"


def test_production_writes_no_secret_of_its_own(start, tmp_path):
    start(**SAFE)
    assert not (tmp_path / "data").exists()
