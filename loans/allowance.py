"""What an applicant may have, worked out while the form is still being filled in."""

from dataclasses import replace

from applicants import identity
from applicants import queries as applicants
from applicants.models import Group
from loans import known as register
from loans import lending_rules, queries, rulebook, terms_words
from loans.eligibility import Asking, reasons_against
from loans.models import BorrowerKind
from staff.errors import Refused


def allowance(data, *, on):
    """The rule card for what is typed so far, and every reason against it. `data` is the form's cleaned data, as far as there is any."""
    kind = data.get("borrower_kind") or BorrowerKind.INDIVIDUAL
    rules = lending_rules.in_force(on, kind=kind)
    asking = _asking(data, kind, rules, on)
    terms = queries.terms_for(kind=kind, groups=sorted(asking.groups), on=on)
    lines = terms_words.said(terms.as_data(), rates=rulebook.all_rates(), on=on, term=data.get("term") or 24, partners=data.get("partners"))
    whole = data.get("group") and data.get("amount") and data.get("term")
    return {
        "lines": lines,
        "warnings": terms.as_data()["warnings"],
        "reasons": reasons_against(asking, terms, rules, on) if whole else [],
        "cap": terms.cap(data.get("partners")),
        "bank": data.get("bank"),
        "amount": data.get("amount"),
    }


def known(kind, number, on):
    """The applicant already registered under this number, or None; refuses (WrongNumber) what cannot be one."""
    return applicants.enterprise_by_number(number) if kind == BorrowerKind.ENTERPRISE else applicants.person_by_number(number, on=on)


def _who(data, kind, on):
    """The registered applicant, and what the number itself says; Nones while it is not right yet."""
    person = data.get("applicant")
    number = person.identity_number if person else data.get("number", "")
    try:
        return person or known(kind, number, on), None if kind == BorrowerKind.ENTERPRISE else identity.parse(number, on=on)
    except Refused:
        return person, None


def _asking(data, kind, rules, on):
    person, card = _who(data, kind, on)
    asked = {
        "kind": str(kind),
        "amount": data.get("amount") or 0,
        "term": data.get("term") or 0,
        "group": data.get("group") or "",
        "trade": data.get("trade") or "",
        "project": data.get("project") or "",
        "partners": data.get("partners"),
        "siyb_excellent": bool(data.get("siyb_excellent")),
        "new_hires": data.get("new_hires"),
    }
    if person:
        asking = register.asking(applicant=person, rules=rules, on=on, community=data.get("community"), **asked)
    else:
        asking = Asking(groups=frozenset(), born=card and card.born, **asked)
    staff = data.get("staff_in_post") if kind == BorrowerKind.ENTERPRISE else None
    return replace(_with_typed(asking, data, card, rules), staff=staff or asking.staff)


def _with_typed(asking, data, card, rules):
    """The groups that the form names count as far as the papers that it names prove them."""
    typed = {group: "" for group in data.get("other_groups", ()) if group} | ({asking.group: data.get("group_proof") or ""} if asking.group else {})
    good, stale = set(asking.groups), dict(asking.stale)
    for group, paper in typed.items():
        if paper and not register.proves(group, paper, rules):
            stale[group] = paper
            good.discard(group)
        elif paper or group not in stale:
            good.add(group)
            stale.pop(group, None)
    if card and card.sex == identity.Sex.FEMALE:
        good.add(Group.WOMAN.value)
    if data.get("zero_employment_proof"):
        good.add(Group.ZERO_EMPLOYMENT_FAMILY.value)
    if not asking.siyb_excellent:
        good.discard(Group.SIYB_EXCELLENT.value)
    return replace(asking, groups=frozenset(good | ({Group.SIYB_EXCELLENT.value} if asking.siyb_excellent else set())), stale=stale)
