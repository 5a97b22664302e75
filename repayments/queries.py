"""What is owed, what is late and what falls due. Amounts are yuan; nothing here changes anything."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import DecimalField, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from loans.models import Loan
from repayments.models import Account, Entry, Instalment, Line, Schedule
from repayments.schedule import add_months

NOTHING = Decimal("0.00")
MONTHS_BETWEEN_VISITS = 3
OVER_180, COMPENSATED = "over-180", "compensated"
BUCKETS = ("current", "1-30", "31-90", "91-180", OVER_180, COMPENSATED)
LENDING = Q(entry__kind=Entry.Kind.DISBURSEMENT) | Q(entry__reverses__isnull=False, entry__reverses__kind=Entry.Kind.DISBURSEMENT)  # and its undoing
_UP_TO = ((0, "current"), (30, "1-30"), (90, "31-90"), (180, "91-180"))


def bucket(days_overdue: int) -> str:
    """The bucket of so many days overdue, as the ledgers spell it; a compensated loan is told by its state, not by days."""
    return next((name for most, name in _UP_TO if days_overdue <= most), OVER_180)


# --- One loan -----------------------------------------------------------------------------------------------------------
class Share(NamedTuple):
    """One due row with what has been paid of its principal."""

    sequence: int
    due: date
    principal: Decimal
    interest: Decimal
    balance_after: Decimal
    paid: Decimal
    remaining: Decimal
    days_late: int  # 0 where the row is covered or its due day has not passed

    @property
    def state(self) -> str:
        """ "late", "part", "paid" or, where nothing has been paid or only interest is due, "open"."""
        if self.days_late:
            return "late"
        if self.paid:
            return "part" if self.remaining else "paid"
        return "open"


def allocate(rows: Iterable[Any], paid: Decimal, on: date) -> list[Share]:
    """Paid principal over due rows: the oldest is settled first (domain.md §4)."""
    shares = []
    for row in rows:
        settled = max(NOTHING, min(paid, row.principal))
        paid -= settled
        remaining = row.principal - settled
        late = max(0, (on - row.due).days) if remaining else 0
        shares.append(Share(row.sequence, row.due, row.principal, row.interest, row.balance_after, settled, remaining, late))
    return shares


def schedule_of(loan: Loan, on: date) -> Schedule | None:
    """The schedule in force on a day: the latest not cancelled and not after it, before all the first."""
    versions = list(loan.schedules.standing().order_by("version"))
    return next((s for s in reversed(versions) if s.in_force_from <= on), versions[0] if versions else None)


def rate_on(loan: Loan, day: date) -> Decimal | None:
    """The rate in percent a year that counts on a day: the contract's, or that of its latest dated step not after the day; None before the contract."""
    step = loan.rate_steps.filter(from_day__lte=day).order_by("-from_day").first()
    return step.rate if step else loan.rate


def received(loan: Loan, account: Account = Account.PRINCIPAL, *, as_of: date | None = None) -> Decimal:
    """What the borrower has paid on an account, PRINCIPAL or INTEREST, less what was reversed."""
    lines = Line.objects.filter(loan=loan, account=account).exclude(LENDING)
    if as_of is not None:
        lines = lines.filter(entry__value_date__lte=as_of)
    return -(lines.aggregate(sum=Sum("amount"))["sum"] or NOTHING)


def allocation(loan: Loan, on: date, *, borne_by_others: Decimal = NOTHING) -> list[Share]:
    """The rows of the schedule in force with what is paid, late and left of each on a day; what the fund paid is nobody's payment of a row."""
    schedule = schedule_of(loan, on)
    return allocate(schedule.instalments.all(), received(loan, as_of=on) - borne_by_others, on) if schedule else []


class Arrears(NamedTuple):
    """Planned principal that is late on a day, how long its oldest row has been, and the bucket of that."""

    amount: Decimal
    days: int
    bucket: str


def arrears(loan: Loan, on: date) -> Arrears:
    """What is late of this loan on a day: overdue runs from the day after the due day."""
    late = [share for share in allocation(loan, on) if share.days_late]
    days = max((share.days_late for share in late), default=0)
    return Arrears(sum((share.remaining for share in late), NOTHING), days, bucket(days))


