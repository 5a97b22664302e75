"""What a change would make of a loan, worked out and not booked: pages show it, actions book it under the lock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import NamedTuple

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import rates, rulebook
from loans.models import CounterGuarantee, Loan
from loans.money import fen
from repayments import ledger, penalty, queries, versions
from repayments.borrower_plan import facts_of
from repayments.models import Account, Entry, Schedule
from repayments.rescheduling import NotEarly, Plan, by_days, since_of
from repayments.schedule import HIGHEST_RATE, Row
from repayments.subsidy import borrower_part
from repayments.versions import Change
from staff.errors import Refused

NOTHING = Decimal("0.00")
LONGEST = 12  # months, whatever a document may say (domain.md §2)
SHORT_TERM = 12  # up to so many months a loan is a short one
FREE_OF_CONSENT = (CounterGuarantee.Kind.CREDIT_COMMUNITY, CounterGuarantee.Kind.EXEMPT)


class TooLong(Refused):
    """An extension stays within the months of the scheme's document and of its loan's own term."""

    title = _("Longer than allowed")
    about = ("months",)


class TooLate(Refused):
    """A loan is extended before its maturity; from the day after, it is overdue."""

    title = _("Too late for an extension")


def ceiling_on(loan: Loan, day: date) -> Decimal:
    """The highest rate of a dated step: the ceiling that the contract was signed under, by the benchmark or LPR of the step's day."""
    terms = rulebook.terms_of(loan, contract_on=loan.contract_date)
    most = rates.rate_ceiling(terms, rulebook.all_rates(), contract_on=day, term_months=loan.term)
    return HIGHEST_RATE if most is None else most


@dataclass(frozen=True)
class Proposal:
    """Old and new plan side by side."""

    old: Plan
    new: Plan
    change: Change

    @property
    def pairs(self) -> list[tuple[date, Row | None, Row | None]]:
        """The rows of both by due day, from the first that differs on."""
        old, new = ({row.due: row for row in plan.rows} for plan in (self.old, self.new))
        days = sorted({*old, *new})
        return [(due, old.get(due), new.get(due)) for due in days[self.stays :]]

    @property
    def stays(self) -> int:
        """How many rows stay as they were before the first that differs."""
        return next((place for place, (old, new) in enumerate(zip_longest(self.old.rows, self.new.rows)) if old != new), len(self.old.rows))

    @property
    def dearer(self) -> Decimal:
        """By how much the planned interest grows, in yuan; below zero where it shrinks."""
        return sum((row.interest for row in self.new.rows), NOTHING) - sum((row.interest for row in self.old.rows), NOTHING)


class Limit(NamedTuple):
    """The most months of an extension, and the document that says so."""

    months: int
    document: str
    words: str


def limit_of(loan: Loan) -> Limit:
    """Of the scheme's months and the general rule (a short-term loan by its term at most, a longer one by half of it), the tighter one."""
    cell = rulebook.terms_of(loan).extension_months
    months, document = (min(cell.value, LONGEST), cell.rule.document_no) if cell else (LONGEST, "")
    by_term = loan.term if loan.term <= SHORT_TERM else loan.term // 2
    if by_term < months:
        return Limit(by_term, document, _gettext("A loan of %(term)s months is extended by at most %(most)s.") % {"term": loan.term, "most": by_term})
    said = {"document": document or _gettext("The scheme"), "most": months}
    return Limit(months, document, _gettext("%(document)s allows an extension of at most %(most)s months, once.") % said)


def needs_guarantors(loan: Loan) -> bool:
    """Must somebody behind the borrower consent? Not where the loan was exempt, or stands on its community's credit."""
    standing = list(loan.counter_guarantees.values_list("kind", flat=True))
    return not standing or any(kind not in FREE_OF_CONSENT for kind in standing)


