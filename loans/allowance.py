"""What an applicant may have, worked out while the form is still being filled in."""

from applicants import identity
from applicants import queries as applicants
from applicants.models import Group
from loans import queries, rulebook, terms_words
from loans.eligibility import Asking, reasons_against
from loans.models import BorrowerKind, Loan
from staff.errors import Refused


def allowance(data, *, on):
    """The rule card for what is typed so far, and every reason against it. `data` is the form's cleaned data, as far as there is any."""
    kind = data.get("borrower_kind") or BorrowerKind.INDIVIDUAL
    person, card = _who(kind, data.get("number", ""), on)
    groups = _groups(person, card, data)
    terms = queries.terms_for(kind=kind, groups=sorted(groups), on=on)
    lines = terms_words.said(terms.as_data(), rates=rulebook.all_rates(), on=on, term=data.get("term") or 24, partners=data.get("partners"))
    return {
        "lines": lines,
        "warnings": terms.as_data()["warnings"],
        "reasons": _reasons(data, kind, person, card, groups, terms, on),
        "cap": terms.cap(data.get("partners")),
        "bank": data.get("bank"),
        "amount": data.get("amount"),
    }


def known(kind, number, on):
    """The applicant already registered under this number, or None; refuses (WrongNumber) what cannot be one."""
    return applicants.enterprise_by_number(number) if kind == BorrowerKind.ENTERPRISE else applicants.person_by_number(number, on=on)


def _who(kind, number, on):
    """The registered applicant, and what the number itself says; Nones while it is not right yet."""
    try:
        return known(kind, number, on), None if kind == BorrowerKind.ENTERPRISE else identity.parse(number, on=on)
    except Refused:
        return None, None


def _groups(person, card, data):
    groups = set(applicants.groups_of(person)) if person else set()
    groups |= {data.get("group") or "", *data.get("other_groups", ())} - {""}
    if card and card.sex == identity.Sex.FEMALE:
        groups.add(Group.WOMAN.value)
    if data.get("zero_employment_proof"):
        groups.add(Group.ZERO_EMPLOYMENT_FAMILY.value)
    groups.discard(Group.SIYB_EXCELLENT.value)
    return groups | {Group.SIYB_EXCELLENT.value} if data.get("siyb_excellent") else groups


def _reasons(data, kind, person, card, groups, terms, on):
    if not data.get("group") or not data.get("amount") or not data.get("term"):
        return []
    own = Loan.objects.open().filter(applicant=person) if person else Loan.objects.none()
    home = Loan.objects.open().of_household(person).exclude(applicant=person) if person else Loan.objects.none()
    asking = Asking(
        kind=kind,
        amount=data["amount"],
        term=data["term"],
        group=data["group"],
        groups=frozenset(groups),
        trade=data.get("trade") or "",
        project=data.get("project") or "",
        born=card and card.born,
        partners=data.get("partners"),
        siyb_excellent=bool(data.get("siyb_excellent")),
        siyb_selected=bool(person) and queries.siyb_selected(person, on),
        staff=data.get("staff_in_post") if kind == BorrowerKind.ENTERPRISE else None,
        new_hires=data.get("new_hires"),
        own_open=tuple(own.values_list("number", flat=True)),
        household_open=tuple(home.values_list("number", flat=True)),
    )
    return reasons_against(asking, terms, queries.other_rules(on), on)
