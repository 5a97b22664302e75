"""What every view needs: who may open it, and a promise not to write."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from staff import delegations
from staff.models import Role
from staff.office_date import office_today

OFFICE = (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR)
READERS = (*OFFICE, Role.FINANCE, Role.BANK, Role.AUDITOR)  # who may look at cases (bank staff: their own bank's)
WHOLE_OFFICE = (*OFFICE, Role.FINANCE, Role.AUDITOR)  # who sees the figures of all banks
EVERYONE = tuple(Role)


def for_roles(*roles):
    """Open this page to these roles only, and to who signs for one of them today; leaves them on the view, where a test reads them."""

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                raise PermissionDenied
            asked = request.GET.get(delegations.ASKED, "")
            if asked or request.user.role not in roles:
                request.user = delegations.as_one_of(request.user, roles, office_today(), asked) or _refuse()
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)
        return guarded

    return wrap


def _refuse():
    raise PermissionDenied


def public(view):
    """A page for anybody, signed in or not."""
    view = login_not_required(view)
    view.roles = frozenset(["public"])
    return view


def reads_only(view):
    """A page that only shows things: PostgreSQL refuses any write while it renders."""

    @wraps(view)
    def read(request, *args, **kwargs):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return response

    return read
