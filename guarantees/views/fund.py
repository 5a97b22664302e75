"""The fund's page, and money that comes to it, leaves it or moves within it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from guarantees import actions, forms, queries
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, READERS, for_roles, reads_only

MOVES = {  # what is done, with which form, by which action
    "pay-in": (_("Pay into the fund"), forms.MoneyForm, actions.pay_in),
    "interest": (_("Keep interest in the fund"), forms.MoneyForm, actions.keep_interest),
    "withdrawal": (_("Withdraw from the fund"), forms.MoneyForm, actions.withdraw),
    "transfer": (_("Move between banks"), forms.TransferForm, actions.transfer),
}


@require_GET
@for_roles(*READERS)
@reads_only
def fund(request):
    """Every bank's part of the fund: what it holds, stands for and may still promise. Bank staff see their own bank's."""
    today = office_today()
    positions = queries.seen_by(request.user, on=today)
    page = Paginator(queries.movements(request.user), 20).get_page(request.GET.get("page"))
    context = {
        "positions": positions,
        "total": queries.Total(positions),
        "promises": queries.open_promises(request.user),
        "page": page,
        "moves": [(name, title) for name, (title, _form, _do) in MOVES.items()] if request.user.role == Role.FINANCE else [],
        "whole": request.user.role in (*OFFICE, Role.FINANCE, Role.AUDITOR),
    }
    return render(request, "guarantees/fund.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def move(request, kind):
    """One movement of the fund's money, with the number of its document."""
    title, form_class, do = MOVES[kind]
    today = office_today()
    form = form_class(request.POST or None, initial={"value_date": today})
    if form.is_valid():
        try:
            do(**form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _gettext("Done: %(act)s.") % {"act": title})
            return redirect("guarantees:fund")
    return render(request, "guarantees/move.html", {"form": form, "title": title, "positions": queries.positions(on=today)})
