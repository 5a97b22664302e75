"""The fund's page, and money that comes to it, leaves it or moves within it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guarantees import actions, compensation, forms, movements, queries, sheets, vouchers
from guarantees.actions import fund as fund_actions
from repayments.models import Account, Entry
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.papers import shown
from staff.scope import visible
from staff.web import OFFICE, READERS, for_roles, reads_only


class Move(NamedTuple):
    """A way in which money moves: what it is called, what is typed, which action books it."""

    title: Any
    form: type[forms.MoneyForm]
    do: Any
    kind: Entry.Kind


MOVES = {
    "pay-in": Move(_("Pay into the fund"), forms.AccountForm, actions.pay_in, Entry.Kind.PAY_IN),
    "interest": Move(_("Keep interest in the fund"), forms.AccountForm, actions.keep_interest, Entry.Kind.INTEREST),
    "withdrawal": Move(_("Withdraw from the fund"), forms.AccountForm, actions.withdraw, Entry.Kind.WITHDRAWAL),
    "transfer": Move(_("Move between banks"), forms.TransferForm, actions.transfer, Entry.Kind.TRANSFER),
}


def _moves():
    return [(name, move.title) for name, move in MOVES.items()]


@require_GET
@for_roles(*READERS)
@reads_only
def fund(request):
    """Every bank's part of the fund: what it holds, stands for and may still promise. Bank staff see their own bank's."""
    today = office_today()
    positions = queries.seen_by(request.user, on=today)
    context = {
        "positions": positions,
        "total": queries.Total(positions),
        "promises": queries.open_promises(request.user),
        "lines": queries.movements(request.user)[:8],
        "moves": _moves() if request.user.role == Role.FINANCE else [],
        "rates": _rates(positions, today),
        "may_suspend": request.user.role in (Role.DIRECTOR, Role.FINANCE),
        "whole": request.user.role in (*OFFICE, Role.FINANCE, Role.AUDITOR),
    }
    return render(request, "guarantees/fund.html", context)


def _rates(positions, today):
    """(bank, its compensation rate, the suspension that holds or None) of these banks."""
    held = compensation.suspended()
    return [(p.bank, compensation.rate_of(p.bank, on=today), held.get(p.bank.pk)) for p in positions]


@require_GET
@for_roles(*READERS)
@reads_only
def list_movements(request):
    """What came to the fund and left it: filtered, with totals."""
    found = movements.found(request.user, request.GET)
    page = Paginator(found.qs, 50).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "totals": movements.Totals(found.qs), "asked": request.GET.urlencode()}
    is_finance = request.user.role == Role.FINANCE
    context |= {"moves": _moves() if is_finance else [], "reversible": fund_actions.MOVEMENTS if is_finance else ()}
    return render(request, "guarantees/movements.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def movements_excel(request):
    """The same list as an Excel file."""
    return sheets.answer(movements.excel(movements.found(request.user, request.GET).qs), _gettext("Movements of the fund") + ".xlsx")


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def move(request, kind):
    """One movement of the fund's money, with the number of its document."""
    movement, today = MOVES[kind], office_today()
    form = movement.form(request.POST or None, initial={"value_date": today})
    possible = form.is_valid()
    changes = _changes(movement, form, today) if form.is_bound else []
    if possible:
        try:
            movement.do(**form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Done: %(act)s.") % {"act": movement.title})
            return redirect("guarantees:movements")
    context = {"form": form, "kind": kind, "title": movement.title, "positions": queries.positions(on=today), "changes": changes}
    return render(request, "guarantees/move.html", context)


@require_POST
@for_roles(Role.FINANCE)
@reads_only
def move_preview(request, kind):
    """Each bank's part of the fund before and after the movement as typed so far; nothing is booked."""
    movement, today = MOVES[kind], office_today()
    form = movement.form(request.POST)
    form.is_valid()
    changes, refusal = _changes(movement, form, today), ""
    try:
        if changes:
            typed = form.cleaned_data
            moves = fund_actions.parts(movement.kind, amount=typed["amount"], **form.accounts())
            fund_actions.look(moves, value_date=typed.get("value_date", today), by=request.user, on=today)
    except Refused as refused:
        refusal = str(refused)
    return render(request, "guarantees/_changes.html", {"changes": changes, "refusal": refusal, "positions": queries.positions(on=today)})


def _changes(movement, form, today):
    """What the form says so far would change; nothing where it says too little or what no movement can say."""
    if not form.accounts() or not form.cleaned_data.get("amount"):
        return []
    try:
        moves = fund_actions.parts(movement.kind, amount=form.cleaned_data["amount"], **form.accounts())
    except Refused:
        return []
    return fund_actions.before_and_after(moves, on=today)


def _entry(request, pk):
    """The movement of this number, where this user may see its bank."""
    lines = visible(Entry.objects.filter(pk=pk, lines__account=Account.FUND), request.user, bank="lines__bank")
    return get_object_or_404(lines.select_related("bank", "booked_by", "reverses", "reversed_by").distinct())


@require_GET
@for_roles(*READERS)
@reads_only
def voucher_pdf(request, pk):
    """The voucher of a movement, as it is filed."""
    entry = _entry(request, pk)
    return shown(vouchers.voucher(entry), f"担保基金收支凭证-{entry.pk}.pdf")


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def reverse_movement(request, pk):
    """Undo a wrong movement by a counter-entry, with its reason."""
    entry, today = _entry(request, pk), office_today()
    if entry.kind not in fund_actions.MOVEMENTS:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    changes, refusal = fund_actions.before_and_after(fund_actions.parts_of_reversal(entry), on=today), ""
    if form.is_valid():
        try:
            actions.reverse_movement(entry=entry, **form.cleaned_data, by=request.user, on=today)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _gettext("Movement %(reference)s was reversed.") % {"reference": entry.reference})
            return redirect("guarantees:movements")
    return render(request, "guarantees/reverse_movement.html", {"entry": entry, "form": form, "changes": changes, "refusal": refusal, "positions": []})
