"""The pages of the subsidy claims. Bank staff see their own bank's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loans import queries as cases
from loans.states import LENT
from loans.terms_words import SUBSIDY
from repayments.claims import actions, papers, queries
from repayments.claims.forms import ApproveForm, ClaimForm, PaymentForm, ReasonForm, ReviewForm
from repayments.claims.shares import add_up, shared
from repayments.claims.tracing import life_of, on_a_day
from repayments.models import SubsidyLine, SubsidyPayment
from staff.errors import Refused
from staff.forms import DayField, say
from staff.models import Bank, Role
from staff.office_date import office_today
from staff.papers import shown
from staff.scope import visible
from staff.web import READERS, for_roles, reads_only

ROWS = 100
CLAIMERS = (Role.BANK, Role.LOAN_OFFICER)
REVIEWERS = (Role.LOAN_OFFICER, Role.REVIEWER)


@require_GET
@for_roles(*READERS)
@reads_only
def overview(request):
    """A year's quarters, bank by bank: due, claimed, approved, paid."""
    last = queries.last_over(office_today())
    year = int(asked) if (asked := request.GET.get("year", "")).isdecimal() and 2002 <= int(asked) <= last.year else last.year
    banks = list(visible(Bank.objects.all(), request.user, bank="pk"))
    rows = queries.year_of(year, banks, on=office_today())
    context = {
        "rows": rows,
        "year": year,
        "years": range(last.year, 2003, -1),
        "total": sum((row.four for row in rows), queries.Four()),
        "shares": add_up(row.shares for row in rows),
        "unclaimed": sum(row.four.unclaimed for row in rows),
        "may_claim": request.user.role in CLAIMERS,
    }
    return render(request, "repayments/subsidy_year.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*CLAIMERS)
def submit(request):
    """The bank's own figures of a quarter, with or without its list per loan."""
    today = office_today()
    open_ones = [(quarter, str(quarter)) for quarter in queries.over_since_2004(today)]
    first = {"quarter": request.GET.get("quarter", ""), "bank": request.GET.get("bank", "")}
    form = ClaimForm(request.POST or None, request.FILES or None, user=request.user, quarters=open_ones, initial={k: v for k, v in first.items() if v})
    if form.is_valid():
        given = form.cleaned_data
        try:
            claim = actions.submit(bank=given["bank"], quarter=given["quarter"], figures=form.figures, per_loan=given["file"], by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            return redirect("repayments:subsidy_claim", claim.pk)
    return render(request, "repayments/subsidy_submit.html", {"form": form})


@require_GET
@for_roles(*READERS)
@reads_only
def claim(request, pk):
    """One claim: bank and book beside each other, loan by loan, and how far it has come."""
    claim = _claim(request, pk)
    every = list(queries.with_paid(claim.lines.all()))
    lines = [line for line in every if line.claimed is not None and line.claimed != line.due] if "differing" in request.GET else every
    four = queries.four_of(claim, every)
    context = {
        "claim": claim,
        "step": actions.at(claim),
        "four": four,
        "shares": add_up(shared(line.due if line.approved is None else line.approved, line.split) for line in every),
        "page": Paginator(lines, ROWS).get_page(request.GET.get("page")),
        "numbers": len(every),
        "payments": claim.payments.select_related("booked_by", "reverses").order_by("id"),
        "payees": [line for line in every if line.payee == line.Payee.BORROWER],
        "acts": _acts(request.user, claim, four),
    }
    return render(request, "repayments/subsidy_claim.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def claim_form(request, pk):
    """The 贴息资金申请表 to be signed."""
    claim = _claim(request, pk)
    return shown(papers.claim_form(claim), f"贴息资金申请表-{claim.quarter}-{claim.bank.short_name}.pdf")


@require_http_methods(["GET", "POST"])
@for_roles(*REVIEWERS)
def review(request, pk):
    """The office explains every difference and gives its opinion."""
    claim = _claim(request, pk)
    differing = [line for line in claim.lines.filter(of_quarter=claim.quarter) if line.claimed is not None and line.claimed != line.due]
    form = ReviewForm(request.POST or None, claim=claim, differing=differing)

    def do(given):
        words = {"words": given["words"], "difference": given.get("difference", "")}
        actions.review(claim=claim, reasons=form.reasons, by=request.user, on=office_today(), **words)

    return _acted(request, claim, form, do, _("Review the claim"))


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def approve(request, pk):
    """Finance approves, as proposed or for less."""
    claim = _claim(request, pk)
    form = ApproveForm(request.POST or None, claim=claim)

    def do(given):
        actions.approve(claim=claim, words=given["words"], amounts=given["cuts"], by=request.user, on=office_today())

    return _acted(request, claim, form, do, _("Approve the claim"), previews=True)


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def pay(request, pk):
    """Finance books what it paid."""
    claim, today = _claim(request, pk), office_today()
    four = queries.four_of(claim, queries.with_paid(claim.lines.all()))
    form = PaymentForm(request.POST or None, initial={"amount": four.unpaid, "day": today})
    return _acted(request, claim, form, lambda given: actions.pay(claim=claim, by=request.user, on=today, **given), _("Book a payment"), previews=True)


@require_http_methods(["GET", "POST"])
@for_roles(*REVIEWERS, Role.FINANCE)
def return_to_bank(request, pk):
    """The claim goes back to the bank, with the reason."""
    claim = _claim(request, pk)
    form = ReasonForm(request.POST or None)

    def do(given):
        actions.return_to_bank(claim=claim, by=request.user, on=office_today(), **given)

    return _acted(request, claim, form, do, _("Return to the bank"))


@require_http_methods(["GET", "POST"])
@for_roles(Role.FINANCE)
def undo_payment(request, pk):
    """A payment booked wrongly is undone by its mirror image."""
    payment = get_object_or_404(SubsidyPayment.objects.select_related("claim__bank"), pk=pk)
    form = ReasonForm(request.POST or None)

    def do(given):
        actions.undo_payment(payment=payment, by=request.user, on=office_today(), **given)

    return _acted(request, payment.claim, form, do, _("Undo the payment"))


@require_POST
@for_roles(*REVIEWERS)
def recompile(request, pk):
    """Compare the claim with the book as it is now."""
    claim = _claim(request, pk)
    try:
        actions.recompile(claim=claim, by=request.user, on=office_today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("repayments:subsidy_claim", pk)


@require_GET
@for_roles(*READERS)
@reads_only
def trace(request, number):
    """One loan's subsidy: each quarter's days × base × rate with the document, what changed the base, and any single day."""
    loan = get_object_or_404(cases.cases(request.user), number=number, state__in=LENT)
    life = life_of(loan, on=office_today())
    day = _day(request.GET.get("day", "")) if life else None
    regime = SUBSIDY.get(life.lent.facts.regime, "") if life else ""
    context = {"loan": loan, "life": life, "regime": regime, "day": on_a_day(life.lent, day) if day else None, "quarter": request.GET.get("quarter", "")}
    return render(request, "repayments/subsidy_trace.html", context)


@require_GET
@for_roles(*READERS)
@reads_only
def open_line(request, pk):
    """From a figure of a claim to the loan's trace, at the quarter it is about."""
    line = get_object_or_404(visible(SubsidyLine.objects.select_related("loan"), request.user, bank="claim__bank"), pk=pk)
    return redirect(f"{reverse('repayments:subsidy_trace', args=[line.loan.number])}?quarter={line.of_quarter}#q{line.of_quarter}")


def _day(text):
    try:
        return DayField(required=False).clean(text)
    except ValidationError as wrong:
        raise Http404 from wrong


def _claim(request, pk):
    return get_object_or_404(queries.claims_of(request.user), pk=pk)


def _acted(request, claim, form, do, title, *, previews=False):
    """The page of one act on a claim: its form, where asked for what it comes to, its refusal, then the claim again."""
    rows = []
    if form.is_valid():
        try:
            if previews and "preview" in request.POST:
                rows = _foretold(claim, lambda: do(form.cleaned_data))
            else:
                do(form.cleaned_data)
                messages.success(request, _("Done: %(act)s.") % {"act": title})
                return redirect("repayments:subsidy_claim", claim.pk)
        except Refused as refusal:
            say(form, refusal)
    return render(request, "repayments/subsidy_act.html", {"claim": claim, "form": form, "title": title, "previews": previews, "rows": rows})


def _foretold(claim, do):
    """(name, before, after) of the four amounts: the act is done and taken back."""
    before = queries.four_of(claim, queries.with_paid(claim.lines.all()))
    with transaction.atomic():
        do()
        after = queries.four_of(claim, queries.with_paid(claim.lines.all()))
        transaction.set_rollback(True)
    names = (_("Subsidy due"), _("Subsidy claimed"), _("Subsidy approved"), _("Subsidy paid"))
    return [*zip(names, before, after, strict=True), (_("Approved, not paid"), before.unpaid, after.unpaid)]


def _acts(user, claim, four):
    """(page, words) of what this user may do next; the filled button is the last."""
    step = actions.at(claim)
    if step == "submitted" and user.role in REVIEWERS:
        return [("repayments:subsidy_return", _("Return to the bank")), ("repayments:subsidy_review", _("Review the claim"))]
    if step == "reviewed" and user.role == Role.FINANCE:
        return [("repayments:subsidy_return", _("Return to the bank")), ("repayments:subsidy_approve", _("Approve the claim"))]
    if step == "approved" and user.role == Role.FINANCE and four.unpaid:
        return [("repayments:subsidy_pay", _("Book a payment"))]
    return []
