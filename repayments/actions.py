"""What changes a loan's money after approval, and the visits: each locks, looks, refuses, posts, moves on."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts, states
from loans.actions import ReasonMissing
from loans.models import Loan, Venture
from loans.money import fen
from loans.states import State
from repayments import ledger, left_over, queries, versions
from repayments import penalty as penalties
from repayments.ledger import Posting
from repayments.models import Account, Entry, Line, Schedule, Visit
from repayments.schedule import maturity
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Role
from staff.scope import sees_bank

NOTHING = Decimal("0.00")
PENALTY = Decimal("1.5")  # banks charge overdue principal up to one and a half times the contract's rate (facts.md §3.9)


class AmountRefused(Refused):
    """Amounts are not below zero, and something must have moved."""

    title = _("This amount cannot be booked")
    about = ("amount", "principal")


class RepaidMoreThanOwed(Refused):
    """A receipt above what is owed is refused unless the surplus is marked as an overpayment."""

    title = _("More than is owed")
    about = ("amount", "principal")


class DayRefused(Refused):
    """A money day lies between the loan's beginning and the office's date."""

    title = _("This day is not possible")
    about = ("value_date", "day", "contract_date", "bank_day", "request_day", "paid_on")


class NotAReceipt(Refused):
    """Only a receipt is undone this way."""

    title = _("Only receipts can be reversed")


class RefundedAlready(Refused):
    """The overpayment of this receipt has gone back to the borrower."""

    title = _("Already refunded")


class HasAnotherCase(Refused):
    """A person has one open case; a settled loan cannot reopen beside it."""

    title = _("Another case is open")


class ReportedOtherwise(Refused):
    """What a bank reported stands; another report under its number is a mistake on one side."""

    title = _("Reported before with other content")
    about = ("reference",)


class IouTaken(Refused):
    """Banks give every IOU number once."""

    title = _("IOU number already used")
    about = ("iou_number",)


# --- Who -----------------------------------------------------------------------------------------------------------------
def only_bank_of(loan, by):
    """Refuses (NotYours) anybody but a credit officer of the loan's own bank."""
    if by.role != Role.BANK or not sees_bank(by, loan.bank_id):
        raise NotYours(_gettext("Only %(bank)s reports on case %(number)s.") % {"bank": loan.bank, "number": loan.number})


def only_roles(by, *roles):
    """Refuses (NotYours) a person whose role is none of these."""
    if by.role not in roles:
        allowed = _gettext(", ").join(str(Role(role).label) for role in roles)
        raise NotYours(_gettext("This is for: %(roles)s.") % {"roles": allowed})


# --- The loan begins -------------------------------------------------------------------------------------------------------
def open_loan(*, loan, day, amount, iou_number, by, on, given=None):
    """Book a disbursement on a locked loan: the money goes out, the schedule is fixed, the venture opens.

    Part of guarantees.actions.confirm_disbursement, which holds the fund's lock and frees the promise.
    """
    plan = versions.first_rows(loan, amount=amount, day=day, term=loan.term_granted, given=given)
    loan.principal, loan.disbursed_on, loan.disbursed_by, loan.iou_number = amount, day, by, iou_number
    loan.maturity = maturity(day, loan.term_granted)
    taken = IouTaken(_gettext("%(bank)s has given IOU number %(iou)s to another loan.") % {"bank": loan.bank, "iou": iou_number})
    with refusing("loan_iou_once_per_bank", taken):
        states.move(loan, State.LIVE, by=by, on=on, act="confirm_disbursement", iou=iou_number, amount=fen(amount))
    money = Posting(Account.PRINCIPAL, amount, loan), Posting(Account.BANK_MONEY, -amount)
    ledger.post(Entry.Kind.DISBURSEMENT, *money, bank=loan.bank, reference=_iou_reference(loan), value_date=day, on=on, by=by)
    version = loan.schedules.count() + 1  # those before were cancelled with their disbursements
    schedule = Schedule.objects.create(loan=loan, version=version, in_force_from=day, form=loan.form, rate=loan.rate, made_on=on, made_by=by)
    versions.write_rows(schedule, plan)
    Venture.objects.create(loan=loan, name=loan.project, trade=loan.trade, place=loan.place, licence=loan.licence, opened=day, jobs=loan.expected_workers)
    return loan


