"""What is planned and what is printed of the subsidy: the year's plan, a loan's trace on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from loans import queries as cases
from loans.states import LENT
from repayments.claims import outlook, queries
from repayments.claims.sheet import CONTENT_TYPE, claim_sheet
from repayments.claims.tracing import life_of
from staff.models import Bank
from staff.office_date import office_today
from staff.papers import pdf, shown
from staff.scope import visible
from staff.web import READERS, for_roles, reads_only


@require_GET
@for_roles(*READERS)
@reads_only
def plan(request):
    """The subsidy that this year's or next year's quarters will need, from the live schedules."""
    today = office_today()
    years = (today.year, today.year + 1)
    year = next((year for year in years if str(year) == request.GET.get("year")), today.year)
    planned = outlook.plan_of(year, list(visible(Bank.objects.all(), request.user, bank="pk")), on=today)
    context = {"year": year, "years": years, "quarters": planned, "whole": outlook.of_the_year(planned)}
    return render(request, "repayments/subsidy_plan.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def trace_pdf(request, number):
    """One loan's trace on paper, in Chinese whoever prints it."""
    loan, today = get_object_or_404(cases.cases(request.user), number=number, state__in=LENT), office_today()
    with translation.override("zh-hans"):
        if not (life := life_of(loan, on=today)):
            raise Http404(_("No subsidy belongs to this loan"))
        paper = pdf("papers/subsidy_trace.html", {"loan": loan, "life": life, "facts": life.lent.facts, "on": today})
    return shown(paper, f"贴息计算明细-{loan.number}.pdf")


@require_GET
@for_roles(*READERS)
@reads_only
def claim_excel(request, pk):
    """The claim with its loans as a workbook."""
    claim = get_object_or_404(queries.claims_of(request.user), pk=pk)
    name = f"贴息资金申请表-{claim.quarter}-{claim.bank.short_name}.xlsx"
    return HttpResponse(claim_sheet(claim), content_type=CONTENT_TYPE, headers={"Content-Disposition": content_disposition_header(True, name)})
