"""The page of one act beside the case's evidence; every room that acts on a case uses it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _gettext

from loans import acts, casefile
from staff.errors import Refused
from staff.forms import say
from staff.office_date import office_today


def act_page(request, loan, name, form, do, template="loans/act.html", **more):
    """Ask with a form, do the act, go back to the case; a refusal stands on the form, and one that no form can mend on a page of its own."""
    today = office_today()
    try:
        acts.permit(name, loan=loan, by=request.user)
    except Refused as refusal:
        return render(request, "loans/refused.html", {**casefile.page(request, loan, today), "refusal": refusal}, status=409)
    if form.is_valid():
        try:
            do(loan=loan, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Done: %(act)s.") % {"act": acts.get(name).label})
            return redirect(_safe(request) or reverse("loans:case", args=[loan.number]))
    return render(request, template, {**casefile.page(request, loan, today), "form": form, "act": acts.get(name), **more})


def _safe(request):
    """Where the person came from, if that is a page of ours."""
    to = request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else ""
