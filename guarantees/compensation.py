"""What a demand still lacks, what a compensated loan owes and to whom, and how near a bank is to being suspended. Changes nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, Sum

from guarantees import agreements
from guarantees.models import BankAgreement, Compensation, Demand, PaperKind, Part, Recovery, RequiredPaper, Suspension, WriteOff
from guarantees.models.agreement import Shares
from guarantees.sharing import Parts
from loans.models import BorrowerKind, Loan, PolicyRow
from loans.money import fen
from repayments import ledger
from repayments.models import Account, Entry, Line
from repayments.schedule import add_months
from staff.models import Role
from staff.scope import visible

NOTHING = Decimal("0.00")
MONTHS_TO_PAY = 3  # 银发〔2002〕394号: at most, from the bank's demand
PART_OF = {Role.REVIEWER: Part.EMPLOYMENT, Role.FINANCE: Part.FINANCE, Role.DIRECTOR: Part.DIRECTOR}
MONEY = (Entry.Kind.COMPENSATION, Entry.Kind.RECOVERY)


# --- A demand ----------------------------------------------------------------------------------------------------------------
def demands(user):
    """The demands that this user may see, with what their rows show, the oldest first."""
    return visible(Demand.objects.all(), user, bank="loan__bank").select_related("loan__applicant", "loan__bank", "demanded_by", "closed_by")


def open_demand(loan):
    """The demand that waits to be paid, or None."""
    return Demand.objects.filter(loan=loan, closed_on__isnull=True).first()


def required(*purposes, on):
    """The kinds of paper that the check lists of these purposes hold on a day, in their order."""
    rows = RequiredPaper.objects.filter(purpose__in=purposes, effective_from__lte=on).filter(Q(lifted_from=None) | Q(lifted_from__gt=on))
    return [PaperKind(kind) for kind in dict.fromkeys(rows.order_by("id").values_list("kind", flat=True))]


def papers_wanted(thing):
    """The kinds of paper that a demand or a write-off needs, as of its own day."""
    if isinstance(thing, Demand):
        return required(RequiredPaper.For.DEMAND, on=thing.demanded_on)
    return required(RequiredPaper.For.WRITE_OFF, thing.cause, on=thing.proposed_on)


def papers_missing(thing):
    """Those of them that have not been brought, or were not in order."""
    there = set(thing.papers.exclude(in_order=False).values_list("kind", flat=True))
    return [kind for kind in papers_wanted(thing) if kind not in there]


def papers_unchecked(thing):
    """Those that were brought and nobody has checked yet."""
    return list(thing.papers.filter(checked_on__isnull=True))


def signatures_missing(thing):
    """The parts that are still to be signed, in their order: the director is the last."""
    parts = (Part.EMPLOYMENT, Part.FINANCE, Part.DIRECTOR) if isinstance(thing, Demand) else (Part.FINANCE, Part.DIRECTOR)
    signed = set(thing.signatures.values_list("part", flat=True))
    return [part for part in parts if part not in signed]


def took_part(thing):
    """Everybody who stands behind what was signed of a demand, a write-off or a lifting; whoever proposed a write-off took part in it too."""
    proposed = {thing.proposed_by_id} if isinstance(thing, WriteOff) else set()
    return proposed.union(*(signature.behind for signature in signatures(thing)))


def signatures(thing):
    """The signatures below it, with what their names need."""
    return list(thing.signatures.select_related("signed_by", "delegation__holder"))


class Clock(NamedTuple):
    """By when a demand is to be paid, days left until then, and whose rule that is."""

    due: date
    left: int
    document: str


def clock(demand, today):
    """394号: at most three months from the demand; the bank's agreement may say less."""
    agreement, latest = agreement_of(demand.loan.bank, demand.demanded_on), add_months(demand.demanded_on, MONTHS_TO_PAY)
    agreed = demand.demanded_on + timedelta(agreement.answer_days) if agreement.answer_days else latest
    due = min(latest, agreed)
    return Clock(due, (due - today).days, agreement.document_number if agreed < latest else "银发〔2002〕394号")


# --- Who bears what ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class WithoutAgreement:
    """Nothing agreed: the fund bears all. That the bank bears 20 % is 银发〔2004〕51号 for places without a guarantee agency; here there is one."""

    document_number: str = ""
    fund_share: Decimal = Decimal(1)
    agency_share: Decimal = NOTHING
    bank_share: Decimal = NOTHING
    covers_interest: bool = True
    rate_basis: str = BankAgreement.Basis.DISBURSED
    answer_days: int = 0

    def split(self, amount):
        return Shares(amount, NOTHING, NOTHING)


def agreement_of(bank, on):
    """What the bank and the office have agreed on the sharing of losses, as of a day; where nothing is agreed, the national text."""
    try:
        return agreements.agreement_of(bank, on)
    except agreements.NoAgreement:
        return WithoutAgreement()


def compensation_of(loan):
    """The payment that stands for this loan, or None."""
    return Compensation.objects.filter(loan=loan, entry__reversed_by__isnull=True).select_related("demand", "entry").last()


def borne(compensation):
    """The parts in which a loss was borne, as its entry has them."""
    principal = _sum(Line.objects.filter(entry=compensation.entry_id, account=Account.BANK_SHARE))
    paid = -_sum(Line.objects.filter(entry=compensation.entry_id, account=Account.COMPENSATED_INTEREST))
    return Parts(compensation.fund, compensation.agency, principal, compensation.bank - principal, paid)


def had_back(compensation):
    """What of that each has had back by now."""
    rows = standing_recoveries(compensation)
    sums = rows.aggregate(fund=Sum("fund", default=NOTHING), agency=Sum("agency", default=NOTHING), bank=Sum("bank", default=NOTHING))
    principal = -_sum(Line.objects.filter(entry__in=rows.values("entry"), account=Account.BANK_SHARE))
    return Parts(sums["fund"], sums["agency"], principal, sums["bank"] - principal, NOTHING)


