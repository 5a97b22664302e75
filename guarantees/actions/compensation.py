"""The fund pays for a loan, and what comes back is shared: each one entry, and each undone by its counter-entry."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.actions.checked import NotYetYourTurn, named, papers_are_complete
from guarantees.actions.demand import close, locked_demand
from guarantees.actions.locks import has_reason, locked
from guarantees.actions.suspension import suspend_if_reached
from guarantees.models import Compensation, Demand, Recovery
from guarantees.sharing import Parts, cut, give_back
from loans import acts, states
from loans.money import fen
from loans.states import State
from repayments import ledger
from repayments.actions import AmountRefused, HasAnotherCase, NotAReceipt, RepaidMoreThanOwed, free_reference, refuse_day
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff.db import refusing
from staff.errors import Refused


class FundTooSmall(Refused):
    """The fund pays at most what lies in its account at the bank."""

    title = _("The fund account does not hold enough")


class NothingToPay(Refused):
    """The borrower has repaid, or the agreement leaves nothing to the fund."""

    title = _("Nothing to pay")


class StandsUnderOthers(Refused):
    """What later entries rest on is not undone before them."""

    title = _("Later entries rest on this one")


def payment(asked):
    """What paying this demand now would mean: (principal outstanding, compensated for, interest, who bears which part).

    The preview and the booking both ask here. Refuses (NothingToPay, FundTooSmall).
    """
    loan = asked.loan
    agreement = compensation.agreement_of(loan.bank, asked.demanded_on)
    outstanding = ledger.outstanding(loan)
    principal, interest = min(asked.principal, outstanding), asked.interest if agreement.covers_interest else ledger.NOTHING
    if not principal:
        raise NothingToPay(_gettext("Case %(number)s owes no principal any more.") % {"number": loan.number})
    parts = cut(agreement, outstanding=outstanding, principal=principal, interest=interest)
    if parts.fund <= 0:
        raise NothingToPay(_gettext("By %(agreement)s the fund bears nothing of this loss.") % {"agreement": agreement.document_number})
    there = ledger.balance(Account.FUND, bank=loan.bank)
    if parts.fund > there:
        raise FundTooSmall(
            _gettext("The fund account at %(bank)s holds %(there)s yuan; %(wanted)s are to be paid. It never falls below zero.")
            % {"bank": loan.bank, "there": f"{there:,.2f}", "wanted": f"{parts.fund:,.2f}"}
        )
    return outstanding, principal, interest, parts


@transaction.atomic
def pay_compensation(*, loan, day, document, by, on):
    """Pay the bank by the agreed shares: the loan leaves the guaranteed balance whole, and the borrower now owes the fund."""
    account, loan = locked(loan)
    asked = locked_demand(loan, "pay_compensation", by=by)
    loan = asked.loan
    papers_are_complete(asked)
    if missing := compensation.signatures_missing(asked):
        raise NotYetYourTurn(_gettext("Still to be signed before: %(parts)s.") % {"parts": named(missing)})
    refuse_day(day, first=max(asked.signatures.values_list("signed_on", flat=True)), on=on)
    outstanding, principal, interest, parts = payment(asked)
    entry = ledger.post(
        Entry.Kind.COMPENSATION,
        Posting(Account.FUND, -parts.fund),
        Posting(Account.AGENCY_SHARE, -parts.agency),
        Posting(Account.OWED_TO_FUND, parts.paid, loan),
        Posting(Account.PRINCIPAL, -outstanding, loan),
        Posting(Account.BANK_MONEY, parts.paid),
        Posting(Account.BANK_SHARE, parts.bank_principal, loan),
        Posting(Account.COMPENSATED_INTEREST, -parts.interest, loan),
        bank=loan.bank,
        reference=free_reference(loan.bank, document),
        value_date=day,
        on=on,
        by=by,
    )
    paid = Compensation.objects.create(
        demand=asked,
        loan=loan,
        day=day,
        document=document,
        outstanding=outstanding,
        principal=principal,
        interest=interest,
        fund=parts.fund,
        agency=parts.agency,
        bank=parts.bank,
        agreement=compensation.agreement_of(loan.bank, asked.demanded_on).document_number,
        entry=entry,
        booked_on=on,
        booked_by=by,
    )
    close(asked, Demand.Outcome.PAID, by=by, on=on)
    states.move(loan, State.COMPENSATED, by=by, on=on, act="pay_compensation", amount=fen(parts.paid), document=document)
    suspend_if_reached(account, by=by, on=on)
    return paid


@transaction.atomic
def reverse_compensation(*, loan, reason, by, on):
    """Undo a payment by its counter-entry: the loan is being repaid to the bank again, and the demand waits to be paid."""
    _account, loan = locked(loan)
    acts.permit("reverse_compensation", loan=loan, by=by)
    has_reason(reason)
    paid = compensation.compensation_of(loan)
    if compensation.standing_recoveries(paid).exists() or compensation.open_write_off(loan):
        raise StandsUnderOthers(_gettext("Recoveries, or a write-off under way, rest on payment %(document)s; undo them first.") % {"document": paid})
    entry = ledger.reverse(paid.entry, on=on, by=by, reason=reason)
    close(paid.demand, "", by=None, on=None)
    states.move(loan, State.LIVE, by=by, on=on, act="reverse_compensation", words=reason)
    return entry


def shared(paid, amount):
    """How a recovery of this amount would be cut. The preview and the booking both ask here; refuses more than is owed."""
    if amount <= 0:
        raise AmountRefused(_gettext("The amount must be above zero."))
    owed = compensation.still_owed(paid)
    if amount > owed:
        raise RepaidMoreThanOwed(
            _gettext("%(number)s still owes %(owed)s yuan in all; %(paid)s cannot be booked as recovered.")
            % {"number": paid.loan.number, "owed": f"{owed:,.2f}", "paid": f"{amount:,.2f}"}
        )
    return give_back(amount, borne=compensation.borne(paid), had=compensation.had_back(paid))


@transaction.atomic
def record_recovery(*, loan, amount, source, day, document, remark="", by, on):
    """Book money that came back, cut by the shares of the loss; the last fen of it closes the case. Returns the recovery."""
    _account, loan = locked(loan)
    acts.permit("record_recovery", loan=loan, by=by)
    paid = compensation.compensation_of(loan)
    refuse_day(day, first=paid.day, on=on)
    parts = shared(paid, amount)
    entry = _post_recovery(loan, parts, document, day, by=by, on=on)
    made = Recovery.objects.create(
        loan=loan,
        compensation=paid,
        source=source,
        day=day,
        document=document,
        remark=remark,
        amount=amount,
        fund=parts.fund,
        agency=parts.agency,
        bank=parts.bank,
        entry=entry,
        recorded_on=on,
        recorded_by=by,
    )
    if not compensation.still_owed(paid):
        loan.closed_on, loan.closed_by = day, by
        states.move(loan, State.RECOVERED, by=by, on=on, act="recovered")
    return made


def _post_recovery(loan, parts: Parts, document, day, *, by, on):
    given_up = loan.state == State.WRITTEN_OFF
    return ledger.post(
        Entry.Kind.RECOVERY,
        Posting(Account.FUND, parts.fund),
        Posting(Account.AGENCY_SHARE, parts.agency),
        Posting(Account.WRITTEN_OFF if given_up else Account.OWED_TO_FUND, -parts.paid, loan),
        Posting(Account.BANK_MONEY, parts.bank),
        Posting(Account.BANK_SHARE, -parts.bank_principal, loan),
        Posting(Account.INTEREST, -parts.bank_interest, loan),
        bank=loan.bank,
        reference=free_reference(loan.bank, document),
        value_date=day,
        on=on,
        by=by,
    )


@transaction.atomic
def reverse_recovery(*, recovery, reason, by, on):
    """Undo a recovery by its counter-entry; a case that it had closed is open again, or written off as before."""
    _account, loan = locked(recovery.loan)
    acts.permit("reverse_recovery", loan=loan, by=by)
    has_reason(reason)
    written_off = loan.write_offs.filter(outcome="booked").first()
    _refuse_buried(recovery, loan, written_off)
    entry = ledger.reverse(recovery.entry, on=on, by=by, reason=reason)
    if loan.state == State.RECOVERED:
        _reopen(loan, written_off, reason, by=by, on=on)
    return entry


def _refuse_buried(recovery, loan, written_off):
    """What was written off was what had not come back by then: earlier recoveries stand under it."""
    if recovery.loan_id != loan.pk or recovery.entry.kind != Entry.Kind.RECOVERY:
        raise NotAReceipt(_gettext("Entry %(reference)s is no recovery.") % {"reference": recovery.entry.reference})
    if (written_off and recovery.entry_id < written_off.entry_id) or compensation.open_write_off(loan):
        raise StandsUnderOthers(_gettext("A write-off rests on what had come back by then; undo it first."))


def _reopen(loan, written_off, reason, *, by, on):
    loan.closed_on, loan.closed_by = (written_off.closed_on, written_off.closed_by) if written_off else (None, None)
    another = HasAnotherCase(_gettext("%(name)s has another open case; %(number)s cannot reopen.") % {"name": loan.applicant, "number": loan.number})
    with refusing("loan_one_open_per_person", another):
        states.move(loan, State.WRITTEN_OFF if written_off else State.COMPENSATED, by=by, on=on, act="reverse_recovery", words=reason)
