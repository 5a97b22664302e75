"""The annual plan: its years and versions, drawing one up as a grid, signing, giving up, file and paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guarantees import forms, plan_papers, plans, sheets
from guarantees.actions import plan as actions
from guarantees.models import AnnualPlan
from loans.models import Loan
from staff import parts
from staff.errors import Refused
from staff.forms import say
from staff.models import Bank
from staff.office_date import office_today
from staff.papers import shown
from staff.web import WHOLE_OFFICE, for_roles, reads_only

RECENT_YEARS = 3


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def plans_page(request):
    """Every year's plan in force, and what waits for signatures."""
    today = office_today()
    context = {
        "rows": AnnualPlan.objects.in_force(today).order_by("-year", "-version"),
        "drafts": AnnualPlan.objects.drafts().select_related("drawn_up_by"),
        "years": [year for year in (today.year, today.year + 1) if not AnnualPlan.objects.filter(year=year, dropped_on__isnull=True).exists()],
        "may_draw": request.user.role in actions.DRAWERS,
    }
    return render(request, "guarantees/plans.html", context)


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def plan(request, pk):
    """One version: its grid, its signatures, what stands in its way, and the other versions."""
    found, today = _found(pk), office_today()
    versions = plans.versions(found.year)
    is_open = not found.in_force_from and not found.dropped_on
    context = {
        "plan": found,
        **plan_papers.table(found),
        "versions": versions,
        "holds": plans.in_force(found.year, today) == found,
        "warnings": plans.warnings(found, on=today) if found.year >= today.year and found.quarters.exists() else [],
        "beside": parts.shown("plan.side", request, found.year),
        "is_open": is_open,
        "may_sign": is_open and request.user.role in actions.SIGNERS and not getattr(found, f"{_place(request.user)}_signed_on"),
        "may_give_up": is_open and request.user.role in (*actions.DRAWERS, *actions.SIGNERS),
        "may_correct": is_open and request.user.role in actions.DRAWERS and not (found.director_signed_on or found.finance_signed_on),
        "may_change": not any(not v.in_force_from and not v.dropped_on for v in versions) and request.user.role in actions.DRAWERS and found.year >= today.year,
    }
    return render(request, "guarantees/plan.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*actions.DRAWERS)
def draw_up(request, year):
    """The next version of a year's plan, laid out as a grid; the version in force is where it begins."""
    today = office_today()
    before = plans.in_force(year, today)
    form = _form(request, year, grid=plans.grid_of(before) if before else None)
    title = _gettext("Change the plan of %(year)s") if before else _gettext("Draw up the plan of %(year)s")
    do = lambda **typed: actions.draw_up(year=year, **typed)  # noqa: E731
    return _edited(request, form, do, today, {"title": title % {"year": year}, "before": before})


@require_http_methods(["GET", "POST"])
@for_roles(*actions.DRAWERS)
def correct(request, pk):
    """Change a version that nobody has signed yet."""
    found = _found(pk)
    form = _form(request, found.year, grid=plans.grid_of(found), initial={"reason": found.reason})
    title = _gettext("Correct version %(version)s of the plan of %(year)s") % {"version": found.version, "year": found.year}
    do = lambda **typed: actions.correct(plan=found, **typed)  # noqa: E731
    return _edited(request, form, do, office_today(), {"title": title, "before": found if found.version > 1 else None})


@require_POST
@for_roles(*actions.SIGNERS)
def sign(request, pk):
    """Sign for one's department."""
    return _done(request, pk, lambda found, today: actions.sign(plan=found, by=request.user, on=today), _gettext("Signed."))


@require_http_methods(["GET", "POST"])
@for_roles(*{*actions.DRAWERS, *actions.SIGNERS})
def give_up(request, pk):
    """Give up a version that is not in force, with the reason."""
    found, form = _found(pk), forms.ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.give_up(plan=found, **form.cleaned_data, by=request.user, on=office_today())
        except Refused as refusal:
            say(form, refusal)
        else:
            return redirect("guarantees:plan", pk)
    return render(request, "guarantees/give_up_plan.html", {"plan": found, "form": form})


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def excel(request, pk):
    """A version as an Excel file."""
    found = _found(pk)
    return sheets.answer(plan_papers.excel(found), f"{found.year}年度计划-第{found.version}版.xlsx")


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def printed(request, pk):
    """A version on paper."""
    found = _found(pk)
    return shown(plan_papers.printed(found), f"{found.year}年度计划-第{found.version}版.pdf")


def _found(pk):
    people = ("drawn_up_by", "director_signed_by", "finance_signed_by", "dropped_by")
    return get_object_or_404(AnnualPlan.objects.select_related(*people), pk=pk)


def _place(user):
    return "director" if user.role == "director" else "finance"


def _form(request, year, **given):
    """The grid of all banks with a part of the fund, and of all groups: those lent to of late first."""
    used = Loan.objects.filter(disbursed_on__year__gte=year - RECENT_YEARS).values_list("group", flat=True).distinct()
    banks, grid = Bank.objects.filter(fund_account__isnull=False), given.get("grid")
    groups = plans.groups_first([*used.order_by(), *(grid.groups if grid else ())])
    return forms.PlanForm(request.POST or None, banks=banks, groups=groups, **given)


def _edited(request, form, do, today, context):
    if form.is_valid():
        try:
            made = do(grid=form.grid(), reason=form.cleaned_data["reason"], by=request.user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            return redirect("guarantees:plan", made.pk)
    return render(request, "guarantees/plan_form.html", {"form": form, **context})


def _done(request, pk, do, words):
    try:
        do(_found(pk), office_today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("guarantees:plan", pk)
