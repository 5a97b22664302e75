"""The acts on a live loan, and the list of visits that are due."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loans import acts
from loans import queries as cases
from loans.actpage import Asked, act_page, asking_page, seal
from loans.models import Loan
from loans.states import LENT
from repayments import actions, ledger, overpayments, queries, receiving, trial
from repayments.forms import ReceiptForm, RefundForm, ReverseForm, RowForm, VisitForm
from repayments.half_year.notice import issued_over, issued_until
from repayments.models import Account, Entry
from staff.errors import Refused
from staff.forms import say
from staff.models import Role
from staff.office_date import office_today
from staff.web import OFFICE, READERS, for_roles, reads_only


def _case(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


def _acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


@_acting("receive")
def receive(request, number):
    """Report a repayment; proposed is what is due next. A day in an issued half-year is shown to be one before it is booked."""
    loan, today = _case(request, number), office_today()
    form = ReceiptForm(request.POST or None, initial=receiving.proposal(loan, today))

    def do(**who):
        actions.receive(**form.cleaned_data, **who)

    more = {"shows": lambda said: issued_over(said["value_date"]), "issued_until": issued_until()}
    return act_page(request, loan, "receive", form, do, template="repayments/receive.html", **more)


@require_GET
@for_roles(Role.BANK)
@reads_only
def receipts(request):
    """Report repayments row by row: what falls due, what is late, or what was looked for."""
    today, shown, text = office_today(), request.GET.get("show", receiving.WEEK), request.GET.get("q", "").strip()
    found = receiving.expected(cases.cases(request.user), show=shown, text=text, on=today)
    page = Paginator(found, receiving.ROWS).get_page(request.GET.get("page"))
    rows = [(one, RowForm(initial=one.as_initial(today), number=one.loan.number), None) for one in receiving.proposals(list(page), today)]
    context = {"page": page, "rows": rows, "show": shown, "q": text, "tabs": receiving.TABS, "issued_until": issued_until()}
    return render(request, "repayments/receipts.html", context)


@require_POST
@for_roles(Role.BANK)
def receive_row(request, number):
    """Book one row of that list; the row comes back as booked, or with what is wrong. Without scripts the whole page does."""
    today, loan = office_today(), get_object_or_404(cases.cases(request.user).filter(state__in=LENT), number=number)
    form, issued = RowForm(request.POST, number=number), None
    if form.is_valid():
        issued = _unseen(request, form)
        try:
            if not issued:
                entry = actions.receive(loan=loan, **form.cleaned_data, by=request.user, on=today)
                return _row_booked(request, entry, Loan.objects.get(pk=loan.pk))
        except Refused as refusal:
            say(form, refusal)
    [proposal] = receiving.proposals(queries.owing(Loan.objects.filter(pk=loan.pk), today).select_related("applicant"), today)
    if request.htmx:
        return render(request, "repayments/_receipt_row.html", {"proposal": proposal, "form": form, "issued": issued})
    page, rows = Paginator([loan], receiving.ROWS).get_page(1), [(proposal, form, issued)]
    context = {"page": page, "rows": rows, "show": "", "q": loan.iou_number, "tabs": receiving.TABS, "issued_until": issued_until()}
    return render(request, "repayments/receipts.html", context)


def _unseen(request, form):
    """The issued half-year that a row's day lies in, with the seal under which it is booked after all; nothing once that was seen."""
    issued = issued_over(form.cleaned_data["value_date"])
    return {"ledger": issued, "seal": seal(form)} if issued and request.POST.get("shown") != seal(form) else None


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
    """Undo a receipt by a counter-entry, after a look at what it makes of the loan; the original stays."""
    loan, today = _case(request, number), office_today()
    entry = get_object_or_404(Entry.objects.filter(lines__loan=loan).select_related("booked_by").distinct(), pk=entry)
    form = ReverseForm(request.POST or None)

    def reverse(reason, by, on, loan=loan):
        actions.reverse_receipt(entry=entry, reason=reason, by=by, on=on)

    act = Asked(_gettext("Reverse receipt %(reference)s") % {"reference": entry.reference})
    looked = {"shows": lambda _said: trial.tried(loan, lambda: reverse("—", request.user, today), on=today), "at_once": True}
    more = {"entry": entry, "paid": queries.amounts(entry), "issued": issued_over(entry.value_date)}
    return asking_page(
        request, loan, form, lambda **who: reverse(**form.cleaned_data, **who), act=act, template="repayments/undo_receipt.html", **looked, **more
    )


@require_http_methods(["GET", "POST"])
@for_roles(Role.BANK)
def refund(request, number):
    """Book that an overpayment was given back, after a look at what it changes."""
    loan, today = _case(request, number), office_today()
    held = -ledger.balance(Account.OVERPAID, loan=loan)
    form = RefundForm(request.POST or None, initial={"value_date": today, "amount": held})

    def shows(said):
        rows = trial.tried(loan, lambda: actions.refund(loan=loan, by=request.user, on=today, **said), on=today)
        return {"rows": rows, "issued": issued_over(said["value_date"])}

    def do(**who):
        actions.refund(**form.cleaned_data, **who)

    act = Asked(_gettext("Refund the overpayment"))
    return asking_page(request, loan, form, do, act=act, template="repayments/refund.html", shows=shows, always=True)


@require_GET
@for_roles(*READERS)
@reads_only
def overpaid(request):
    """What waits to be given back, and for how long."""
    rows = overpayments.held(cases.cases(request.user), office_today())
    context = {"rows": rows, "total": sum(row.amount for row in rows), "may_refund": request.user.role == Role.BANK}
    return render(request, "repayments/overpayments.html", context)


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
