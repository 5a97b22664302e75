"""A contract or IOU number that was entered wrongly: the bank names the right one, a second person of the office confirms it against the paper."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.actions.leaving import ReasonMissing
from loans.models import CorrectedNumber, Loan
from loans.numbers import FIELDS, Which
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused

CONSTRAINTS = {Which.CONTRACT: "loan_contract_once_per_bank", Which.IOU: "loan_iou_once_per_bank"}


class NumberTaken(Refused):
    """Banks give every contract and IOU number once."""

    title = _("This number belongs to another case")
    about = ("now",)


class NothingToCorrect(Refused):
    """A correction names another number than the one on record, of a paper that is there."""

    title = _("Nothing to correct")
    about = ("now",)


class CorrectionWaits(Refused):
    """One correction of a number waits at a time."""

    title = _("A correction waits already")


@transaction.atomic
def ask_correction(*, loan, which, now, reason, by, on):
    """Name the right number of a contract or an IOU; it counts once a second person has confirmed it."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("ask_correction", loan=loan, by=by)
    refuse_number(loan, which, now)
    if not reason.strip():
        raise ReasonMissing(_gettext("Say how the wrong number came about."))
    waits = CorrectionWaits(_gettext("A correction of this number of case %(number)s waits already.") % {"number": loan.number})
    said = {"which": which, "was": getattr(loan, FIELDS[Which(which)]), "now": now, "reason": reason}
    with refusing("number_corrected_once_at_a_time", waits):
        asked = CorrectedNumber.objects.create(loan=loan, **said, asked_on=on, asked_by=by)
    note("number.asked", subject=loan, by=by, on=on, which=str(which), was=asked.was, now=now, words=reason)
    return asked


@transaction.atomic
def confirm_correction(*, loan, which, by, on):
    """Confirm the correction that waits: from now on the case bears the right number, and is found by the wrong one too."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("confirm_correction", loan=loan, by=by)
    asked = _waiting(loan, which)
    refuse_number(loan, asked.which, asked.now, instead_of=asked.was)
    asked.confirmed_on, asked.confirmed_by = on, by
    asked.save()
    setattr(loan, FIELDS[Which(asked.which)], asked.now)
    with refusing(CONSTRAINTS[Which(asked.which)], _taken(loan, asked.now)):
        loan.save(update_fields=[FIELDS[Which(asked.which)]])
    note("number.corrected", subject=loan, by=by, on=on, which=asked.which, was=asked.was, now=asked.now, words=asked.reason)
    return loan


@transaction.atomic
def refuse_correction(*, loan, which, reason, by, on):
    """Send a correction back: the number on record stays."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("refuse_correction", loan=loan, by=by)
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why the number on record stays."))
    asked = _waiting(loan, which)
    asked.refused_on, asked.refused_by, asked.refusal = on, by, reason
    asked.save()
    note("number.kept", subject=loan, by=by, on=on, which=asked.which, was=asked.was, now=asked.now, words=reason)
    return asked


def refuse_number(loan, which, now, *, instead_of=None):
    """Refuses a number that is no other than the one on record, that is not on record any more, or that another case of the bank bears."""
    which = Which(which)
    was = getattr(loan, FIELDS[which])
    if was is None or was == now or instead_of not in (None, was):
        said = {"number": loan.number, "which": which.label, "was": was or "—"}
        raise NothingToCorrect(_gettext("%(which)s of case %(number)s on record is %(was)s.") % said)
    if Loan.objects.filter(bank=loan.bank_id, **{FIELDS[which]: now}).exists():
        raise _taken(loan, now)


def _waiting(loan, which):
    asked = loan.corrected_numbers.waiting().filter(which=which).first()
    if asked is None:
        raise NothingToCorrect(_gettext("No correction of this number of case %(number)s waits.") % {"number": loan.number})
    return asked


def _taken(loan, now):
    return NumberTaken(_gettext("%(bank)s has given the number %(now)s to another case.") % {"bank": loan.bank, "now": now})
