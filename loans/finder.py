"""How the search box finds cases."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.numbers import old_numbers
from loans.queries import find
from staff.search import Found
from staff.web import READERS

AT_MOST = 10


def found(user, text):
    """Cases by number, contract or IOU number, or project; nothing for those who see no cases."""
    if user.role not in READERS:
        return []
    cases = find(user, text)[:AT_MOST]
    return [Found(_("Case"), f"{loan.number} {loan.applicant}", _line(loan, text), reverse("loans:case", args=[loan.number])) for loan in cases]


def _line(loan, text):
    return " · ".join(filter(None, (loan.project, loan.bank.short_name, str(loan.get_state_display()), loan.iou_number, _once(loan, text))))


def _once(loan, text):
    """That the case is found by a number which was corrected since."""
    begins = text.lower()
    if any((number or "").lower().startswith(begins) for number in (loan.number, loan.iou_number, loan.contract_number)):
        return ""
    was = next((number for number in old_numbers(loan) if number.lower().startswith(begins)), None)
    return _gettext("formerly %(number)s") % {"number": was} if was else ""
