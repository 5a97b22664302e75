"""Static files, gathered for the web server when they have changed."""

import fcntl
import hashlib
import os
from importlib.metadata import distributions

from django.conf import settings
from django.core.management import call_command


def gather():
    """Run collectstatic unless nothing changed since the last time; of two who want it, one waits."""
    folder = settings.STATIC_ROOT
    folder.mkdir(exist_ok=True)
    gate = os.open(folder / ".gate", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        stamp, now = folder / ".stamp", _fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)
    finally:
        os.close(gate)


def _fingerprint():
    """Our own files by name, size and time; the packages' by their versions; and how they are stored."""
    ours = [(str(p), p.stat().st_size, p.stat().st_mtime_ns) for root in settings.STATICFILES_DIRS for p in sorted(root.rglob("*")) if p.is_file()]
    packages = sorted(f"{found.name}=={found.version}" for found in distributions())
    return hashlib.sha256(repr((ours, packages, settings.STORAGES["staticfiles"])).encode()).hexdigest()
