"""Who stands behind a case, looked at again where it counts: at first review, and under lock at approval."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from loans import known, lending_rules
from loans.eligibility import behind
from staff.errors import Refused


class NotBacked(Refused):
    """The counter-guarantee does not count, or none is named; the refusal holds every reason with its document."""

    title = _("The counter-guarantee does not suffice")

    def __init__(self, reasons):
        super().__init__("; ".join(f"{reason.sentence} ({reason.document})" for reason in reasons))
        self.reasons = reasons


def lock_people(indexes):
    """Let nobody else count these guarantors until the transaction ends; in one order, so that two who name the same two queue up.

    A guarantor need not be registered here, so there is no row to lock: the number's blind index stands for the person.
    """
    with connection.cursor() as cursor:
        for key in sorted({int(index[:15], 16) for index in indexes if index}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def check(loan, *, amount=None, on):
    """Refuses (NotBacked) a locked case whose counter-guarantees do not suffice for this amount by the rules of the day."""
    lock_people(loan.counter_guarantees.kept().values_list("identity_index", flat=True))
    found = behind.reasons(known.of_case(loan, amount=amount or loan.amount_asked, on=on), lending_rules.in_force(on, kind=loan.borrower_kind))
    if found:
        raise NotBacked(found)
