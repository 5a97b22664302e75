"""A disbursement confirmed by mistake is undone, and the promise that stands again is renewed: each with what it does beside it."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from guarantees import actions, forms
from guarantees.actions.undo import undoing
from loans import acts
from loans import queries as cases
from loans.actpage import act_page
from repayments.half_year.notice import issued_over
from staff.office_date import office_today
from staff.web import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles("undo_disbursement"))
def undo_disbursement(request, number):
    """Undo the disbursement; the fund's room before and after stands beside it."""
    loan = get_object_or_404(cases.cases(request.user), number=number)
    form = forms.ReasonForm(request.POST or None)
    planned = undoing(loan, office_today()) if acts.allowed("undo_disbursement", loan=loan, by=request.user) else None
    return act_page(
        request,
        loan,
        "undo_disbursement",
        form,
        lambda **who: actions.undo_disbursement(**form.cleaned_data, **who),
        template="guarantees/undo.html",
        planned=planned,
        issued=issued_over(loan.disbursed_on),
    )


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles("renew_promise"))
def renew_promise(request, number):
    """Give the promise its days once more."""
    loan = get_object_or_404(cases.cases(request.user), number=number)
    form = forms.ReasonForm(request.POST or None)
    return act_page(request, loan, "renew_promise", form, lambda **who: actions.renew_promise(**form.cleaned_data, **who))
