"""The papers of a case that are printed: 申请审核表 and 受理回执. Chinese, as papers are."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from applicants.actions import reveal_identity
from applicants.models import Paper
from loans import investigations, queries
from loans.models import Department
from loans.money import words
from staff.audit import note
from staff.delegations import signature, signed_about
from staff.errors import NotYours
from staff.office_date import days_kept
from staff.papers import pdf, qr
from staff.templatetags.office import day
from staff.workdays import add_working_days

RENAMED = date(2015, 5, 2)  # 国发〔2015〕23号: 小额担保贷款 becomes 创业担保贷款
ANSWER_WITHIN = 10  # working days to bring what is missing, where no return has named a day
BLANK_DAY = "年　　月　　日"


@transaction.atomic
def application_form(loan, *, by, base_url, on):
    """The 申请审核表 of a case, filled as far as it has come, ready for wet signatures. It carries whole identity numbers: each is a look."""
    person, visit = loan.applicant, investigations.latest_visit(loan)
    opinions = {opinion.department: opinion for opinion in investigations.opinions_for(by, visit)} if visit else {}
    with translation.override("zh-hans"):
        wanted, missing = queries.papers_needed(loan)
        signed = signed_about(loan)
        context = {
            "loan": loan,
            "scheme": scheme(loan.applied_on),
            "person": person,
            "number": _number(person, by=by, on=on),
            "spouse_number": _number(loan.spouse, by=by, on=on) if loan.spouse else "",
            "age": None if person.is_enterprise else person.age_on(loan.applied_on),
            "proof": person.memberships.filter(group=loan.group).first(),
            "amount_words": words(loan.amount_asked),
            "guarantees": [_guarantee(one, loan, by=by, on=on) for one in loan.counter_guarantees.kept()],
            "papers": [(kind.label, kind not in missing) for kind in wanted],
            "recommended_day": day(loan.recommended_on) or BLANK_DAY,
            "visit": visit,
            "opinions": [_opinion(department, opinions.get(department.value), signed) for department in Department],
            "reviews": [
                ("初审", loan.review_note, _signature(loan.reviewed_by, "first_review", signed), loan.reviewed_on),
                ("复核", loan.confirm_note, _signature(loan.confirmed_by, "second_review", signed), loan.confirmed_on),
                ("审定", loan.approve_note, _signature(loan.approved_by, "approve", signed), loan.approved_on),
            ],
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/application_form.html", context)


def _opinion(department, opinion, signed):
    return department.label, opinion, opinion and _signature(opinion.signed_by, "loan.opinion", signed)


def _signature(person, act, signed):
    return signature(person, signed.get((act, person and person.pk)))


def receipt(loan, *, base_url, on, back=None):
    """The 受理回执: case number, what is missing, whom to ask, by when. Of one return, or of how the case stands now."""
    back = back or queries.open_return(loan)
    with translation.override("zh-hans"):
        missing = [Paper.Kind(kind).label for kind in back.missing] if back else [kind.label for kind in queries.papers_needed(loan)[1]]
        days = ANSWER_WITHIN if missing else sum(queries.step_limits(on).get(step, 0) for step in ("applied", "recommended"))
        context = {
            "loan": loan,
            "scheme": scheme(loan.applied_on),
            "person": loan.applicant,
            "missing": missing,
            "back": back,
            "answer_by": back.answer_by if back else add_working_days(loan.applied_on, days, days_kept()),
            "on": on,
            "officer": loan.officer or loan.applied_by,
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/acceptance_receipt.html", context)


def scheme(on):
    """What the loans are called on papers of a day."""
    return "创业担保贷款" if on >= RENAMED else "小额担保贷款"


def _number(person, *, by, on):
    """The whole number where this user may see it, else masked; an enterprise's is public."""
    if person.is_enterprise:
        return person.masked_number
    try:
        return reveal_identity(applicant=person, by=by, on=on)
    except NotYours:
        return person.masked_number


def _guarantee(one, loan, *, by, on):
    if one.identity_number:
        note("identity.seen", subject=loan, by=by, on=on, name=one.name)
    shown = ("name", "employer", "phone", "thing", "certificate", "owner", "value", "reason")
    return {"kind": one.get_kind_display(), "number": one.identity_number or "", **{field: getattr(one, field) for field in shown}}


def case_code(loan, base_url):
    """The QR code that opens a case."""
    return qr(base_url.rstrip("/") + reverse("loans:case", args=[loan.number]))
