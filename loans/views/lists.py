"""The lists of cases and of loans."""

from django.shortcuts import render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from loans import queries
from loans.actions.application import TAKE_APPLICATIONS
from loans.lists import UNDER_WAY, CaseFilter, CaseTable, LentFilter, LentTable
from loans.states import LENT
from staff.web import READERS, for_roles, reads_only

PER_PAGE = 25


@require_GET
@for_roles(*READERS)
@reads_only
def cases(request):
    """Applications and approval: every case, at first those under way."""
    chosen = request.GET.copy()
    chosen.setdefault("state", UNDER_WAY)
    found = CaseFilter(chosen, queries.cases(request.user), prefix=None)
    return _list(request, found, CaseTable, _gettext("Applications and approval"))


@require_GET
@for_roles(*READERS)
@reads_only
def lent(request):
    """Loans and repayment: every loan that was lent."""
    found = LentFilter(request.GET, queries.cases(request.user).filter(state__in=LENT))
    return _list(request, found, LentTable, _gettext("Loans and repayment"))


def _list(request, found, table, heading):
    rows = table(found.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(rows)
    may_apply = request.user.role in TAKE_APPLICATIONS
    return render(request, "loans/list.html", {"table": rows, "filter": found, "heading": heading, "may_apply": may_apply})
