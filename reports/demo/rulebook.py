"""The demo's rule book on its first morning: the administrator found two papers in the archive, and the second person is to look."""

from datetime import date

from loans import confirmation
from loans.models import PolicyRow
from staff.models import Role, User

EVE = date(2012, 1, 3)
FOUND = (("银发〔2008〕238号", "individual"), ("财金〔2009〕72号", "individual"))


def begin():
    """Hand the rows over as seen with the paper, once."""
    if PolicyRow.objects.filter(entered_by__isnull=False).exists():
        return
    administrator = User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").first()
    for number, kind in FOUND:
        row = PolicyRow.objects.in_effect().get(document__number=number, borrower_kind=kind, lending_cap_yuan__isnull=False)
        seen = PolicyRow.objects.get(pk=row.pk)
        seen.status = PolicyRow.Status.CONFIRMED
        confirmation.enter(row=seen, replaces=row, by=administrator, on=EVE)
