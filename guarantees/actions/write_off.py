"""A loss that cannot be recovered is written off: proposed with its papers, signed by finance and the director. It is not forgiven."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.actions.checked import bring, check, papers_are_complete, sign
from guarantees.actions.compensation import StandsUnderOthers
from guarantees.actions.locks import has_reason, locked
from guarantees.models import Recovery, WriteOff
from loans import acts, states
from loans.money import fen
from loans.states import State
from repayments import ledger
from repayments.actions import HasAnotherCase
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused


class WriteOffIsOpen(Refused):
    """One proposal after the other: the last waits for its signatures."""

    title = _("A write-off is under way")


class NoOpenWriteOff(Refused):
    """Nothing is proposed to be written off."""

    title = _("No write-off is under way")


@transaction.atomic
def propose_write_off(*, loan, cause, reason, by, on, papers=()):
    """The loan officer proposes to write off what the borrower still owes the fund, with the papers that show why."""
    _account, loan = locked(loan)
    acts.permit("propose_write_off", loan=loan, by=by)
    has_reason(reason)
    again = WriteOffIsOpen(_gettext("A write-off of case %(number)s waits for its signatures.") % {"number": loan.number})
    with refusing("write_off_one_open_per_loan", again):
        made = WriteOff.objects.create(loan=loan, cause=cause, reason=reason, amount=compensation.owed_to_fund(loan), proposed_on=on, proposed_by=by)
    note("write_off.proposed", subject=loan, by=by, on=on, amount=fen(made.amount), cause=str(cause), words=reason)
    bring(made, papers, by=by, on=on)
    return made


@transaction.atomic
def bring_write_off_papers(*, loan, papers, by, on):
    """The loan officer brings what was missing."""
    made = _locked_write_off(loan, "bring_write_off_papers", by=by)
    bring(made, papers, by=by, on=on)
    return made


@transaction.atomic
def check_write_off_papers(*, loan, found, by, on):
    """Finance has looked through the papers."""
    made = _locked_write_off(loan, "check_write_off_papers", by=by)
    check(made, found, by=by, on=on)
    return made


@transaction.atomic
def sign_write_off(*, loan, words, by, on):
    """Sign for finance, then as the director: with the second signature it is booked."""
    made = _locked_write_off(loan, "sign_write_off", by=by)
    has_reason(words)
    papers_are_complete(made)
    sign(made, words, by=by, on=on)
    if not compensation.signatures_missing(made):
        _book(made, by=by, on=on)
    return made


@transaction.atomic
def reject_write_off(*, loan, reason, by, on):
    """Finance or the director is against it: the loss stays in the book as owed."""
    made = _locked_write_off(loan, "reject_write_off", by=by)
    has_reason(reason)
    made.outcome, made.closed_on, made.closed_by, made.closing_reason = WriteOff.Outcome.REJECTED, on, by, reason
    made.save()
    note("write_off.rejected", subject=made.loan, by=by, on=on, reason=reason)
    return made


@transaction.atomic
def reverse_write_off(*, loan, reason, by, on):
    """Undo a write-off by its counter-entry: the borrower owes the fund as before."""
    _account, loan = locked(loan)
    acts.permit("reverse_write_off", loan=loan, by=by)
    has_reason(reason)
    made = loan.write_offs.get(outcome=WriteOff.Outcome.BOOKED)
    if Recovery.objects.filter(loan=loan, entry__gt=made.entry_id, entry__reversed_by__isnull=True).exists():
        raise StandsUnderOthers(_gettext("Money came back after this was written off; undo those recoveries first."))
    entry = ledger.reverse(made.entry, on=on, by=by, reason=reason)
    made.outcome, made.closing_reason = WriteOff.Outcome.UNDONE, reason
    made.save()
    loan.closed_on = loan.closed_by = None
    another = HasAnotherCase(_gettext("%(name)s has another open case; %(number)s cannot reopen.") % {"name": loan.applicant, "number": loan.number})
    with refusing("loan_one_open_per_person", another):
        states.move(loan, State.COMPENSATED, by=by, on=on, act="reverse_write_off", words=reason)
    return entry


def _locked_write_off(loan, act, *, by):
    _account, loan = locked(loan)
    acts.permit(act, loan=loan, by=by)
    made = compensation.open_write_off(loan)
    if made is None:
        raise NoOpenWriteOff(_gettext("Nothing of case %(number)s is proposed to be written off.") % {"number": loan.number})
    made.loan = loan
    return made


def _book(made, *, by, on):
    """All that is still owed to the fund becomes its loss; recoveries since the proposal have lessened it."""
    loan, owed = made.loan, compensation.owed_to_fund(made.loan)
    made.entry = ledger.post(
        Entry.Kind.WRITE_OFF,
        Posting(Account.OWED_TO_FUND, -owed, loan),
        Posting(Account.WRITTEN_OFF, owed, loan),
        bank=loan.bank,
        reference=f"{loan.number}/write-off-{made.pk}",
        value_date=on,
        on=on,
        by=by,
    )
    made.amount, made.outcome, made.closed_on, made.closed_by = owed, WriteOff.Outcome.BOOKED, on, by
    made.save()
    loan.closed_on, loan.closed_by = on, by
    states.move(loan, State.WRITTEN_OFF, by=by, on=on, act="write_off", amount=fen(owed))