# --- Money comes back --------------------------------------------------------------------------------------------------------
@transaction.atomic
def receive(*, loan, principal, interest, reference, value_date, by, on, penalty=NOTHING, overpaid=NOTHING):
    """Book a repayment as the bank reports it; principal that reaches 0 settles the loan. Returns the entry.

    A settled loan still takes the interest and penalty interest that it owes.
    `penalty` is penalty interest, at most what overdue principal has borne by the value date. `overpaid` is what the bank marks
    as paid beyond everything owed; it waits for its refund. Late reports are booked today and keep their value date.
    """
    loan = Loan.objects.locked(loan.pk)
    acts.permit("receive", loan=loan, by=by)
    _refuse_odd_amounts(principal, interest, penalty, overpaid)
    refuse_day(value_date, first=loan.disbursed_on, on=on)
    owed = ledger.outstanding(loan)
    if principal > owed:
        raise RepaidMoreThanOwed(_gettext("%(number)s owes %(owed)s of principal; %(paid)s was reported.") % _figures(loan, owed, principal))
    if interest > (most := most_interest(loan, value_date)):
        raise RepaidMoreThanOwed(
            _gettext("%(number)s can owe %(owed)s of interest at most; %(paid)s was reported.") % _figures(loan, most, interest), about="interest"
        )
    if penalty > (most := penalties.owed(loan, value_date) if penalty else NOTHING):
        raise RepaidMoreThanOwed(
            _gettext("%(number)s owes %(owed)s of penalty interest; %(paid)s was reported.") % _figures(loan, most, penalty), about="penalty"
        )
    if overpaid and principal < owed:
        raise RepaidMoreThanOwed(_gettext("%(number)s still owes %(owed)s of principal: that comes before an overpayment.") % _figures(loan, owed - principal))
    entry = ledger.post(
        Entry.Kind.RECEIPT,
        Posting(Account.BANK_MONEY, principal + interest + penalty + overpaid),
        Posting(Account.PRINCIPAL, -principal, loan),
        Posting(Account.INTEREST, -interest, loan),
        Posting(Account.PENALTY, -penalty, loan),
        Posting(Account.OVERPAID, -overpaid, loan),
        bank=loan.bank,
        reference=free_reference(loan.bank, reference),
        value_date=value_date,
        on=on,
        by=by,
    )
    if principal and principal == owed:
        _settle(loan, by=by, on=on)
    return entry


@transaction.atomic
def reverse_receipt(*, entry, reason, by, on):
    """Undo a receipt by a counter-entry that names it; a loan that it had settled is being repaid again."""
    loan = _loan_of(entry)
    loan = Loan.objects.locked(loan.pk)
    only_bank_of(loan, by)
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why the receipt is reversed."))
    if entry.kind != Entry.Kind.RECEIPT:
        raise NotAReceipt(_gettext("Entry %(reference)s is no receipt.") % {"reference": entry.reference})
    states.expect(loan, State.LIVE, State.SETTLED)
    undone = ledger.reverse(entry, on=on, by=by, reason=reason)
    if ledger.balance(Account.OVERPAID, loan=loan) > 0:
        raise RefundedAlready(_gettext("The overpayment in entry %(reference)s has been refunded.") % {"reference": entry.reference})
    if loan.state == State.SETTLED and ledger.outstanding(loan):
        _reopen(loan, reason=reason, by=by, on=on)
    versions.remake(loan, by=by, on=on)
    return undone


@transaction.atomic
def refund(*, loan, amount, reference, value_date, by, on):
    """Book that the bank gave an overpayment back to the borrower."""
    loan = Loan.objects.locked(loan.pk)
    only_bank_of(loan, by)
    _refuse_odd_amounts(amount)
    refuse_day(value_date, first=loan.disbursed_on, on=on)
    held = -ledger.balance(Account.OVERPAID, loan=loan)
    if amount > held:
        raise RepaidMoreThanOwed(_gettext("%(number)s has overpaid %(owed)s; %(paid)s cannot be refunded.") % _figures(loan, held, amount))
    money = Posting(Account.OVERPAID, amount, loan), Posting(Account.BANK_MONEY, -amount)
    return ledger.post(Entry.Kind.REFUND, *money, bank=loan.bank, reference=reference, value_date=value_date, on=on, by=by)


