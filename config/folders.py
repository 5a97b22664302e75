"""Folders of the embedded servers: made once, private, within reach of the user who runs them, and short enough for sockets."""

import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

LONGEST_SOCKET_FOLDER = 90  # a socket's whole path has 107 bytes


class NotOurs(Exception):
    """A folder that should be private belongs to somebody else."""


def socket_folder(data_dir):
    """Where sockets lie: in the data folder, or under /tmp where that path is too long or too odd for a socket."""
    here = data_dir / "run"
    if len(str(here)) <= LONGEST_SOCKET_FOLDER and re.fullmatch(r"[\w./-]+", str(here), re.ASCII):
        return here
    return Path("/tmp") / f"yidai-{hashlib.sha256(bytes(data_dir)).hexdigest()[:16]}"


def make_data_folder(data_dir):
    """The data folder: nobody else may list it; the servers' user, where that is another, may pass through it."""
    data_dir.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)


def make_private(folder, owner):
    """A folder of this owner that nobody else can look into."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if os.geteuid() == 0 and not folder.is_symlink() and not any(folder.iterdir()):
        os.chown(folder, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o022:
        raise NotOurs(f"{folder} belongs to another user, or others may write to it. It was made by another account (root?): remove it or give it back.")


def let_pass(folder, owner):
    """As root: let the servers' user walk through this folder and those above it (walk, not list)."""
    if os.geteuid() != 0:
        return
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH and step.stat().st_uid != owner.pw_uid:
            step.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def let_read(folder, owner):
    """As root: let the servers' user reach and read the programs in this folder."""
    if os.geteuid() != 0:
        return
    let_pass(folder, owner)
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode & wanted != wanted:
            path.chmod(stat.S_IMODE(mode) | wanted)


def kept_secret(data_dir, name):
    """A secret made once and kept beside the data, readable by its owner only; of two who make it at once, one wins."""
    path = Path(data_dir) / name
    if not path.exists():
        make_data_folder(path.parent)
        draft = path.with_name(f"{name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def read_env_file(path):
    """Take KEY=value lines into the environment; what is already set there wins."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sep, value = line.strip().partition("=")
        if sep and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))
