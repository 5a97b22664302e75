"""What is known of an applicant, carried into the application form so that nothing is typed twice."""

from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from applicants.models import Paper
from applicants.queries import household_of
from loans.models import Loan

ENTRY = ("name", "phone", "community", "address", "certificate_number", "legal_representative", "staff_in_post")
BUSINESS = ("project", "trade", "place", "licence")
NUMBERS = ("term", "partners")


def application(applicant, chosen, *, on: date) -> dict[str, Any]:
    """The form's first values: the entry, the group with its proof, the last case's business, and what was chosen on the page before."""
    membership = applicant.memberships.filter(group=chosen.get("group", "")).first()
    last = Loan.objects.filter(applicant=applicant).select_related("spouse").first()
    found = {name: getattr(applicant, name) for name in ENTRY} | _business(last)
    if membership and not (membership.valid_until and membership.valid_until < on):
        found |= {"group_proof": membership.proof, "group_proof_number": membership.proof_number, "group_valid_until": membership.valid_until}
    return found | _married(applicant, last) | _chosen(chosen)


def papers(applicant) -> dict[str, str]:
    """The papers that are kept of the person anyway, by kind; a scan counts as a copy kept."""
    held = Paper.objects.filter(applicant=applicant, case_number="") if applicant else ()
    return {paper.kind: Paper.Held.COPY_KEPT if paper.held == Paper.Held.SCAN else paper.held for paper in held}


def _married(applicant, last: Loan | None) -> dict[str, Any]:
    """The spouse of the last case, if they live together still."""
    home = household_of(applicant)
    return {"spouse": last.spouse} if last and last.spouse and last.spouse in home else {}


def _business(last: Loan | None) -> dict[str, Any]:
    return {name: getattr(last, name) for name in BUSINESS} if last else {}


def _chosen(chosen) -> dict[str, Any]:
    values: dict[str, Any] = {name: int(chosen[name]) for name in NUMBERS if chosen.get(name, "").isdigit()}
    values |= {name: chosen[name] for name in ("borrower_kind", "group") if chosen.get(name)}
    with suppress(InvalidOperation):
        values |= {"amount": Decimal(chosen["amount"])} if chosen.get("amount") else {}
    return values | ({"siyb_excellent": True} if chosen.get("siyb_excellent") else {})