PARTS = {"principal": Account.PRINCIPAL, "interest": Account.INTEREST, "penalty": Account.PENALTY, "overpaid": Account.OVERPAID}


def entries_of(loan: Loan) -> list[Entry]:
    """The loan's entries by value date, each with its signed `principal`, `interest`, `penalty` and `overpaid` and, where undone, `reversed_by`."""
    entries = Entry.objects.filter(lines__loan=loan).select_related("booked_by", "reverses", "reversed_by").order_by("value_date", "id")
    return list(entries.annotate(**{name: Coalesce(Sum("lines__amount", filter=Q(lines__account=of)), NOTHING) for name, of in PARTS.items()}))


def amounts(entry: Entry) -> dict[str, Decimal]:
    """What one receipt paid: `principal`, `interest`, `penalty` and `overpaid` in yuan."""
    lines = list(entry.lines.all())
    return {name: -sum((line.amount for line in lines if line.account == account), NOTHING) for name, account in PARTS.items()}


# --- Many loans: a few set-based questions --------------------------------------------------------------------------------
def _owed(as_of: date | None = None) -> Coalesce:
    """The principal that a loan still owes, as a column of a query on loans."""
    lines = Line.objects.filter(loan=OuterRef("pk"), account=Account.PRINCIPAL).order_by()
    if as_of is not None:
        lines = lines.filter(entry__value_date__lte=as_of)
    return Coalesce(Subquery(lines.values("loan").annotate(sum=Sum("amount")).values("sum")), NOTHING, output_field=DecimalField())


def owing(loans: QuerySet[Loan], on: date) -> QuerySet[Loan]:
    """These loans with, as of a day: `owed`, and where they are late `late_since` (oldest due day not covered) and `late` (yuan)."""
    in_force = Schedule.objects.in_force(on).filter(loan=OuterRef("pk"))
    # A row is not covered while more is owed than is planned to be left after it.
    uncovered = Instalment.objects.filter(schedule=OuterRef("schedule_in_force"), due__lt=on, balance_after__lt=OuterRef("owed"))
    loans = loans.annotate(owed=_owed(on), schedule_in_force=Subquery(in_force.values("pk")[:1]))
    return loans.annotate(
        late_since=Subquery(uncovered.order_by("due").values("due")[:1]),
        late=F("owed") - Subquery(uncovered.order_by("-due").values("balance_after")[:1]),
    )


def overdue(loans: QuerySet[Loan], on: date) -> QuerySet[Loan]:
    """Those of these loans that are late on a day, the longest first; columns as in `owing`."""
    return owing(loans.filter(state=Loan.State.LIVE), on).filter(late_since__isnull=False).order_by("late_since", "number")


class Due(NamedTuple):
    """What one loan still has to pay on one due day."""

    loan: Loan
    due: date
    principal: Decimal  # what is left of the row
    interest: Decimal  # planned; finance's part is within it


def due(loans: QuerySet[Loan], first: date, last: date, on: date) -> list[Due]:
    """What falls due from these live loans between two days, both included, as known on a day; covered rows are left out."""
    live = {loan.schedule_in_force: loan for loan in owing(loans.filter(state=Loan.State.LIVE), on).select_related("applicant", "bank")}
    rows = Instalment.objects.filter(schedule__in=list(live), due__range=(first, last)).order_by("due", "schedule__loan__number")
    dues = [Due(live[row.schedule_id], row.due, _left(row, live[row.schedule_id].owed), row.interest) for row in rows]
    return [due for due in dues if due.principal or due.interest]


def _left(row: Instalment, owed: Decimal) -> Decimal:
    return max(NOTHING, min(row.principal, owed - row.balance_after))


def visits_due(loans: QuerySet[Loan], on: date) -> QuerySet[Loan]:
    """Live loans that nobody has visited for a quarter, the longest first, with `last_visit` (a day or nothing) and `visit_due_since`."""
    seen = loans.filter(state=Loan.State.LIVE).annotate(last_visit=Max("visits__visit_day"))
    seen = seen.annotate(visit_due_since=Coalesce("last_visit", "disbursed_on"))
    return seen.filter(visit_due_since__lte=add_months(on, -MONTHS_BETWEEN_VISITS)).order_by("visit_due_since", "number")
