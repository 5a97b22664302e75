"""The migrated database of which every worker's own is a copy: made once for a set of migrations, by whoever comes first.

Applying all migrations is most of a minute of Python; copying what they leave is a second of PostgreSQL.
"""

import hashlib

from tests import early

LOCK = 2004_2011  # of those who make it at once, one makes it and the others wait
MADE_FROM = ("*/migrations/*.py", "*/data/*", "requirements.txt")


def name():
    """Named for what the migrations are and read, so that a change of them makes another one."""
    files = sorted(path for pattern in MADE_FROM for path in early.ROOT.glob(pattern) if path.is_file() and early.ROOT / "node_modules" not in path.parents)
    return "template_" + hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()[:16]


def without_a_pool(connection):
    """No pool, whose idle connections would keep a test database from being dropped; and no waiting for the disk."""
    options = connection.settings_dict["OPTIONS"]
    options.pop("pool", None)
    options["options"] = "-c synchronous_commit=off"


def use(connection):
    """Have it, made now if need be; the test databases of this connection are then copies of it."""
    with connection.creation._nodb_cursor() as cursor:  # its end lets the lock go
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name() not in _there(cursor):
            _make(connection, cursor)
    connection.settings_dict["TEST"]["TEMPLATE"] = name()


def _there(cursor):
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%'")
    return {datname for (datname,) in cursor.fetchall()}


def _make(connection, cursor):
    from django.core.management import call_command

    for outdated in _there(cursor) | {"unfinished_template"}:
        cursor.execute(f'DROP DATABASE IF EXISTS "{outdated}" WITH (FORCE)')
    cursor.execute("CREATE DATABASE unfinished_template")
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "unfinished_template"
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    cursor.execute(f'ALTER DATABASE unfinished_template RENAME TO "{name()}"')


def main():
    """Make it ahead of the tests, while lint keeps the other core busy."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.db import connections

    django.setup()
    without_a_pool(connections["default"])
    use(connections["default"])


if __name__ == "__main__":
    main()
