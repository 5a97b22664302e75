"""The pages of the half-year ledger. Bank staff see the lines and sums of their own bank."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from repayments.half_year import actions, adjustments, queries, tasks
from repayments.half_year import plan as planning
from repayments.half_year import totals as adding
from repayments.half_year.foot import total
from repayments.half_year.forms import PlanFilters
from repayments.half_year.listing import PRODUCTION, REPAYMENT, Listing, headline
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from staff import runs
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, READERS, for_roles, reads_only

ROWS = 50
PARTS = ("lines", "plan")  # ids of what htmx replaces
CHECKERS = (*OFFICE, Role.FINANCE, Role.AUDITOR)


@require_GET
@for_roles(*READERS)
@reads_only
def latest(request):
    """The newest ledger; where none is built yet, the list of half-years."""
    ledger = queries.newest()
    return redirect("repayments:half_year", ledger.pk) if ledger else redirect("repayments:half_years")


@require_GET
@for_roles(*READERS)
@reads_only
def periods(request):
    """All half-years that are over: built, issued, or still to be built."""
    context = {"halves": queries.halves(request.user, office_today()), "may_build": request.user.role in OFFICE}
    return render(request, "repayments/half_year_periods.html", context)


@require_POST
@for_roles(*OFFICE)
def build(request):
    """Ask for a draft; a worker builds it."""
    today = office_today()
    try:
        period = Period.parse(request.POST.get("period", ""))
        actions.refuse_unless_open(period, on=today)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("repayments:half_years")
    title = _("Half-year ledger, %(period)s") % {"period": period.label}
    run = runs.ask(tasks.build_half_year, kind="half_year.build", title=title, by=request.user, on=today, period=str(period))
    return redirect("staff:run", run.pk)


@require_GET
@for_roles(*READERS)
@reads_only
def lines(request, pk):
    """Part one: the repayment lines."""
    ledger = _ledger(pk)
    if _wants_part(request):
        return _listed(request, ledger, REPAYMENT)
    own = list(queries.lines_of(ledger, request.user))
    feet = queries.feet_of(ledger, request.user)
    more = {
        "feet": {"banks": feet, "all": total(feet), "agrees": all(foot.agrees for foot in feet)},
        "annex": adjustments.annex(ledger, own, request.user.bank_id),
        "files": queries.files_of(ledger, request.user),
    }
    return _listed(request, ledger, REPAYMENT, "repayments/half_year_lines.html", _frame(request, ledger, "lines") | more)


@require_GET
@for_roles(*READERS)
@reads_only
def production(request, pk):
    """Part two: how the businesses do, and which were not visited."""
    ledger = _ledger(pk)
    if _wants_part(request):
        return _listed(request, ledger, PRODUCTION)
    states = adding.by_state(list(queries.lines_of(ledger, request.user)))
    return _listed(request, ledger, PRODUCTION, "repayments/half_year_production.html", _frame(request, ledger, "production") | {"states": states})


@require_GET
@for_roles(*READERS)
@reads_only
def plan(request, pk):
    """Part three: who has to pay what in the coming half-year."""
    ledger = _ledger(pk)
    dues = queries.dues_of(ledger, request.user)
    filters = PlanFilters(request.GET, dues)
    chosen = list(filters.chosen())
    context = _frame(request, ledger, "plan") | {
        "coming": Period.parse(ledger.period).next,
        "filters": filters,
        "page": Paginator(chosen, ROWS).get_page(request.GET.get("page")),
        "sums": planning.add_up(_("Total"), chosen),
        "by": [(_("By month"), planning.by_month(chosen)), (_("By officer"), planning.by_officer(chosen)), (_("By community"), planning.by_community(chosen))],
    }
    return render(request, "repayments/_half_year_plan.html" if _wants_part(request) else "repayments/half_year_plan.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def totals(request, pk):
    """The lines added up by bank, group, community and bucket."""
    ledger = _ledger(pk)
    tables = adding.tables(list(queries.lines_of(ledger, request.user)))
    return render(request, "repayments/half_year_totals.html", _frame(request, ledger, "totals") | {"tables": tables})


def _ledger(pk):
    return get_object_or_404(HalfYearLedger.objects.select_related("built_by", "issued_by"), pk=pk)


def _frame(request, ledger, tab):
    """What stands around every part: whose ledger it is and its figures in short."""
    return {
        "ledger": ledger,
        "period": Period.parse(ledger.period),
        "headline": headline(queries.lines_of(ledger, request.user)),
        "tab": tab,
        "may_build": request.user.role in OFFICE and not ledger.issued_on,
        "may_check": request.user.role in CHECKERS,
        "may_issue": request.user.role == Role.DIRECTOR and not ledger.issued_on,
        "calls_of": [(name, value) for name, value in request.GET.items() if tab == "plan" and name in PlanFilters.base_fields],
    }


def _listed(request, ledger, part, template="repayments/_half_year_list.html", more=None):
    """A list of lines with chips, filters and sums."""
    listing = Listing(queries.lines_of(ledger, request.user), request.GET, part)
    page = Paginator(listing.lines, ROWS).get_page(request.GET.get("page"))
    return render(request, template, {"listing": listing, "page": page, "ledger": ledger} | (more or {}))


def _wants_part(request):
    """Does the browser put the answer into the list on the page? Links there are boosted, so that the target alone tells."""
    return request.htmx.target in PARTS and not request.htmx.history_restore_request