def free_reference(bank, reference):
    """The bank's serial; where its entry was reversed, the same with the next number behind it, so that a corrected report can follow."""
    return _free(reference, among=Entry.objects.filter(bank=bank, reversed_by__isnull=False))


def _iou_reference(loan):
    """The IOU number, as the book's reference; where an undone disbursement, or one whose number was corrected, has it, with the next number behind it."""
    return _free(loan.iou_number, among=Entry.objects.filter(bank=loan.bank))


def _free(reference, *, among):
    wanted, attempt = reference, 1
    while among.filter(reference=wanted).exists():
        attempt += 1
        wanted = f"{reference}/{attempt}"
    return wanted


# --- The business is looked at -------------------------------------------------------------------------------------------------
@transaction.atomic
def record_visit(*, loan, visit_day, business, workers, remark, by, on):
    """Write down how a business was found after the loan."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("visit_business", loan=loan, by=by)
    refuse_day(visit_day, first=loan.disbursed_on, on=on)
    visit = Visit.objects.create(loan=loan, visit_day=visit_day, business=business, workers=workers, note=remark, recorded_on=on, recorded_by=by)
    note("business.visited", subject=loan, by=by, on=on, day=visit_day, business=str(business), workers=workers, words=remark)
    return visit


# --- Small parts ---------------------------------------------------------------------------------------------------------------
def refuse_day(day, *, first, on):
    """Refuses (DayRefused) a day before `first` or after the office's date."""
    if day > on:
        raise DayRefused(_gettext("%(day)s lies after the office date %(on)s.") % {"day": day, "on": on})
    if day < first:
        raise DayRefused(_gettext("%(day)s lies before %(first)s.") % {"day": day, "first": first})


def _refuse_odd_amounts(*amounts):
    if min(amounts) < 0 or not any(amounts):
        raise AmountRefused(_gettext("Amounts are not below zero, and at least one is above it."))


def most_interest(loan, day):
    """The most interest that can still be owed: all that is planned, or the penalty rate on everything since the beginning.

    Of a settled loan what is known to be left, for it bears no more.
    """
    if loan.state == State.SETTLED:
        return left_over.interest(loan)
    planned = sum((row.interest for row in queries.schedule_of(loan, day).instalments.all()), NOTHING)
    at_penalty_rate = loan.principal * loan.rate * PENALTY * (day - loan.disbursed_on).days / 36000
    return max(planned, at_penalty_rate.quantize(Decimal("0.01"))) - queries.received(loan, Account.INTEREST)


def _settle(loan, *, by, on):
    """Close a locked loan whose principal is 0, as of the value date of its last principal."""
    receipts = Entry.objects.filter(kind=Entry.Kind.RECEIPT, reversed_by=None, lines__loan=loan, lines__account=Account.PRINCIPAL)
    loan.closed_on = receipts.latest("value_date").value_date
    loan.closed_by = by
    return states.move(loan, State.SETTLED, by=by, on=on, act="settle")


def _reopen(loan, *, reason, by, on):
    loan.closed_on = loan.closed_by = None
    another = HasAnotherCase(_gettext("%(name)s has another open case; %(number)s cannot reopen.") % {"name": loan.applicant, "number": loan.number})
    with refusing("loan_one_open_per_person", another):
        states.move(loan, State.LIVE, by=by, on=on, act="reopen", words=reason)


def _loan_of(entry):
    line = Line.objects.filter(entry=entry, loan__isnull=False).select_related("loan").first()
    if line is None:
        raise NotAReceipt(_gettext("Entry %(reference)s is no receipt.") % {"reference": entry.reference})
    return line.loan


def _figures(loan, owed, paid=NOTHING):
    return {"number": loan.number, "owed": f"{owed:,.2f}", "paid": f"{paid:,.2f}"}
