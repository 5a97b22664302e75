"""Banks for which nothing new is promised: suspended by hand here, by the clock elsewhere, lifted with two signatures."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_http_methods

from guarantees import actions, compensation
from guarantees import compensation_forms as forms
from guarantees.models import FundAccount
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.web import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(Role.DIRECTOR, Role.FINANCE)
def suspend(request):
    """Suspend a bank by hand, for a reason."""
    form, today = forms.SuspendForm(request.POST or None), office_today()
    if form.is_valid():
        try:
            held = actions.suspend(**form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("%(bank)s is suspended.") % {"bank": held.bank})
            return redirect("guarantees:fund")
    return render(request, "guarantees/suspend.html", {"form": form})


@require_http_methods(["GET", "POST"])
@for_roles(Role.DIRECTOR, Role.FINANCE)
def lift(request, pk):
    """Sign that promises for a bank may go on; the second signature lifts the suspension."""
    account, today = get_object_or_404(FundAccount.objects.select_related("bank"), pk=pk), office_today()
    form = forms.LiftForm(request.POST or None)
    if form.is_valid():
        try:
            held = actions.sign_lifting(account=account, **form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            waits = _gettext("Signed; the suspension of %(bank)s waits for the other.")
            messages.success(request, (_gettext("The suspension of %(bank)s is lifted.") if held.lifted_on else waits) % {"bank": account.bank})
            return redirect("guarantees:fund")
    held = compensation.suspension_of(account.bank)
    return render(request, "guarantees/lift.html", {"form": form, "account": account, "held": held, "rate": compensation.rate_now(account.bank, on=today)})
