"""Who sees which cases: the one place that says it."""

from staff.models import Role


def visible(rows, user, *, bank="bank"):
    """These rows as far as the user may see them: bank staff those of their own bank (reached by the lookup `bank`), all others everything."""
    if user.role == Role.BANK:
        return rows.filter(**{bank: user.bank_id})
    return rows


def sees_bank(user, bank_id):
    """May this user see what belongs to this bank?"""
    return user.role != Role.BANK or user.bank_id == bank_id
