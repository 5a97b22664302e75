"""Small helpers where Python meets PostgreSQL."""

from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.db.models import Q


def set_together(*names):
    """All of these fields are filled in, or none of them is."""
    return Q(**{f"{n}__isnull": True for n in names}) | Q(**{f"{n}__isnull": False for n in names})


@contextmanager
def refusing(constraint, error):
    """Turn the database's refusal of one named constraint into ours; any other goes on as it is."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as wrong:
        diag = getattr(wrong.__cause__, "diag", None)
        if diag is None or diag.constraint_name != constraint:
            raise
        raise error from wrong


@contextmanager
def one_view():
    """A transaction that sees the database as it was at its first query, whatever others commit meanwhile.

    Inside another transaction it is only a savepoint: that one has decided already what is seen.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def taken_back():
    """Do something to hear whether it is refused; nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
