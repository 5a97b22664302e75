"""The page of one act beside the case's evidence; every room that acts on a case uses it."""

import hashlib
from typing import Any, NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _gettext

from loans import acts, casefile
from staff.errors import Refused
from staff.forms import say
from staff.office_date import office_today


class Asked(NamedTuple):
    """What is asked of a person where it is no act of the case's own: its words and its tone."""

    label: Any
    tone: str = "brand"


def act_page(request, loan, name, form, do, template="loans/act.html", **more):
    """Ask with a form, do the act, go back to the case; a refusal stands on the form, and one that no form can mend on a page of its own."""
    try:
        acts.permit(name, loan=loan, by=request.user)
    except Refused as refusal:
        return refused_page(request, loan, refusal)
    return asking_page(request, loan, form, do, act=acts.get(name), template=template, **more)


def asking_page(request, loan, form, do, *, act, template, shows=None, at_once=False, always=False, **more):
    """Ask with a form, show what would change, and do what was shown.

    `shows(said)` gives nothing where nothing need be seen first. `at_once`: it does not hang on what is typed, and stands there from the
    beginning. `always`: it gives something whatever is typed, and the button says so.
    """
    shown = None
    try:
        shown = shows({}) if at_once else None
        if form.is_valid():
            shown = shown or (shows(form.cleaned_data) if shows else None)
            if at_once or shown is None or request.POST.get("shown") == seal(form):
                do(loan=loan, by=request.user, on=office_today())
                messages.success(request, _gettext("Done: %(act)s.") % {"act": act.label})
                return redirect(_safe(request) or reverse("loans:case", args=[loan.number]))
    except Refused as refusal:
        if not form.is_bound:
            return refused_page(request, loan, refusal)
        say(form, refusal)
    sealed = seal(form) if shown and form.is_bound and form.is_valid() else ""
    context = {"form": form, "act": act, "shown": shown, "seal": sealed, "looks_first": always and not sealed}
    return render(request, template, {**casefile.page(request, loan, office_today()), **context, **more})


def refused_page(request, loan, refusal):
    """The case, and why this cannot be done to it."""
    return render(request, "loans/refused.html", {**casefile.page(request, loan, office_today()), "refusal": refusal}, status=409)


def seal(form):
    """What was typed, in short: only what was shown is booked."""
    said = sorted((name, str(value)) for name, value in form.cleaned_data.items())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _safe(request):
    """Where the person came from, if that is a page of ours."""
    to = request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else ""
