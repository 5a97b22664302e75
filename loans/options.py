"""What somebody may apply for today, by each group that counts, before anything is typed: amounts, rules, papers, and all that stands against it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from applicants.models import Group, Paper
from applicants.queries import groups_of, household_of
from loans import checklist, known, lending_rules, queries, rulebook, terms_words
from loans.eligibility import LEAST, Reason, behind, reasons_against
from loans.forms_of_repayment import Form
from loans.models import BorrowerKind
from loans.terms_words import Said

BESIDE = {Group.WOMAN.value, Group.ZERO_EMPLOYMENT_FAMILY.value}  # they count beside whichever group is relied on
TERM = 24  # months, where no document names a term


@dataclass(frozen=True)
class Wanted:
    """One paper that the application needs: "there", "old" (good for an earlier case, or not good any more) or "missing", and what is on file."""

    label: Any
    state: str
    note: Any = ""


@dataclass(frozen=True)
class Option:
    """What may be applied for by one group."""

    label: Any
    lines: list[Said]
    cap: Decimal | None
    subsidised: Decimal | None
    reasons: list[Reason]
    unseen: bool  # the group is on record without the paper that proves it: the card is to be looked at
    proofs: list[str]  # what proves it on this day
    papers: list[Wanted]
    asked_for: Any  # the rule that asks for a counter-guarantee, and the one that lets off
    let_off: Any
    forms: list[Any]
    url: str


def options(applicant, *, kind, on, partners=None):
    """One option a group held; the SIYB's best have theirs beside it."""
    rules = lending_rules.in_force(on, kind=kind)
    held = groups_of(applicant)
    firm = kind == BorrowerKind.ENTERPRISE
    relied = [group for group in held if firm or group not in {*BESIDE, Group.SIYB_EXCELLENT.value}] or [group for group in held if group in BESIDE]
    found = [_option(applicant, group, kind, rules, on, partners, siyb=False) for group in relied]
    if not firm and known.siyb_of(applicant, on)["siyb_selected"]:
        found += [_option(applicant, relied[0] if relied else Group.SIYB_EXCELLENT.value, kind, rules, on, partners, siyb=True)]
    return found


def _option(applicant, group, kind, rules, on, partners, *, siyb):
    asked = {"kind": kind, "group": group, "trade": "", "project": "", "partners": partners, "siyb_excellent": siyb, "new_hires": None}
    asking = known.asking(applicant=applicant, amount=LEAST, term=1, rules=rules, on=on, community=applicant.community, **asked)
    unseen = group in known.unseen(applicant) and group not in asking.groups
    asking = replace(asking, groups=asking.groups | {group}) if unseen else asking
    counted = {group, *(asking.groups & BESIDE), *({Group.SIYB_EXCELLENT.value} if siyb else ())}
    terms = queries.terms_for(kind=kind, groups=sorted(counted), on=on)
    cap, term = terms.cap(partners), terms.term_months.value if terms.term_months else TERM
    against = [reason for reason in reasons_against(asking, terms, rules, on) if kind != BorrowerKind.ENTERPRISE or not _of_hires(reason, terms)]
    most = known.asking(applicant=applicant, amount=cap or LEAST, term=term, rules=rules, on=on, community=applicant.community, **asked)
    return Option(
        label=Group.SIYB_EXCELLENT.label if siyb else Group(group).label,
        lines=terms_words.said(terms.as_data(), rates=rulebook.all_rates(), on=on, term=term, partners=partners),
        cap=cap,
        subsidised=None if cap is None else terms.capped_for_subsidy(cap, partners),
        reasons=against,
        unseen=unseen,
        proofs=list(dict.fromkeys(proof.paper for proof in rules.proofs if proof.group == group)),
        papers=_papers(applicant, kind, group, siyb, asking.stale, married=household_of(applicant).exists()),
        asked_for=behind.asked_for(most, rules),
        let_off=behind.let_off(most, rules),
        forms=[label for form, label in Form.choices if form != Form.CUSTOM],
        url=_apply(applicant, kind, group, siyb, cap, term, partners),
    )


def _of_hires(reason, terms):
    """New hires are counted on the form: before it is filled in, nothing is said against them."""
    return terms.new_hire_share is not None and reason.document in {
        cell.rule.document_no for cell in (terms.new_hire_share, terms.new_hire_share_over_100) if cell
    }


def _papers(applicant, kind, group, siyb, stale, *, married):
    held = list(Paper.objects.filter(applicant=applicant).order_by("added_on", "pk"))
    there = {paper.kind: paper for paper in held if not paper.case_number}
    before = {paper.kind: paper for paper in held if paper.case_number}
    case = checklist.Case(kind, married, siyb, frozenset())
    return [_wanted(paper, there.get(paper), before.get(paper), group, stale) for paper in checklist.wanted(case)]


def _wanted(kind, here, before, group, stale):
    if kind == Paper.Kind.GROUP_PROOF and group in stale:
        return Wanted(kind.label, "old", stale[group])
    if here:
        return Wanted(kind.label, "there", here.get_held_display())
    return Wanted(kind.label, "old", before.case_number) if before else Wanted(kind.label, "missing")


def _apply(applicant, kind, group, siyb, cap, term, partners):
    asked = {"applicant": applicant.pk, "borrower_kind": kind, "group": group, "amount": cap or "", "term": term, "partners": partners or ""}
    return f"{reverse('loans:apply')}?{urlencode({**asked, **({'siyb_excellent': 1} if siyb else {})})}"
