"""Small helpers where Python meets PostgreSQL."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
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