def extension(loan: Loan, months: int, day: date) -> Proposal:
    """The loan extended by so many months on a day before its maturity."""
    limit = limit_of(loan)
    if not 1 <= months <= limit.months:
        raise TooLong(limit.words)
    if day >= loan.maturity:
        raise TooLate(_gettext("%(number)s was due on %(day)s: an extension is granted before that day.") % {"number": loan.number, "day": loan.maturity})
    return _proposal(loan, Change(Schedule.Cause.EXTENSION, day, months=months))


def rate_step(loan: Loan, from_day: date, rate: Decimal, day: date) -> Proposal:
    """The loan with one more dated step, known from a day on."""
    return _proposal(loan, Change(Schedule.Cause.RATE_STEP, day, step=(from_day, rate)))


def early_repayment(loan: Loan, cause: Schedule.Cause, principal: Decimal, day: date) -> Proposal:
    """The loan with so much principal received on a day, part of it before its time."""
    old = versions.plan_in_force(loan, day)
    early = versions.early_part(old, day, principal, versions.paid_before(loan, day))
    if early <= 0:
        due = principal - early
        raise NotEarly(_gettext("%(due)s yuan are due by %(day)s; only what is paid above them is early.") % {"due": f"{due:,.2f}", "day": day})
    if cause == Schedule.Cause.WHOLE:
        early = old.left_on(day)
    return _proposal(loan, Change(cause, day, early=early), old)


def _proposal(loan: Loan, change: Change, old: Plan | None = None) -> Proposal:
    old = old or versions.plan_in_force(loan)
    return Proposal(old, versions.after(old, change), change)


class PayOff(NamedTuple):
    """What ends a loan on a day, in yuan: what has accrued since the last due day is cut into the borrower's part and finance's."""

    day: date
    principal: Decimal
    unpaid: Decimal  # the borrower's part of rows already due
    own: Decimal
    subsidy: Decimal
    penalty: Decimal

    @property
    def interest(self) -> Decimal:
        return self.unpaid + self.own

    @property
    def total(self) -> Decimal:
        return self.principal + self.interest + self.penalty


def pay_off(loan: Loan, day: date) -> PayOff:
    """What the borrower pays to be free of the loan on a day, as the book knows it now."""
    planned, own, subsidy = _borne(loan, day)
    unpaid = max(NOTHING, planned - queries.received(loan, Account.INTEREST))
    return PayOff(day, ledger.outstanding(loan), unpaid, own, subsidy, penalty.owed(loan, day))


def borne_by_borrower(loan: Loan, day: date) -> Decimal:
    """The borrower's part of all interest until a day, in yuan: of the rows due by then, and of what accrued since."""
    planned, own, _subsidy = _borne(loan, day)
    return planned + own


def _borne(loan: Loan, day: date) -> tuple[Decimal, Decimal, Decimal]:
    """The borrower's part of the rows due, and borrower's and finance's part of what has accrued since the last of them."""
    plan = versions.plan_in_force(loan, day)
    due, facts = plan.due_by(day), facts_of(loan, plan.rows)
    planned = sum((borrower_part(facts, row) for row in due), NOTHING)
    bears = _accrued(loan, plan, day)
    own = borrower_part(facts, Row(len(due) + 1, day, plan.left_on(day), bears, NOTHING)) if bears else NOTHING
    return planned, own, bears - own


def _accrued(loan: Loan, plan: Plan, day: date) -> Decimal:
    """The interest borne since the last due day; what was paid ahead of time bears none."""
    first = since_of(plan, plan.due_by(day))
    if day >= plan.maturity or first >= day:
        return NOTHING
    cuts = sorted({first, day, *(paid for paid in _days_paid(loan) if first < paid < day)})
    stretches = ((start, stop, min(plan.left_on(start), loan.principal - versions.paid_before(loan, start))) for start, stop in pairwise(cuts))
    return fen(sum((by_days(plan, balance, start, stop) for start, stop, balance in stretches), NOTHING))


def _days_paid(loan: Loan) -> list[date]:
    receipts = Entry.objects.filter(kind=Entry.Kind.RECEIPT, reversed_by=None, lines__loan=loan, lines__account=Account.PRINCIPAL)
    return list(receipts.values_list("value_date", flat=True))
