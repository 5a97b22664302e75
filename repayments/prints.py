"""What can be printed of a disbursed loan, and the links to it on the case page."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from loans import queries
from loans.states import LENT, State
from repayments import papers
from staff import parts
from staff.office_date import office_today
from staff.papers import shown
from staff.web import READERS, for_roles, reads_only


def register():
    """Hang the links into the case page."""
    parts.register("case.prints", order=40, template="repayments/_prints.html", context=links)


def links(request, loan):
    """The papers that this loan has by now; nothing before the money."""
    return {"loan": loan, "settled": loan.state == State.SETTLED} if loan.state in LENT else None


@require_GET
@for_roles(*READERS)
@reads_only
def repayment_plan(request, number):
    """The 还款计划表 for the borrower's hand."""
    loan = get_object_or_404(queries.cases(request.user), number=number, state__in=LENT)
    return shown(papers.repayment_plan(loan, base_url=request.build_absolute_uri("/"), on=office_today()), f"还款计划表-{loan.number}.pdf")


@require_GET
@for_roles(*READERS)
@reads_only
def settlement(request, number):
    """The 结清证明 of a loan that has been repaid."""
    loan = get_object_or_404(queries.cases(request.user), number=number, state=State.SETTLED)
    return shown(papers.settlement(loan, base_url=request.build_absolute_uri("/"), on=office_today()), f"结清证明-{loan.number}.pdf")
