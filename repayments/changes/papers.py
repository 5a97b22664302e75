"""The 展期协议 of an extended loan: what was agreed, who consented with which paper, the new schedule. Chinese, as papers are."""

from django.utils import translation

from loans.money import words
from loans.papers import case_code, scheme
from repayments import queries
from repayments.borrower_plan import plan_of
from staff.papers import pdf


def extension(loan, *, base_url, on):
    """The 展期协议 of the extension that was granted."""
    granted = loan.extensions.select_related("asked_by", "consented_by", "decided_by").get(ended_on=None, decided_on__isnull=False)
    owed = loan.principal - queries.received(loan, as_of=granted.decided_on)
    with translation.override("zh-hans"):
        rows = [payment for payment in plan_of(loan, max(on, granted.decided_on)).payments if payment.due > granted.decided_on]
        context = {
            "loan": loan,
            "extension": granted,
            "scheme": scheme(loan.applied_on),
            "person": loan.applicant,
            "owed": owed,
            "owed_words": words(owed),
            "rows": rows,
            "guarantors": [one.name for one in loan.counter_guarantees.all() if one.name],
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/extension.html", context)
