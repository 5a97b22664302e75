"""Rows that wait for the second person: who may decide confirms or sends back; administrators and auditors look."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_POST

from loans import confirmation, waiting
from loans.confirmation import CONFIRMERS
from loans.forms.rules import SendBackForm
from loans.models import Standing
from staff.audit import history
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.web import for_roles, reads_only

LOOKERS = (*CONFIRMERS, Role.ADMINISTRATOR, Role.AUDITOR)


@for_roles(*LOOKERS)
@reads_only
def waiting_rows(request):
    """Everything that waits for a second person, whatever room it belongs to."""
    rows = [row for model in confirmation.registered() for row in model.objects.waiting().select_related("entered_by", "replaces").order_by("entered_on", "pk")]
    shown = [{"row": row, "kind": row._meta.verbose_name, "model": row._meta.model_name, "mine": row.entered_by == request.user} for row in rows]
    return render(request, "loans/waiting_rows.html", {"rows": shown, "may": request.user.role in CONFIRMERS})


@for_roles(*LOOKERS)
@reads_only
def waiting_row(request, model, pk):
    """One row: what it says, what it changes, who entered it."""
    return _page(request, _row(model, pk), SendBackForm())


@require_POST
@for_roles(*CONFIRMERS)
def confirm_row(request, model, pk):
    """Put the row into effect."""
    row = _row(model, pk)
    try:
        confirmation.confirm(row=row, by=request.user, on=office_today())
    except Refused as refusal:
        return _page(request, row, SendBackForm(), refusal)
    messages.success(request, _gettext("%(row)s is in effect.") % {"row": row})
    return redirect("loans:waiting_rows")


@require_POST
@for_roles(*CONFIRMERS)
def send_row_back(request, model, pk):
    """Give the row back with a reason."""
    row, form, refusal = _row(model, pk), SendBackForm(request.POST), None
    if form.is_valid():
        try:
            confirmation.send_back(row=row, reason=form.cleaned_data["reason"], by=request.user, on=office_today())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _gettext("%(row)s was sent back; what was in effect before stays.") % {"row": row})
            return redirect("loans:waiting_rows")
    return _page(request, row, form, refusal)


def _row(name, pk):
    """A row of one of the registered models."""
    model = next((model for model in confirmation.registered() if model._meta.model_name == name), None)
    if model is None:
        raise Http404
    return get_object_or_404(model.objects.select_related("entered_by", "confirmed_by", "sent_back_by", "replaces"), pk=pk)


def _page(request, row, form, refusal=None):
    judged = {
        "row": row,
        "kind": row._meta.verbose_name,
        "model": row._meta.model_name,
        "tone": waiting.TONES[row.standing],
        "changes": waiting.changes(row),
        "document": getattr(row, "document", None),
        "may": request.user.role in CONFIRMERS and row.entered_by != request.user and row.standing == Standing.WAITING,
        "events": history(row),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "loans/waiting_row.html", judged, status=409 if refusal else 200)
