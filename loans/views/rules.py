"""The rule book: what holds on a day, what changed, which documents say so, and the rates."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render

from loans import fee_words, limit_pages, rate_chart, rulebook, rulebook_pages
from loans.forms.rules import BetweenForm, InForceForm, groups_for
from loans.models import AgeLimit, BorrowerKind, ExcludedTrade, FeeRule, PolicyDocument, PolicyRow, Standing
from loans.shipped_notes import note_words
from loans.waiting import TONES, group_words
from staff import parts
from staff.office_date import office_today
from staff.web import EVERYONE, for_roles, reads_only

A_YEAR = timedelta(365)


@for_roles(*EVERYONE)
@reads_only
def in_force(request):
    """The rules of any day, for any borrower; each value with its document."""
    today = office_today()
    form = InForceForm(_asked(request, on=today, kind=BorrowerKind.INDIVIDUAL))
    context = _answer(form) if form.is_valid() else {"found": None, "chosen": ""}
    return render(request, "loans/rules.html", {"form": form, **context})


@for_roles(*EVERYONE)
@reads_only
def changed(request):
    """What holds otherwise on one day than on another."""
    today = office_today()
    form = BetweenForm(_asked(request, first=today - A_YEAR, last=today))
    days = form.cleaned_data if form.is_valid() else None
    found = {"cells": rulebook_pages.changed(**days), **rulebook_pages.other_changes(**days)} if days else None
    named = {row.document_id: row for model in (FeeRule, PolicyRow) for row in _begun(model, days)} if days else {}
    return render(
        request,
        "loans/rules_changed.html",
        {"form": form, "days": days, "found": found, "documents": sorted(named.values(), key=lambda row: row.effective_from)},
    )


@for_roles(*EVERYONE)
@reads_only
def documents(request):
    """All documents in the order of their days: number, day, issuer, what each fills."""
    fees = FeeRule.objects.in_effect().order_by("effective_from")
    shown = [_summary(document, [row for row in fees if row.document_id == document.pk]) for document in PolicyDocument.objects.prefetch_related("rows")]
    return render(request, "loans/documents.html", {"documents": sorted(shown, key=lambda one: (one["since"] is None, one["since"], one["document"].number))})


@for_roles(*EVERYONE)
@reads_only
def document(request, pk):
    """One document with its rows, those that wait and those replaced too."""
    found = get_object_or_404(PolicyDocument, pk=pk)
    rows = found.rows.select_related("document", "entered_by", "confirmed_by").order_by("effective_from", "pk")
    context = {
        "document": found,
        "rows": [_row(row) for row in rows],
        "fees": [(row, fee_words.said(row), TONES[row.standing]) for row in FeeRule.objects.filter(document=found).select_related("document")],
        "ages": AgeLimit.objects.in_effect().filter(document=found),
        "trades": ExcludedTrade.objects.in_effect().filter(document=found),
    }
    return render(request, "loans/document.html", context)


@for_roles(*EVERYONE)
@reads_only
def rates(request):
    """Benchmark rates and quoted rates by day, with a chart."""
    found = rulebook.all_rates()
    context = {
        "benchmarks": found.benchmarks[::-1],
        "references": sorted(found.references, reverse=True),
        "chart": rate_chart.spec(found, max(office_today(), max(row.effective_from for row in found.references))),
    }
    return render(request, "loans/rates.html", context)


@for_roles(*EVERYONE)
@reads_only
def limits(request):
    """How long each step may take, what documents say of time, how long promises are good; with what waits and what was before."""
    today = office_today()
    context = {"steps": limit_pages.of_steps(today), "legal": limit_pages.of_documents(today), "more": parts.shown("rules.limits", request)}
    return render(request, "loans/limits.html", context)


def _answer(form):
    """What the page shows to a question that makes sense."""
    asked = form.cleaned_data
    found = rulebook_pages.in_force(**asked)
    form.fields["groups"].choices = _choices(form)
    return {
        "found": found,
        "missing": rulebook_pages.doubts(found["warnings"], missing=True),
        "unsure": rulebook_pages.doubts(found["warnings"], missing=False),
        "chosen": group_words(";".join(asked["groups"])),
        "kind": BorrowerKind(asked["kind"]).label,
        "on": asked["on"],
        "contract_on": asked["contract_on"],
    }


def _asked(request, **usual):
    """What was asked, and the usual where nothing was."""
    data = request.GET.copy()
    for name, value in usual.items():
        data.setdefault(name, str(value))
    return data


def _choices(form):
    """Only groups that documents know on that day, and those asked about."""
    asked = form.cleaned_data
    known = {*groups_for(asked["kind"], asked["on"]), *asked["groups"]}
    return [choice for choice in form.fields["groups"].choices if choice[0] in known]


def _row(row):
    """One row of a document as its page shows it."""
    return {
        "row": row,
        "kind": dict(BorrowerKind.choices).get(row.borrower_kind, row.borrower_kind),
        "groups": group_words(row.groups),
        "lines": rulebook_pages.row_lines(rulebook.rule(row)),
        "note": note_words(row.note),
        "tone": TONES[row.standing],
        "model": row._meta.model_name,
    }


def _begun(model, days):
    """The rows in effect that begin to count after the first day and by the last."""
    rows = model.objects.in_effect().filter(effective_from__gt=days["first"], effective_from__lte=days["last"])
    return rows.select_related("document").order_by("effective_from", "pk")


def _summary(document, fees):
    """A document in the timeline: since when it counts and which cells it fills, by kind of borrower; and its rewards and fees."""
    rows = [_row(row) for row in sorted(document.rows.all(), key=lambda row: row.effective_from) if row.standing == Standing.IN_EFFECT]
    kinds = {one["kind"]: {} for one in rows}
    for one in rows:
        kinds[one["kind"]] |= {line.label: None for line in one["lines"]}
    return {
        "document": document,
        "since": min((row.effective_from for row in (*(one["row"] for one in rows), *fees)), default=document.issued),
        "fills": {kind: list(labels) for kind, labels in kinds.items() if labels},
        "fees": [row.get_kind_display() for row in fees],
        "statuses": {row.status for row in (*(one["row"] for one in rows), *fees)},
    }
