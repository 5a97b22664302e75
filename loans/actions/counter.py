"""Everything that happens at the counter in one go, so that nothing of it stays when the application is refused."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from applicants import actions as register
from applicants import queries as applicants
from applicants.queries import groups_of
from loans.actions.application import apply
from loans.models import BorrowerKind


class Proof(NamedTuple):
    """A group, and what proves it."""

    group: str
    proof: str = ""
    proof_number: str = ""
    valid_until: date | None = None


class Spouse(NamedTuple):
    """Who the applicant is married to."""

    name: str
    identity_number: str


@transaction.atomic
def take_application(*, borrower_kind, number, entry, groups=(), spouse=None, zero_employment_proof="", papers=(), by, on, **application):
    """Register the applicant, or correct the entry; add groups, household and papers; take the application. All of it, or nothing.

    `entry` is what the register is to say (name, phone, …), `papers` are (kind, how it is held).
    """
    applicant = _entered(borrower_kind, number, entry, by=by, on=on)
    for proof in groups:
        _proved(applicant, proof, by=by, on=on)
    if zero_employment_proof:
        register.mark_zero_employment(applicant=applicant, proof=zero_employment_proof, by=by, on=on)
    partner = _married(spouse, entry, by=by, on=on) if spouse else None
    applicant.refresh_from_db()
    loan = apply(applicant=applicant, borrower_kind=borrower_kind, spouse=partner, by=by, on=on, **application)
    for kind, held in papers:
        register.attach_paper(applicant=applicant, kind=kind, held=held, case_number=loan.number, by=by, on=on)
    return loan


def _proved(applicant, proof, *, by, on):
    """A group that is new is added; another paper for one that was proved before takes the place of the old paper."""
    before = applicant.memberships.filter(group=proof.group).first()
    if before is None and proof.group not in groups_of(applicant):
        register.add_group(applicant=applicant, **proof._asdict(), by=by, on=on)
    elif before and proof.proof and (before.proof, before.proof_number) != (proof.proof, proof.proof_number):
        register.renew_proof(applicant=applicant, **proof._asdict(), by=by, on=on)


def _entered(borrower_kind, number, entry, *, by, on):
    firm = borrower_kind == BorrowerKind.ENTERPRISE
    known = applicants.enterprise_by_number(number) if firm else applicants.person_by_number(number, on=on)
    if known:
        return register.correct(applicant=known, by=by, on=on, **entry)
    if firm:
        return register.register_enterprise(registration_number=number, by=by, on=on, **entry)
    return register.register_person(identity_number=number, by=by, on=on, **entry)


def _married(spouse, entry, *, by, on):
    known = applicants.person_by_number(spouse.identity_number, on=on)
    if known:
        return known
    home = {"community": entry["community"], "address": entry["address"]}
    return register.register_person(name=spouse.name, identity_number=spouse.identity_number, **home, by=by, on=on)
