"""The year's ten best trainees: who is ranked, in which order, and how many are chosen. No database, no clock.

The rule is the office's own: "yearly exam picks the ten best trainees" (the article on the office); its cells are in domain.md §2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Rule:
    """From which year on so many are chosen, and what a trainee needs to be ranked. The latest row not after a year applies."""

    from_year: int
    places: int
    attendance: Decimal  # per cent of the hours, at least
    exam: Decimal  # marks, at least
    plan: Decimal


RULES = (Rule(2004, 10, Decimal(90), Decimal(60), Decimal(60)),)


@dataclass(frozen=True)
class Candidate:
    """One trainee of the year with what the rule looks at."""

    trainee: int
    attendance: Decimal | None
    exam: Decimal | None
    plan: Decimal | None
    birth_date: date
    identity_number: str


@dataclass(frozen=True)
class Ranked:
    """A trainee's place in the year's list, and whether it is one of the chosen."""

    rank: int
    trainee: int
    selected: bool


def rule_of(year: int) -> Rule:
    """The rule of this year; of an earlier year than any, the first."""
    return max((rule for rule in RULES if rule.from_year <= year), key=lambda rule: rule.from_year, default=RULES[0])


def qualifies(candidate: Candidate, rule: Rule) -> bool:
    """May this trainee be ranked? A mark that is not known does not qualify."""
    marks = ((candidate.attendance, rule.attendance), (candidate.exam, rule.exam), (candidate.plan, rule.plan))
    return all(mark is not None and mark >= least for mark, least in marks)


def ranked(candidates: Iterable[Candidate], rule: Rule) -> list[Ranked]:
    """Those who qualify, best exam first; ties by business plan, then earlier birth date, then identity number.

    Who sat in two classes of the year is ranked once, by the better one.
    """
    order = sorted((c for c in candidates if qualifies(c, rule)), key=_place)
    persons = {c.identity_number: c for c in reversed(order)}
    best = [c for c in order if persons[c.identity_number] is c]
    return [Ranked(rank, c.trainee, rank <= rule.places) for rank, c in enumerate(best, start=1)]


def _place(candidate):
    return (-candidate.exam, -candidate.plan, candidate.birth_date, candidate.identity_number)
