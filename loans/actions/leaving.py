"""How a case ends before the guarantee is promised: refused by rule, or withdrawn by the applicant."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.models import Loan
from loans.states import State, move
from staff.errors import Refused


class ReasonMissing(Refused):
    """This act needs its reason in words."""

    title = _("The reason is missing")
    about = ("reason", "words")


class RefusalNamesNoRule(Refused):
    """A refusal states the rule it goes by."""

    title = _("The rule is missing")


@transaction.atomic
def refuse(*, loan, rule, reason, by, on):
    """Refuse the application, naming the rule it goes by and the reason."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("refuse", loan=loan, by=by)
    if not rule.strip():
        raise RefusalNamesNoRule(_gettext("Name the document and the rule that this refusal goes by."))
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why the rule stands against this application."))
    return _close(loan, State.REFUSED, f"{rule}: {reason}", by=by, on=on, act="refuse", rule=rule, words=reason)


@transaction.atomic
def withdraw(*, loan, reason, by, on):
    """Close a case because the applicant withdraws it."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("withdraw", loan=loan, by=by)
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why the applicant withdraws."))
    return _close(loan, State.WITHDRAWN, reason, by=by, on=on, act="withdraw", words=reason)


def _close(loan, to, reason, *, by, on, **data):
    loan.closed_on, loan.closed_by, loan.closing_reason = on, by, reason
    return move(loan, to, by=by, on=on, **data)
