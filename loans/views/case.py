"""The page of a case, and its papers to print."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from loans import casefile, papers, queries
from loans.models import PaperReturn
from staff.office_date import office_today
from staff.papers import shown
from staff.web import READERS, for_roles, reads_only


def _case(request, number):
    return get_object_or_404(queries.cases(request.user).select_related("spouse", "applicant__household"), number=number)


@require_GET
@for_roles(*READERS)
@reads_only
def case(request, number):
    """Where a case stands, whose turn it is, and everything that is known of it."""
    return render(request, "loans/case.html", casefile.page(request, _case(request, number), office_today()))


@require_GET
@for_roles(*READERS)
def form_pdf(request, number):
    """The 申请审核表, filled, ready for wet signatures; the looks at identity numbers are written down."""
    loan = _case(request, number)
    form = papers.application_form(loan, by=request.user, base_url=request.build_absolute_uri("/"), on=office_today())
    return shown(form, f"申请审核表-{loan.number}.pdf")


@require_GET
@for_roles(*READERS)
@reads_only
def receipt_pdf(request, number):
    """The 受理回执 for the applicant's hand; after a return it names what is missing."""
    loan = get_object_or_404(queries.cases(request.user).filter(imported=False), number=number)
    return shown(papers.receipt(loan, base_url=request.build_absolute_uri("/"), on=office_today()), f"受理回执-{loan.number}.pdf")


@require_GET
@for_roles(*READERS)
@reads_only
def return_pdf(request, number, pk):
    """The notice of one return: everything that is missing, at once."""
    loan = _case(request, number)
    back = get_object_or_404(PaperReturn, pk=pk, loan=loan)
    return shown(papers.receipt(loan, base_url=request.build_absolute_uri("/"), on=back.returned_on, back=back), f"补正告知-{loan.number}.pdf")
