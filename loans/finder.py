"""How the search box finds cases."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loans.queries import find
from staff.search import Found
from staff.web import READERS

AT_MOST = 10


def found(user, text):
    """Cases by number, contract or IOU number, or project; nothing for those who see no cases."""
    if user.role not in READERS:
        return []
    return [Found(_("Case"), f"{loan.number} {loan.applicant}", _line(loan), reverse("loans:case", args=[loan.number])) for loan in find(user, text)[:AT_MOST]]


def _line(loan):
    return " · ".join(filter(None, (loan.project, loan.bank.short_name, str(loan.get_state_display()), loan.iou_number)))
