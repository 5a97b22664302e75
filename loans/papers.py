"""The papers of a case that are printed: 申请审核表 and 受理回执. Chinese, as papers are."""

from django.urls import reverse
from django.utils import translation

from applicants.models import Paper
from loans import investigations, queries
from loans.models import Department
from loans.money import words
from staff.papers import pdf, qr


def application_form(loan, *, user, base_url):
    """The 申请审核表 of a case, filled as far as it has come, with boxes for wet signatures."""
    visit = investigations.latest_visit(loan)
    opinions = {opinion.department: opinion for opinion in investigations.opinions_for(user, visit)} if visit else {}
    with translation.override("zh-hans"):
        wanted, missing = queries.papers_needed(loan)
        return pdf(
            "papers/application_form.html",
            {
                "loan": loan,
                "person": loan.applicant,
                "age": None if loan.applicant.is_enterprise else loan.applicant.age_on(loan.applied_on),
                "amount_words": words(loan.amount_asked),
                "guarantees": loan.counter_guarantees.all(),
                "papers": [(kind.label, kind not in missing) for kind in wanted],
                "visit": visit,
                "opinions": [(department.label, opinions.get(department.value)) for department in Department],
                "qr": _qr(loan, base_url),
            },
        )


def receipt(loan, *, base_url, on, back=None):
    """The 受理回执: case number, what is missing, whom to ask, by when. Of one return, or of how the case stands now."""
    back = back or queries.open_return(loan)
    with translation.override("zh-hans"):
        missing = [Paper.Kind(kind).label for kind in back.missing] if back else [kind.label for kind in queries.papers_needed(loan)[1]]
        return pdf(
            "papers/acceptance_receipt.html",
            {
                "loan": loan,
                "person": loan.applicant,
                "missing": missing,
                "back": back,
                "on": on,
                "officer": loan.officer or loan.applied_by,
                "qr": _qr(loan, base_url),
            },
        )


def _qr(loan, base_url):
    return qr(base_url.rstrip("/") + reverse("loans:case", args=[loan.number]))
