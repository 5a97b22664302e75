"""Which loan officer looks after which community; loans from the old ledger follow their community."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Community
from loans.models import Loan
from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import Role


class NotALoanOfficer(Refused):
    """Communities are looked after by loan officers who work here."""

    title = _("Not a loan officer")


@transaction.atomic
def assign(*, communities, officer, by, on):
    """Give these communities, and with them their loans from the old ledger, to this officer; how many loans went along.

    A case taken at the counter stays with whoever took it.
    """
    if by.role != Role.ADMINISTRATOR:
        raise NotYours(_gettext("Only an administrator assigns communities."))
    if officer.role != Role.LOAN_OFFICER or not officer.is_active:
        raise NotALoanOfficer(_gettext("%(name)s is no loan officer who works here.") % {"name": officer})
    chosen = list(Community.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in communities]).order_by("pk"))
    for community in chosen:
        note("community.assigned", subject=community, by=by, on=on, officer=officer.name)
    Community.objects.filter(pk__in=[c.pk for c in chosen]).update(officer=officer)
    return Loan.objects.filter(imported=True, community__in=chosen).exclude(officer=officer).update(officer=officer)