def standing_recoveries(compensation):
    """The recoveries on this payment that were not undone."""
    return Recovery.objects.filter(compensation=compensation, entry__reversed_by__isnull=True)


def still_owed(compensation):
    """What the borrower still owes on a compensated loan, to fund, agency and bank together; written off is not forgiven."""
    return borne(compensation).whole - had_back(compensation).whole


def owed_to_fund(loan, *, as_of=None):
    """What a compensated loan owes the fund (and the agency that paid with it)."""
    return ledger.balance(Account.OWED_TO_FUND, loan=loan, as_of=as_of)


def open_write_off(loan):
    """The write-off that waits for its signatures, or None."""
    return WriteOff.objects.filter(loan=loan, closed_on__isnull=True).first()


# --- The rate of a bank ----------------------------------------------------------------------------------------------------------
class Rate(NamedTuple):
    """The compensation rate of a bank on a day, and what it comes from: what was paid less what came back, over the agreed base."""

    paid: Decimal
    recovered: Decimal
    base: Decimal
    basis: str

    @property
    def net(self):
        return self.paid - self.recovered

    @property
    def share(self):
        """As a share: 0.2 is 20 %. With nothing left to measure against, one fen is all of it."""
        return self.net / self.base if self.base else Decimal(bool(self.net))

    @property
    def percent(self):
        return self.share * 100

    def with_payment(self, paid, principal):
        """The same rate once so much more is paid; the balance, where that is the base, loses the principal."""
        base = self.base - principal if self.basis == BankAgreement.Basis.BALANCE else self.base
        return self._replace(paid=self.paid + paid, base=base)


class Limit(NamedTuple):
    """The rate that suspends a bank, and the document that says so."""

    rate: Decimal
    document: str

    @property
    def percent(self):
        return fen(self.rate * 100)


def rate_of(bank, *, on):
    """The compensation rate of a bank as of a day, by value dates."""
    return _rate(bank, agreement_of(bank, on).rate_basis, until=on)


def rate_now(bank, *, on):
    """The rate with everything that is in the book, whatever its value date: what decisions go by."""
    return _rate(bank, agreement_of(bank, on).rate_basis, until=None)


def _rate(bank, basis, *, until):
    return Rate(_moved(bank, Entry.Kind.COMPENSATION, until), -_moved(bank, Entry.Kind.RECOVERY, until), _base(bank, basis, until), basis)


def _moved(bank, kind, on):
    """What fund and agency paid by entries of this kind, reversals taken off."""
    own = Q(entry__kind=kind) | Q(entry__reverses__kind=kind)
    return -_sum(_until(Line.objects.filter(own, bank=bank, account__in=(Account.FUND, Account.AGENCY_SHARE)), on))


def _base(bank, basis, on):
    lines = Line.objects.filter(bank=bank, account=Account.PRINCIPAL)
    if basis == BankAgreement.Basis.DISBURSED:
        lent = Entry.Kind.DISBURSEMENT
        lines = lines.filter(Q(entry__kind=lent) | Q(entry__reverses__kind=lent))
    return _sum(_until(lines, on))


def limit_on(on):
    """The rate at which the office suspends a bank on this day: 20 % since 银发〔2002〕394号."""
    rows = PolicyRow.objects.in_effect().filter(suspend_compensation_rate__isnull=False, borrower_kind=BorrowerKind.INDIVIDUAL, effective_from__lte=on)
    row = rows.select_related("document").latest("effective_from")
    return Limit(row.suspend_compensation_rate, row.document.number)


def suspension_of(bank, *, on=None):
    """The suspension that holds for a bank now, or held on a day; None where there is none."""
    rows = Suspension.objects.filter(bank=bank).select_related("suspended_by")
    if on is None:
        return rows.filter(lifted_on__isnull=True).first()
    return rows.filter(suspended_on__lte=on).filter(Q(lifted_on=None) | Q(lifted_on__gt=on)).last()


def suspended(*, on=None):
    """{bank: its suspension} of those that hold now, or held on a day."""
    rows = Suspension.objects.select_related("bank", "suspended_by").order_by("pk")
    held = rows.filter(lifted_on__isnull=True) if on is None else rows.filter(suspended_on__lte=on).filter(Q(lifted_on=None) | Q(lifted_on__gt=on))
    return {row.bank_id: row for row in held}


def must_be_suspended(bank, *, on):
    """Has the bank reached the limit, with a compensation that no lifting came after?"""
    if rate_now(bank, on=on).share < limit_on(on).rate:
        return False
    lifted = Suspension.objects.filter(bank=bank, lifted_on__isnull=False).last()
    paid = Compensation.objects.filter(loan__bank=bank, entry__reversed_by__isnull=True)
    return lifted is None or paid.filter(entry__gt=lifted.last_entry).exists()


# --- Lists ----------------------------------------------------------------------------------------------------------------------
def compensated(user):
    """The compensated loans that this user may see and that still owe something, the oldest first, with `owed` to the fund."""
    owed = Sum("book_lines__amount", filter=Q(book_lines__account=Account.OWED_TO_FUND), default=NOTHING)
    loans = visible(Loan.objects.filter(state=Loan.State.COMPENSATED), user).select_related("applicant", "bank")
    return loans.annotate(owed=owed).order_by(F("state_since"), "number")


def _until(lines, on):
    return lines if on is None else lines.filter(entry__value_date__lte=on)


def _sum(lines):
    return lines.order_by().aggregate(sum=Sum("amount"))["sum"] or NOTHING
