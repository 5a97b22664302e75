"""The acts on a live loan, and the list of visits that are due."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loans import acts, casefile
from loans import queries as cases
from loans.actpage import act_page
from loans.models import Loan
from loans.states import LENT
from repayments import actions, ledger, queries, receiving
from repayments.forms import ReceiptForm, RefundForm, ReverseForm, RowForm, VisitForm
from repayments.models import Account, Entry
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, for_roles, reads_only


def _case(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


def _acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


@_acting("receive")
def receive(request, number):
    """Report a repayment; proposed is what is due next."""
    loan, today = _case(request, number), office_today()
    form = ReceiptForm(request.POST or None, initial=receiving.proposal(loan, today))
    return act_page(request, loan, "receive", form, lambda **who: actions.receive(**form.cleaned_data, **who), template="repayments/receive.html")


@require_GET
@for_roles(Role.BANK)
@reads_only
def receipts(request):
    """Report repayments row by row: what falls due, what is late, or what was looked for."""
    today, shown, text = office_today(), request.GET.get("show", receiving.WEEK), request.GET.get("q", "").strip()
    found = receiving.expected(cases.cases(request.user), show=shown, text=text, on=today)
    page = Paginator(found, receiving.ROWS).get_page(request.GET.get("page"))
    rows = [(one, RowForm(initial=one.as_initial(today), number=one.loan.number)) for one in receiving.proposals(list(page), today)]
    return render(request, "repayments/receipts.html", {"page": page, "rows": rows, "show": shown, "q": text, "tabs": receiving.TABS})


@require_POST
@for_roles(Role.BANK)
def receive_row(request, number):
    """Book one row of that list; the row comes back as booked, or with what is wrong. Without scripts the whole page does."""
    today, loan = office_today(), get_object_or_404(cases.cases(request.user).filter(state__in=LENT), number=number)
    form = RowForm(request.POST, number=number)
    if form.is_valid():
        try:
            entry = actions.receive(loan=loan, **form.cleaned_data, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            return _row_booked(request, entry, Loan.objects.get(pk=loan.pk))
    rows = [(one, form) for one in receiving.proposals(queries.owing(Loan.objects.filter(pk=loan.pk), today).select_related("applicant"), today)]
    if request.htmx:
        return render(request, "repayments/_receipt_row.html", {"proposal": rows[0][0], "form": form})
    page = Paginator([loan], receiving.ROWS).get_page(1)
    return render(request, "repayments/receipts.html", {"page": page, "rows": rows, "show": "", "q": loan.iou_number, "tabs": receiving.TABS})


def _row_booked(request, entry, loan):
    if not request.htmx:
        messages.success(request, _gettext("Done: %(act)s.") % {"act": acts.get("receive").label})
        return redirect("repayments:receipts")
    return render(request, "repayments/_receipt_booked.html", {"loan": loan, "entry": entry, "paid": queries.amounts(entry), "owed": ledger.outstanding(loan)})


@_acting("visit_business")
def record_visit(request, number):
    """Write down a visit to the business after the loan."""
    loan = _case(request, number)
    form = VisitForm(request.POST or None, initial={"visit_day": office_today()})
    return act_page(request, loan, "visit_business", form, lambda **who: actions.record_visit(**form.cleaned_data, **who))


@require_http_methods(["GET", "POST"])
@for_roles(Role.BANK)
def reverse_receipt(request, number, entry):
    """Undo a receipt by a counter-entry; the original stays."""
    loan = _case(request, number)
    entry = get_object_or_404(Entry.objects.filter(lines__loan=loan).distinct(), pk=entry)
    form = ReverseForm(request.POST or None)
    return _money(request, loan, form, _gettext("Reverse receipt %(reference)s") % {"reference": entry.reference}, lambda **who: _reversed(entry, form, **who))


def _reversed(entry, form, *, loan, by, on):
    return actions.reverse_receipt(entry=entry, by=by, on=on, **form.cleaned_data)


@require_http_methods(["GET", "POST"])
@for_roles(Role.BANK)
def refund(request, number):
    """Book that an overpayment was given back."""
    loan = _case(request, number)
    held = -ledger.balance(Account.OVERPAID, loan=loan)
    form = RefundForm(request.POST or None, initial={"value_date": office_today(), "amount": held})
    return _money(request, loan, form, _gettext("Refund the overpayment"), lambda **who: actions.refund(**form.cleaned_data, **who))


def _money(request, loan, form, title, do):
    """The page of a movement that is no act of the case itself."""
    today = office_today()
    if form.is_valid():
        try:
            do(loan=loan, by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Done: %(act)s.") % {"act": title})
            return redirect("loans:case", loan.number)
    return render(request, "loans/act.html", {**casefile.page(request, loan, today), "form": form, "act": {"label": title}})


@require_GET
@for_roles(*OFFICE, Role.AUDITOR)
@reads_only
def visits(request):
    """Live loans that nobody has visited for a quarter, the longest first."""
    today = office_today()
    loans = queries.visits_due(Loan.objects.select_related("applicant", "community", "officer", "bank"), today)
    mine = request.user.role == Role.LOAN_OFFICER and request.GET.get("all") is None
    if mine:
        loans = loans.filter(officer=request.user)
    page = Paginator(loans, 50).get_page(request.GET.get("page"))
    return render(request, "repayments/visits.html", {"page": page, "mine": mine, "may_visit": request.user.role in OFFICE})
