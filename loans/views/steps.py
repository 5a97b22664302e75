"""The acts of a case, each on the case's own page beside its evidence."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_http_methods

from applicants.actions import attach_paper
from loans import actions, acts, casefile, investigations, queries
from loans.actpage import act_page
from loans.forms import steps
from loans.parts import ATTACHERS
from staff.errors import Refused
from staff.forms import say
from staff.office_date import days_kept, office_today
from staff.web import for_roles
from staff.workdays import add_working_days

ANSWER_WITHIN = 10  # working days proposed on a notice


def _page(name):
    """What every act's view has in common: its methods and its roles."""
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


def _case(request, number):
    return get_object_or_404(queries.cases(request.user), number=number)


@_page("recommend")
def recommend(request, number):
    form = steps.RecommendForm(request.POST or None)
    return act_page(request, _case(request, number), "recommend", form, lambda **who: actions.recommend(**form.cleaned_data, **who))


@_page("first_review")
def first_review(request, number):
    form = steps.FirstReviewForm(request.POST or None)
    return act_page(request, _case(request, number), "first_review", form, lambda **who: actions.first_review(**form.cleaned_data, **who))


@_page("second_review")
def second_review(request, number):
    form = steps.SecondReviewForm(request.POST or None)
    return act_page(request, _case(request, number), "second_review", form, lambda **who: actions.second_review(**form.cleaned_data, **who))


@_page("send_back")
def send_back(request, number):
    form = steps.SendBackForm(request.POST or None)
    return act_page(request, _case(request, number), "send_back", form, lambda **who: actions.send_back(**form.cleaned_data, **who))


@_page("return_for_papers")
def return_for_papers(request, number):
    loan = _case(request, number)
    wanted, missing = queries.papers_needed(loan)
    proposed = {"missing": missing, "answer_by": add_working_days(office_today(), ANSWER_WITHIN, days_kept())}
    form = steps.ReturnForm(request.POST or None, initial=proposed, kinds=wanted)
    return act_page(request, loan, "return_for_papers", form, lambda **who: actions.return_for_papers(**form.cleaned_data, **who))


@_page("complete_papers")
def complete_papers(request, number):
    form = steps.CompleteForm(request.POST if request.method == "POST" else None)
    return act_page(request, _case(request, number), "complete_papers", form, lambda **who: actions.complete_papers(**who))


@_page("refuse")
def refuse(request, number):
    form = steps.RefuseForm(request.POST or None)

    def do(**who):
        actions.refuse(rule=form.cleaned_rule(), reason=form.cleaned_data["reason"], **who)

    return act_page(request, _case(request, number), "refuse", form, do)


@_page("withdraw")
def withdraw(request, number):
    form = steps.WithdrawForm(request.POST or None)
    return act_page(request, _case(request, number), "withdraw", form, lambda **who: actions.withdraw(**form.cleaned_data, **who))


@_page("record_visit")
def record_visit(request, number):
    loan = _case(request, number)
    usual = {"visit_day": office_today(), "place": loan.place, "trade_seen": loan.trade, "own_money": loan.own_funds, "workers": loan.expected_workers}
    form = steps.VisitForm(request.POST or None, request.FILES or None, initial=usual)
    earlier = investigations.latest_visit(loan)
    name = "add_visit" if earlier and not investigations.is_complete(earlier) else "record_visit"
    return act_page(request, loan, name, form, lambda **who: actions.record_visit(**form.cleaned_data, **who), template="loans/visit.html")


@_page("give_opinion")
def give_opinion(request, number):
    loan = _case(request, number)
    form = steps.OpinionForm(request.POST or None, initial={"amount": loan.amount_asked, "term_months": loan.term_asked})
    return act_page(request, loan, "give_opinion", form, lambda **who: actions.give_opinion(**form.cleaned_data, **who), template="loans/opinion.html")


@require_http_methods(["GET", "POST"])
@for_roles(*ATTACHERS)
def attach(request, number):
    """Record a paper of the case, or attach a scan to it; a signed scan to the step that it signs."""
    loan = _case(request, number)
    form = steps.PaperForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", ""), "held": "original"})
    if form.is_valid():
        try:
            attach_paper(applicant=loan.applicant, case_number=loan.number, by=request.user, on=office_today(), **form.cleaned_data)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _gettext("Paper added: %(paper)s.") % {"paper": dict(form.fields["kind"].choices)[form.cleaned_data["kind"]]})
            return redirect("loans:case", loan.number)
    return render(request, "loans/paper.html", {**casefile.page(request, loan, office_today()), "form": form})
