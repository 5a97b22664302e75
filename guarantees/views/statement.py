"""The fund's bank statements: which months are there, entering one, and the reconciliation with its signature."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guarantees import forms, statement_file, statements
from guarantees.actions import statement as actions
from guarantees.models import BankStatement, FundAccount
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.papers import pdf, shown
from staff.web import WHOLE_OFFICE, for_roles, reads_only


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def overview(request):
    """The months last over, bank by bank: signed, entered, missing."""
    context = {"months": statements.overview(office_today()), "accounts": FundAccount.objects.select_related("bank"), "may_enter": _may_enter(request)}
    return render(request, "guarantees/statements.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def enter(request, account, month):
    """The bank's lines of one month; all of them are right, or nothing is kept and every fault is named."""
    account = get_object_or_404(FundAccount.objects.select_related("bank"), pk=account)
    form, wrong = forms.StatementForm(request.POST or None, request.FILES or None), []
    if form.is_valid():
        try:
            lines, wrong = statement_file.read(form.sheet(), month)
            if not wrong:
                closing = form.cleaned_data["closing"]
                made = actions.enter(account=account, month=month, closing=closing, lines=lines, by=request.user, on=office_today())
                return redirect("guarantees:statement", made.pk)
        except Refused as refusal:
            say(form, refusal)
    return render(request, "guarantees/statement_form.html", {"form": form, "account": account, "month": month, "wrong": wrong})


@require_http_methods(["GET", "POST"])
@for_roles(*WHOLE_OFFICE)
def statement(request, pk):
    """A statement held against the book; finance explains what differs and signs."""
    found = _found(pk)
    if request.method == "POST" and _may_enter(request):
        try:
            actions.sign(statement=found, explanations=request.POST.dict(), by=request.user, on=office_today())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _gettext("Signed."))
            return redirect("guarantees:statement", pk)
    held = statements.reconcile(found)
    context = {
        "statement": found,
        "held": held,
        "items": [(item, request.POST.get(item.key, "")) for item in held.items],
        "differences": found.differences.all(),
        "may_sign": _may_enter(request) and not found.signed_on,
    }
    return render(request, "guarantees/statement.html", context)


@require_POST
@for_roles(Role.FINANCE)
def match_again(request, pk):
    """Look once more for lines of the book that were booked since."""
    try:
        actions.match_again(statement=_found(pk), by=request.user, on=office_today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("guarantees:statement", pk)


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def printed(request, pk):
    """The reconciliation (余额调节表) on paper."""
    found = _found(pk)
    with translation.override("zh-hans"):
        content = pdf("papers/fund_reconciliation.html", {"statement": found, "held": statements.reconcile(found), "differences": found.differences.all()})
    return shown(content, f"担保基金余额调节表-{found.account.bank.short_name}-{found.month:%Y-%m}.pdf")


def _found(pk):
    return get_object_or_404(BankStatement.objects.select_related("account__bank", "entered_by", "signed_by"), pk=pk)


def _may_enter(request):
    return request.user.role == Role.FINANCE
