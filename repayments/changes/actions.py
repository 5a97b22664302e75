"""A loan is extended, repaid early or repriced: each works out its proposal under the lock, looks, refuses, books, and says so."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.models import Loan
from repayments import actions, ledger, versions
from repayments.changes import proposals
from repayments.models import Extension, RateStep, Schedule
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused

Cause = Schedule.Cause
NOTHING = Decimal("0.00")


class ExtendedAlready(Refused):
    """A loan is extended once."""

    title = _("Extended already")


class ConsentMissing(Refused):
    """An extension needs the borrower's request and the consent of everybody who answers for the loan."""

    title = _("A consent is missing")


class NoRequest(Refused):
    """Only what was asked for is consented to and granted."""

    title = _("No extension was asked for")


class NotAllYet(Refused):
    """Repaid in whole is all that is owed; in part, less."""

    title = _("Not what is owed")
    about = ("principal",)


class StepRefused(Refused):
    """A dated step lies after the contract, once a day, at a rate that a contract may carry."""

    title = _("This step is not possible")


# --- Extension (展期): asked, consented to, granted -------------------------------------------------------------------------------
@transaction.atomic
def ask_extension(*, loan, months, reason, request_day, request_paper, by, on, guarantors_day=None, guarantors_paper=""):
    """Record the borrower's request to repay later, and that those who stand behind the loan consent in writing."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("ask_extension", loan=loan, by=by)
    proposals.extension(loan, months, on)
    if not reason.strip() or not request_paper.strip():
        missing = "request_paper" if reason.strip() else "reason"
        raise ConsentMissing(_gettext("The borrower's request, its number and its reason are missing."), about=missing)
    if proposals.needs_guarantors(loan) and not (guarantors_day and guarantors_paper.strip()):
        raise ConsentMissing(
            _gettext("The guarantors' written consent is missing: its day and its number."), about="guarantors_paper" if guarantors_day else "guarantors_day"
        )
    for day in filter(None, (request_day, guarantors_day)):
        actions.refuse_day(day, first=loan.disbursed_on, on=on)
    asked = {"months": months, "reason": reason, "request_day": request_day, "request_paper": request_paper}
    consent = {"guarantors_day": guarantors_day, "guarantors_paper": guarantors_paper}
    with refusing("extension_once", ExtendedAlready(_gettext("%(number)s was extended before, or an extension has been asked for.") % {"number": loan.number})):
        made = Extension.objects.create(loan=loan, **asked, **consent, asked_on=on, asked_by=by)
    note("extension.asked", subject=loan, by=by, on=on, months=months, paper=request_paper, words=reason)
    return made


@transaction.atomic
def consent_extension(*, loan, bank_day, bank_paper, by, on):
    """The bank consents in writing to an extension that was asked for."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("consent_extension", loan=loan, by=by)
    extension = open_extension(loan)
    proposals.extension(loan, extension.months, on)
    actions.refuse_day(bank_day, first=extension.request_day, on=on)
    if not bank_paper.strip():
        raise ConsentMissing(_gettext("The bank's consent needs its number."), about="bank_paper")
    extension.bank_day, extension.bank_paper, extension.consented_on, extension.consented_by = bank_day, bank_paper, on, by
    extension.save()
    note("extension.consented", subject=loan, by=by, on=on, months=extension.months, paper=bank_paper)
    return extension


@transaction.atomic
def grant_extension(*, loan, by, on):
    """Grant an extension with all consents on record: from today the loan runs to its later maturity."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("grant_extension", loan=loan, by=by)
    extension = open_extension(loan)
    proposal = proposals.extension(loan, extension.months, on)
    extension.decided_on, extension.decided_by, extension.document = on, by, proposals.limit_of(loan).document
    extension.old_maturity, extension.new_maturity = proposal.old.maturity, proposal.new.maturity
    extension.save()
    versions.book(loan, proposal.change, by=by, on=on, reason=extension.reason[:200])
    said = {"months": extension.months, "was": extension.old_maturity, "now": extension.new_maturity, "document": extension.document}
    note("extension.granted", subject=loan, by=by, on=on, **said)
    return extension


@transaction.atomic
def refuse_extension(*, loan, reason, by, on):
    """Do not extend: what was asked for ends, the schedule stays."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("refuse_extension", loan=loan, by=by)
    if not reason.strip():
        raise ConsentMissing(_gettext("This needs its reason in words."), about="reason")
    extension = open_extension(loan)
    extension.ended_on, extension.ended_by, extension.end_reason = on, by, reason
    extension.save()
    note("extension.refused", subject=loan, by=by, on=on, months=extension.months, words=reason)
    return extension


