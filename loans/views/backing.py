"""Who stands behind a case: named, replaced, taken out; and everything that one guarantor stands for."""

from django import forms
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants.forms import CHOOSE
from loans import actions, acts, lending_rules, queries
from loans.actions.behind import SEE_NUMBERS
from loans.actpage import act_page
from loans.eligibility.behind import LIMITED
from loans.forms.application import GuarantorForm
from loans.forms.steps import TakeOutForm
from loans.models import BOUND, CounterGuarantee
from staff.office_date import office_today
from staff.web import READERS, for_roles, reads_only

NAME = "counter_guarantee"


class NamedForm(GuarantorForm):
    """One more that stands behind the borrower: here "none" is no answer."""

    kind = forms.ChoiceField(label=GuarantorForm.base_fields["kind"].label, choices=[*CHOOSE, *CounterGuarantee.Kind.choices])


class WithReason(NamedForm):
    """Another in the place of one that stands, and why."""

    words = TakeOutForm.base_fields["reason"]


def _case(request, number):
    return get_object_or_404(queries.cases(request.user), number=number)


def _row(loan, pk):
    return get_object_or_404(loan.counter_guarantees.kept(), pk=pk)


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles(NAME))
def counter_guarantee(request, number):
    """What stands behind this case, each with the ways to replace it or take it out; and one more."""
    loan, form = _case(request, number), NamedForm(request.POST or None)

    def do(**who):
        actions.add_counter_guarantee(guarantor=actions.Guarantor(**form.cleaned_data), **who)

    return act_page(request, loan, NAME, form, do, template="loans/counter_guarantee.html", rows=list(loan.counter_guarantees.kept()))


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles(NAME))
def replace_counter_guarantee(request, number, pk):
    """Put another in the place of this one."""
    loan, form = _case(request, number), WithReason(request.POST or None)
    old = _row(loan, pk)

    def do(**who):
        data = dict(form.cleaned_data)
        actions.replace_counter_guarantee(old=old, reason=data.pop("words"), guarantor=actions.Guarantor(**data), **who)

    return act_page(request, loan, NAME, form, do, template="loans/counter_guarantee.html", rows=[old])


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles(NAME))
def withdraw_counter_guarantee(request, number, pk):
    """Take this one out of the case."""
    loan, form = _case(request, number), TakeOutForm(request.POST or None)
    old = _row(loan, pk)
    return act_page(request, loan, NAME, form, lambda **who: actions.withdraw_counter_guarantee(old=old, **form.cleaned_data, **who))


@require_GET
@for_roles(*READERS)
@reads_only
def guarantor(request, pk):
    """Everything that one guarantor stands for or stood for, as far as this user sees the cases."""
    one = get_object_or_404(_seen(request), pk=pk)
    rows = list(_seen(request).filter(identity_index=one.identity_index).order_by("-pk")) if one.identity_index else [one]
    bound = {row.loan_id for row in rows if row.withdrawn_on is None and row.kind in LIMITED and row.loan.state in BOUND}
    return render(request, "loans/guarantor.html", {"one": one, "rows": rows, "bound": len(bound), "limit": lending_rules.in_force(office_today()).guarantor})


@require_POST
@for_roles(*SEE_NUMBERS)
def guarantor_number(request, pk):
    """Show a guarantor's identity number whole; the look is written down first."""
    one = get_object_or_404(_seen(request), pk=pk)
    number = actions.reveal_guarantor(row=one, by=request.user, on=office_today())
    return render(request, "loans/_guarantor_number.html", {"one": one, "number": number})


def _seen(request):
    rows = CounterGuarantee.objects.select_related("loan__applicant", "loan__bank")
    return rows.filter(loan__in=queries.cases(request.user).values("pk"))
