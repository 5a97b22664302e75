"""核对并签发: what speaks against an issue, the issue itself, and an issued ledger checked against the book."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from repayments.half_year import adjustments, issue, queries, tasks
from repayments.half_year.foot import total
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from staff import runs
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, for_roles, reads_only


@require_GET
@for_roles(*OFFICE, Role.FINANCE, Role.AUDITOR)
@reads_only
def check(request, pk):
    """Before the issue: everything that it looks at. After it: whether the book still gives the same figures."""
    ledger = get_object_or_404(HalfYearLedger.objects.select_related("built_by", "issued_by"), pk=pk)
    feet = queries.feet_of(ledger, request.user)
    lines = list(queries.lines_of(ledger, request.user))
    context = {
        "ledger": ledger,
        "period": Period.parse(ledger.period),
        "feet": {"banks": feet, "all": total(feet), "agrees": all(foot.agrees for foot in feet)},
        "annex": adjustments.annex(ledger, lines),
    }
    if ledger.issued_on:
        return render(request, "repayments/half_year_issued.html", context | {"same": issue.rebuilt_checksum(ledger) == ledger.checksum})
    findings = issue.findings(ledger)
    may_issue = request.user.role == Role.DIRECTOR and not any(finding.problems for finding in findings)
    return render(request, "repayments/half_year_check.html", context | {"findings": findings, "may_issue": may_issue})


@require_POST
@for_roles(Role.DIRECTOR)
def issue_ledger(request, pk):
    """Ask for the issue; a worker prints and freezes, if nothing speaks against it by then."""
    ledger = get_object_or_404(HalfYearLedger, pk=pk)
    if ledger.issued_on:
        messages.error(request, _("The ledger of %(period)s is issued already, as %(number)s.") % {"period": ledger.period, "number": ledger.number})
        return redirect("repayments:half_year", pk)
    title = _("Issue of the half-year ledger, %(period)s") % {"period": Period.parse(ledger.period).label}
    run = runs.ask(tasks.issue_half_year, kind="half_year.issue", title=title, by=request.user, on=office_today(), ledger_id=pk)
    return redirect("staff:run", run.pk)
