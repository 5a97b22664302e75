"""Which papers a case needs: by kind of borrower, by what was asked for, by who stands behind it (facts.md §3.10). No database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from applicants.models import Paper
from loans.models import BorrowerKind, CounterGuarantee

Kind = Paper.Kind
GUARANTORS = {CounterGuarantee.Kind.CIVIL_SERVANT, CounterGuarantee.Kind.PERSON, CounterGuarantee.Kind.FIRM}


@dataclass(frozen=True)
class Case:
    """What the list of papers depends on."""

    kind: str
    married: bool
    siyb_excellent: bool
    guarantee_kinds: frozenset[str]


def _everybody(case: Case) -> bool:
    return True


def _person(case: Case) -> bool:
    return case.kind != BorrowerKind.ENTERPRISE


def _firm(case: Case) -> bool:
    return case.kind == BorrowerKind.ENTERPRISE


WANTED: tuple[tuple[Paper.Kind, Callable[[Case], bool]], ...] = (
    (Kind.APPLICATION_FORM, _everybody),
    (Kind.IDENTITY_CARD, _everybody),
    (Kind.HOUSEHOLD_BOOK, _person),
    (Kind.MARRIAGE, lambda case: case.married),
    (Kind.SPOUSE_IDENTITY, lambda case: case.married),
    (Kind.GROUP_PROOF, _person),
    (Kind.LICENCE, _everybody),
    (Kind.PREMISES, _everybody),
    (Kind.PROJECT_PLAN, _everybody),
    (Kind.TRAINING_CERTIFICATE, lambda case: case.siyb_excellent),
    (Kind.GUARANTOR_PAPERS, lambda case: bool(case.guarantee_kinds & GUARANTORS)),
    (Kind.STAFF_LIST, _firm),
    (Kind.STATEMENTS, _firm),
)


def wanted(case: Case) -> list[Paper.Kind]:
    """The kinds of paper that this case needs, in the order of the form."""
    return [kind for kind, needed in WANTED if needed(case)]


def missing(case: Case, there: Iterable[str]) -> list[Paper.Kind]:
    """Those of them that are not there yet."""
    there = set(there)
    return [kind for kind in wanted(case) if kind not in there]
