"""Questions about applicants: who is it, which groups, which papers. All bounded by what the user may see."""

import re
import unicodedata

from django.db.models import Q

from applicants import identity
from applicants.encryption import blind_index
from applicants.models import Applicant, Group, Paper
from applicants.scope import visible_applicants, visible_papers

AT_MOST = 20  # of a search; more is not read


def find(user, text):
    """Applicants by name, pinyin, initials, whole identity number, its last four, registration number or telephone; best first."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    if len(text) < 2:
        return Applicant.objects.none()
    return visible_applicants(Applicant.objects.filter(_matching(text)).select_related("community"), user).order_by("name", "pk")


def person_by_number(number, *, on=None):
    """The person with this identity number, or None; refuses (WrongNumber) what cannot be one."""
    card = identity.parse(number, on=on)
    return Applicant.objects.filter(identity_index=blind_index(card.number)).first()


def enterprise_by_number(number):
    """The enterprise with this credit code or old licence number, or None; refuses (WrongNumber) what cannot be one."""
    kind, cleaned = identity.parse_registration(number)
    column = "credit_code" if kind == identity.Registration.CREDIT_CODE else "licence_number"
    return Applicant.objects.filter(**{column: cleaned}).first()


def groups_of(applicant):
    """Every group that an applicant is in: by proof, by the household, and women by their identity number."""
    groups = set(applicant.memberships.values_list("group", flat=True))
    if applicant.sex == Applicant.Sex.FEMALE:
        groups.add(Group.WOMAN.value)
    if applicant.household and applicant.household.zero_employment:
        groups.add(Group.ZERO_EMPLOYMENT_FAMILY.value)
    return [group for group in Group.values if group in groups]


def household_of(applicant):
    """The others in this person's household."""
    if applicant.household_id is None:
        return Applicant.objects.none()
    return Applicant.objects.filter(household=applicant.household_id).exclude(pk=applicant.pk)


def papers_of(user, applicant, case_number=""):
    """The papers of a person that this user may see; with a case number those of the case and those kept of the person anyway."""
    papers = Paper.objects.filter(applicant=applicant).select_related("added_by")
    if case_number:
        papers = papers.filter(case_number__in=["", case_number])
    return visible_papers(papers, user)


def _matching(text):
    upper = text.upper()
    if re.fullmatch(r"[A-Z·'’.-]+", upper):
        return Q(pinyin__startswith=text.lower()) | Q(initials__startswith=text.lower()) | Q(name__icontains=text)
    matching = Q(name__icontains=text) | Q(credit_code=upper) | Q(licence_number=upper)
    if re.fullmatch(r"\d{3}[0-9X]", upper):
        matching |= Q(last_four_index=blind_index(upper, purpose="last4"))
    if re.fullmatch(r"\d{5,}", text):
        matching |= Q(phone__startswith=text)
    if re.fullmatch(r"\d{17}[0-9X]", upper):
        matching |= Q(identity_index=blind_index(upper))
    if re.fullmatch(r"\d{15}", text):
        matching |= Q(identity_index=blind_index(identity.lengthened(text)))
    return matching
