"""From the classroom to the loan: which loan each of a year's chosen trainees received."""

from django.urls import reverse

from loans.models import Loan
from training import queries


def loans_of(applicants, year):
    """{applicant: the first loan as excellent trainee, disbursed in the year of the selection or the next} (policy/groups.csv, siyb_excellent)."""
    loans = Loan.objects.lent().filter(applicant__in=applicants, siyb_excellent=True, disbursed_on__year__in=(year, year + 1))
    found: dict[int, queries.Loan] = {}
    for loan in loans.order_by("disbursed_on", "pk"):
        page = reverse("loans:case", args=[loan.number])
        found.setdefault(loan.applicant_id, queries.Loan(loan.iou_number, loan.principal, loan.disbursed_on, page))
    return found
