"""Which applicants and papers a bank's staff may see: those of its own cases. The room that holds cases says which, when the app starts."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from staff.models import Role

_applicants_of: list[Callable[[int], Any]] = []
_case_numbers_of: list[Callable[[int], Any]] = []
_sealed_for: list[Callable[[Any], Q]] = []


def register(*, applicants, case_numbers, sealed):
    """`applicants(bank_id)` and `case_numbers(bank_id)` are subqueries: who has a case at this bank, and under which numbers.

    `sealed(user)` are the papers that this user may not open yet, such as an opinion's signed scan before all three are in.
    """
    _applicants_of.append(applicants)
    _case_numbers_of.append(case_numbers)
    _sealed_for.append(sealed)


def visible_applicants(rows, user):
    """These applicants as far as the user may see them: bank staff those with a case at their own bank."""
    return rows if user.role != Role.BANK else rows.filter(_any("pk", _applicants_of, user.bank_id))


def visible_papers(rows, user):
    """These papers as far as the user may see them: bank staff those of cases of their own bank, and what is kept of its applicants anyway."""
    for sealed in _sealed_for:
        rows = rows.exclude(sealed(user))
    if user.role != Role.BANK:
        return rows
    return rows.filter(_any("case_number", _case_numbers_of, user.bank_id) | (Q(case_number="") & _any("applicant", _applicants_of, user.bank_id)))


def _any(field, subqueries, bank_id):
    nobody = Q(pk__in=[])
    return reduce(or_, (Q(**{f"{field}__in": subquery(bank_id)}) for subquery in subqueries), nobody)
