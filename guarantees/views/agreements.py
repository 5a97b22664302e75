"""What the banks have agreed: the agreement of today and those before it."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from guarantees.agreements import agreements_on
from guarantees.models import BankAgreement
from staff.office_date import office_today
from staff.scope import visible
from staff.web import READERS, for_roles, reads_only


@require_GET
@for_roles(*READERS)
@reads_only
def agreements(request):
    """Every agreement in effect, bank by bank, the latest first; bank staff see their own bank's."""
    rows = visible(BankAgreement.objects.in_effect().select_related("bank"), request.user).order_by("bank__order", "-effective_from")
    context = {"rows": rows, "holding": {agreement.pk for agreement in agreements_on(office_today())}, "waiting": BankAgreement.objects.waiting().count()}
    return render(request, "guarantees/agreements.html", context)