def open_extension(loan):
    """The extension that was asked for and not decided; refuses (NoRequest) where there is none."""
    found = loan.extensions.filter(ended_on=None, decided_on=None).first()
    if found is None:
        raise NoRequest(_gettext("No extension of %(number)s waits for a decision.") % {"number": loan.number})
    return found


def check_can_ask(loan, by):
    """Refuses a second extension, and one at maturity or after it."""
    if loan.extensions.filter(ended_on=None).exists():
        raise ExtendedAlready(_gettext("%(number)s was extended before, or an extension has been asked for.") % {"number": loan.number})


def check_waits_for_bank(loan, by):
    if open_extension(loan).consented_on:
        raise NoRequest(_gettext("The bank has consented to the extension of %(number)s.") % {"number": loan.number})


def check_waits_for_director(loan, by):
    if not open_extension(loan).consented_on:
        raise ConsentMissing(_gettext("The bank has not consented to the extension of %(number)s yet.") % {"number": loan.number})


def check_open(loan, by):
    open_extension(loan)


# --- Early repayment (提前还款) ------------------------------------------------------------------------------------------------------
@transaction.atomic
def repay_early(*, loan, cause, principal, interest, reference, value_date, by, on, penalty=NOTHING):
    """Book a receipt that is more than what is due, with the borrower's choice of how the rest goes on; or of everything owed."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("repay_early", loan=loan, by=by)
    actions.refuse_day(value_date, first=loan.disbursed_on, on=on)
    refuse_other_than_owed(loan, cause, principal)
    proposal = proposals.early_repayment(loan, cause, principal, value_date)
    money = {"principal": principal, "interest": interest, "penalty": penalty}
    entry = actions.receive(loan=loan, **money, reference=reference, value_date=value_date, by=by, on=on)
    loan.refresh_from_db()
    versions.book(loan, proposal.change, by=by, on=on, entry=entry)
    note("schedule.repaid_early", subject=loan, by=by, on=on, cause=str(cause), early=f"{proposal.change.early:.2f}", ends=proposal.new.rows[-1].due)
    return entry


def refuse_other_than_owed(loan, cause, principal):
    """Refuses (NotAllYet) a part that is the whole, and a whole that is a part."""
    owed = ledger.outstanding(loan)
    if (cause == Cause.WHOLE) != (principal == owed):
        said = {"number": loan.number, "owed": f"{owed:,.2f}"}
        words = (
            _gettext("%(number)s owes %(owed)s yuan of principal: in whole is exactly that.")
            if cause == Cause.WHOLE
            else _gettext("%(number)s owes %(owed)s yuan of principal: that is repaid in whole, or less of it in part.")
        )
        raise NotAllYet(words % said)


# --- Steps of the rate ---------------------------------------------------------------------------------------------------------------
@transaction.atomic
def enter_rate_step(*, loan, from_day, rate, document, by, on, remark=""):
    """Enter a dated step of the rate as the contract holds it; rows after it are reckoned anew, booked ones stay."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("enter_rate_step", loan=loan, by=by)
    refuse_step(loan, from_day, rate, document, on=on)
    taken = StepRefused(_gettext("%(number)s has a step on %(day)s already.") % {"number": loan.number, "day": from_day}, about="from_day")
    proposal = proposals.rate_step(loan, from_day, rate, on) if loan.disbursed_on else None
    with refusing("rate_step_once_a_day", taken):
        step = RateStep.objects.create(loan=loan, from_day=from_day, rate=rate, document=document, remark=remark, entered_on=on, entered_by=by)
    if proposal:
        versions.book(loan, proposal.change, by=by, on=on, reason=document, step=step)
    note("rate.stepped", subject=loan, by=by, on=on, day=from_day, rate=f"{rate.normalize():f}", document=document, words=remark)
    return step


def refuse_step(loan, from_day, rate, document, *, on):
    """Refuses (StepRefused) a day outside of the loan, a rate above the ceiling of the contract's own terms on that day, a step without its clause."""
    first, last = loan.disbursed_on or loan.contract_date, loan.maturity
    if from_day <= first or (last and from_day >= last):
        raise StepRefused(
            _gettext("A step lies after %(first)s and before the maturity; %(day)s does not.") % {"first": first, "day": from_day}, about="from_day"
        )
    if not document.strip():
        raise StepRefused(_gettext("Name the clause of the contract, or its paper."), about="document")
    most = proposals.ceiling_on(loan, from_day)
    if not 0 < rate <= most:
        said = {"day": from_day, "most": f"{most.normalize():f}", "rate": f"{rate.normalize():f}"}
        raise StepRefused(_gettext("From %(day)s the rate must be above 0 and at most %(most)s %% a year; %(rate)s is not.") % said, about="rate")
