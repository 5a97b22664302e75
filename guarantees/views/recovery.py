"""What comes back after a compensation, and what is written off: each act on the case's own page."""

from guarantees import actions, compensation
from guarantees import compensation_forms as forms
from guarantees.actions.compensation import shared
from guarantees.models import PaperKind, Recovery
from guarantees.views.steps import acting, case_of
from loans.actpage import act_page
from staff.errors import Refused
from staff.office_date import office_today

WRITE_OFF_PAPERS = (PaperKind.RECOVERY_REPORT, PaperKind.COLLECTION, PaperKind.DEATH, PaperKind.BANKRUPTCY, PaperKind.COURT_END)


@acting("record_recovery")
def record_recovery(request, number):
    """Money that came back. First it is shown how it is cut and what is left, then it is booked."""
    loan = case_of(request, number)
    paid = compensation.compensation_of(loan)
    owed = compensation.still_owed(paid) if paid else None
    form = forms.RecoveryForm(request.POST or None, initial={"day": office_today()})
    preview = None
    if "preview" in request.POST and form.is_valid():
        preview, form = _preview(paid, form), forms.RecoveryForm(initial=form.cleaned_data)
    do = lambda **who: actions.record_recovery(**form.cleaned_data, **who)  # noqa: E731
    return act_page(request, loan, "record_recovery", form, do, template="guarantees/recovery.html", paid=paid, owed=owed, preview=preview)


def _preview(paid, form):
    """How the typed amount would be cut, by the very function that books it; or why it is refused."""
    amount = form.cleaned_data["amount"]
    try:
        parts = shared(paid, amount)
    except Refused as refusal:
        return {"refusal": refusal}
    return {"refusal": None, "parts": parts, "amount": amount, "left": compensation.still_owed(paid) - amount}


@acting("reverse_recovery")
def reverse_recovery(request, number):
    """Undo one of the recoveries by its counter-entry."""
    loan = case_of(request, number)
    standing = Recovery.objects.filter(loan=loan, entry__reversed_by__isnull=True).select_related("entry", "loan")
    form = forms.ReverseRecoveryForm(request.POST or None, among=standing.order_by("-pk"))

    def do(*, loan, by, on):
        actions.reverse_recovery(**form.cleaned_data, by=by, on=on)

    return act_page(request, loan, "reverse_recovery", form, do, template="guarantees/reverse.html")


@acting("propose_write_off")
def propose_write_off(request, number):
    """The loan officer proposes to write off what is still owed to the fund."""
    loan = case_of(request, number)
    form = forms.WriteOffForm(request.POST or None, request.FILES or None, kinds=WRITE_OFF_PAPERS)

    def do(**who):
        actions.propose_write_off(cause=form.cleaned_data["cause"], reason=form.cleaned_data["reason"], papers=form.papers(), **who)

    return act_page(request, loan, "propose_write_off", form, do, template="guarantees/write_off.html", owed=compensation.owed_to_fund(loan))


@acting("bring_write_off_papers")
def bring_write_off_papers(request, number):
    loan = case_of(request, number)
    form = forms.BringForm(request.POST or None, request.FILES or None, kinds=WRITE_OFF_PAPERS)
    do = lambda **who: actions.bring_write_off_papers(papers=form.papers(), **who)  # noqa: E731
    return act_page(request, loan, "bring_write_off_papers", form, do, template="guarantees/papers.html")


@acting("check_write_off_papers")
def check_write_off_papers(request, number):
    loan = case_of(request, number)
    proposed = compensation.open_write_off(loan)
    form = forms.CheckForm(request.POST or None, papers=compensation.papers_unchecked(proposed) if proposed else ())
    do = lambda **who: actions.check_write_off_papers(found=form.found(), **who)  # noqa: E731
    return act_page(request, loan, "check_write_off_papers", form, do, template="guarantees/check.html")


@acting("sign_write_off")
def sign_write_off(request, number):
    """Finance, then the director: with the second signature it is booked."""
    loan = case_of(request, number)
    form = forms.SignForm(request.POST or None)
    do = lambda **who: actions.sign_write_off(**form.cleaned_data, **who)  # noqa: E731
    return act_page(request, loan, "sign_write_off", form, do, template="guarantees/sign.html")
