"""The office's figures: the one query module behind dashboard, reports, charts and commands.

Every function takes the days that it is about and asks the database once. Amounts are yuan, to the fen.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear, TruncMonth

from applicants.models import Applicant
from guarantees.models import AnnualPlan
from loans.models import Loan
from repayments import ledger
from repayments.models import Account, Entry, Line, Visit
from repayments.queries import COMPENSATED, bucket, owing

NOTHING = Decimal("0.00")

# How lending and receipts can be grouped, by their own days.
BY = {"bank": F("bank_id"), "year": ExtractYear("disbursed_on"), "month": TruncMonth("disbursed_on"), "group": F("group")}
RECEIVED_BY = {"bank": F("bank_id"), "year": ExtractYear("entry__value_date"), "month": TruncMonth("entry__value_date")}


class Lent(NamedTuple):
    """What was disbursed in some days: each loan opens one venture with its jobs."""

    loans: int = 0
    amount: Decimal = NOTHING
    ventures: int = 0
    jobs: int = 0
    persons: int = 0


class Received(NamedTuple):
    """What came back in some days: principal, and the interest that borrowers paid."""

    principal: Decimal = NOTHING
    interest: Decimal = NOTHING


class Late(NamedTuple):
    """One loan that owes principal past its due day, or owes the fund after compensation."""

    loan: int
    bank: int
    balance: Decimal
    arrears: Decimal
    days: int
    bucket: str


class Recovery(NamedTuple):
    """What fell due in some days, what of it was paid by its due day, and what by the last of the days."""

    due: Decimal = NOTHING
    on_time: Decimal = NOTHING
    by_now: Decimal = NOTHING


class Highest(NamedTuple):
    """The most that a bank's part of the fund stood for on one day, as a multiple of its balance, and the first such day."""

    multiple: Decimal
    day: date


class Visited(NamedTuple):
    """The live loans of a bank: visits made, how each business was found last, and whose visit was missed."""

    live: int = 0
    visits: int = 0
    normal: int = 0
    difficult: int = 0
    stopped: int = 0
    never: int = 0
    missed: int = 0


def lent(*by, last, first=None):
    """{key: Lent} of the loans disbursed in these days (from the beginning, where no first day is given), by one of BY or by several."""
    keys = {f"by_{name}": BY[name] for name in by}
    rows = _disbursed(first, last).order_by().annotate(**keys).values(*keys).annotate(**_LENT).order_by(*keys)
    return {_key(row, keys): Lent(*(row[name] for name in Lent._fields)) for row in rows}


def lent_in_all(*, last, first=None):
    """Lent over all banks; a person who borrowed twice counts once."""
    return Lent(**_disbursed(first, last).aggregate(**_LENT))


def received(by="bank", *, last, first):
    """{key: Received} of the receipts with a value date in these days, reversals taken off."""
    receipts = Q(entry__kind=Entry.Kind.RECEIPT) | Q(entry__reverses__kind=Entry.Kind.RECEIPT)
    lines = Line.objects.filter(receipts, entry__value_date__range=(first, last)).order_by()
    sums = {"principal": _minus(Account.PRINCIPAL), "interest": _minus(Account.INTEREST)}
    rows = lines.annotate(key=RECEIVED_BY[by]).values("key").annotate(**sums)
    return {row["key"]: Received(row["principal"], row["interest"]) for row in rows}


def compensated(*, first, last):
    """{bank: principal that the fund paid in place of borrowers in these days}, reversals taken off."""
    paid = Q(entry__kind=Entry.Kind.COMPENSATION) | Q(entry__reverses__kind=Entry.Kind.COMPENSATION)
    lines = Line.objects.filter(paid, account=Account.PRINCIPAL, entry__value_date__range=(first, last)).order_by()
    return {row["bank"]: -row["sum"] for row in lines.values("bank").annotate(sum=Sum("amount"))}


def paid_in(*, on):
    """What the treasury has paid into the guarantee fund by this day."""
    return -ledger.balance(Account.TREASURY, as_of=on)


def fund_before(first):
    """{bank: what its fund account held before this day}."""
    return ledger.balances(Account.FUND, "bank", as_of=first - timedelta(days=1))


def fund_moves(*, first, last):
    """{(bank, kind): what the fund accounts gained or lost in these days}; a reversal counts with what it undoes."""
    lines = Line.objects.filter(account=Account.FUND, entry__value_date__range=(first, last)).order_by()
    rows = lines.values("bank", kind=Coalesce("entry__reverses__kind", "entry__kind")).annotate(sum=Sum("amount"))
    return {(row["bank"], row["kind"]): row["sum"] for row in rows}


def outstanding(*, on):
    """{bank: guaranteed principal outstanding at the end of this day}."""
    return ledger.balances(Account.PRINCIPAL, "bank", as_of=on)


def outstanding_at_year_ends(*, last):
    """{year: principal outstanding at the end of the year, of the last one on the last day}."""
    lines = Line.objects.filter(account=Account.PRINCIPAL, entry__value_date__lte=last).order_by()
    moved = dict(lines.annotate(year=ExtractYear("entry__value_date")).values_list("year").annotate(sum=Sum("amount")))
    balance, found = NOTHING, {}
    for year in range(min(moved, default=last.year), last.year + 1):
        found[year] = balance = balance + moved.get(year, NOTHING)
    return found


def plans(*, on):
    """{year: the version of its annual plan that held on this day}."""
    return {plan.year: plan for plan in AnnualPlan.objects.in_force(on)}


def live_loans(*, on):
    """{loan: principal that it owes at the end of this day}."""
    return ledger.balances(Account.PRINCIPAL, "loan", as_of=on)


def late_loans(*, on):
    """Every Late loan at the end of this day: with principal past its due day, or compensated and owed to the fund."""
    lent = Loan.objects.lent().filter(disbursed_on__lte=on).order_by("pk")
    rows = owing(lent, on).filter(late_since__isnull=False).values_list("pk", "bank", "owed", "late", "late_since")
    late = [Late(loan, bank, owed, amount, (on - since).days, bucket((on - since).days)) for loan, bank, owed, amount, since in rows]
    owed = ledger.balances(Account.OWED_TO_FUND, "loan", as_of=on)
    banks = dict(Loan.objects.filter(pk__in=owed).values_list("pk", "bank"))
    return [*late, *(Late(loan, banks[loan], amount, amount, 0, COMPENSATED) for loan, amount in owed.items())]


def recovery(*, first, last):
    """{bank: Recovery} of the principal that fell due in these days; a receipt settles the oldest due row first."""
    with connection.cursor() as cursor:
        cursor.execute(RECOVERY, {"first": first, "last": last})
        return {bank: Recovery(*amounts) for bank, *amounts in cursor.fetchall()}


def highest_multiples(*, first, last):
    """{bank: Highest} over the ends of all days from the first to the last: (used + reserved) ÷ balance."""
    with connection.cursor() as cursor:
        cursor.execute(HIGHEST, {"first": first, "last": last})
        return {bank: Highest(*found) for bank, *found in cursor.fetchall()}


def visits(*, first, last):
    """How many visits were made in these days."""
    return Visit.objects.filter(visit_day__range=(first, last)).count()


def visits_by_bank(*, first, last, lent_by):
    """{bank: Visited} at the end of the last day; missed are loans disbursed by `lent_by` that nobody visited in these days."""
    seen = Visit.objects.filter(loan=OuterRef("pk"), visit_day__lte=last).order_by("-visit_day", "-pk")
    live = Loan.objects.filter(pk__in=live_loans(on=last)).order_by()
    live = live.annotate(found=Subquery(seen.values("business")[:1]), visited=Exists(seen.filter(visit_day__gte=first)))
    counts = {state: Count("pk", filter=Q(found=state)) for state in Visit.Business.values}
    counts |= {"never": Count("pk", filter=Q(found=None)), "missed": Count("pk", filter=Q(visited=False, disbursed_on__lte=lent_by))}
    made = dict(Visit.objects.filter(visit_day__range=(first, last)).order_by().values_list("loan__bank").annotate(Count("pk")))
    rows = live.values_list("bank").annotate(live=Count("pk"), **counts)
    return {bank: Visited(live, made.get(bank, 0), *others) for bank, live, *others in rows}


def _disbursed(first, last):
    opened = FilteredRelation("ventures", condition=Q(ventures__cancelled_on__isnull=True))
    loans = Loan.objects.lent().filter(disbursed_on__lte=last).annotate(opened=opened)
    return loans.filter(disbursed_on__gte=first) if first else loans


def _key(row, keys):
    found = tuple(row[name] for name in keys)
    return found[0] if len(found) == 1 else found


def _minus(account):
    return -Sum("amount", filter=Q(account=account), default=NOTHING)


_LENT = {
    "loans": Count("pk"),
    "amount": Sum("principal", default=NOTHING),
    "ventures": Count("opened"),
    "jobs": Sum("opened__jobs", default=0),
    "persons": Count("applicant", distinct=True, filter=Q(applicant__kind=Applicant.Kind.PERSON)),
}

# The schedule in force of every loan on a day: its latest version not cancelled and not after it.
IN_FORCE = """
    SELECT DISTINCT ON (schedule.loan_id) schedule.id, schedule.loan_id
    FROM repayments_schedule schedule
    WHERE schedule.in_force_from <= %(on)s AND schedule.cancelled_on IS NULL
    ORDER BY schedule.loan_id, schedule.version DESC
"""

RECOVERY = f"""
    WITH in_force AS ({IN_FORCE.replace("%(on)s", "%(last)s")}),
    due AS (
        SELECT loan.id, loan.bank_id, row.due, row.principal, loan.principal - row.balance_after - row.principal AS before
        FROM in_force
        JOIN loans_loan loan ON loan.id = in_force.loan_id
        JOIN repayments_instalment row ON row.schedule_id = in_force.id
        WHERE row.due BETWEEN %(first)s AND %(last)s AND row.principal > 0
    ),
    paid AS (
        SELECT due.*, receipts.by_due, receipts.by_now
        FROM due CROSS JOIN LATERAL (
            SELECT coalesce(-sum(line.amount) FILTER (WHERE entry.value_date <= due.due), 0) AS by_due, coalesce(-sum(line.amount), 0) AS by_now
            FROM repayments_line line
            JOIN repayments_entry entry ON entry.id = line.entry_id
            LEFT JOIN repayments_entry undone ON undone.id = entry.reverses_id
            WHERE line.loan_id = due.id AND line.account = 'principal' AND entry.value_date <= %(last)s
                AND 'receipt' IN (entry.kind, undone.kind)
        ) receipts
    )
    SELECT bank_id, sum(principal), sum(least(principal, greatest(0, by_due - before))), sum(least(principal, greatest(0, by_now - before)))
    FROM paid GROUP BY bank_id
"""

# Whatever moved up to the first day counts on the first day, so that every running sum is a day's end within the period.
HIGHEST = """
    WITH moves AS (
        SELECT line.bank_id, entry.value_date AS day,
            CASE line.account WHEN 'fund' THEN line.amount ELSE 0 END AS fund, CASE line.account WHEN 'principal' THEN line.amount ELSE 0 END AS stands
        FROM repayments_line line JOIN repayments_entry entry ON entry.id = line.entry_id
        WHERE line.account IN ('fund', 'principal')
        UNION ALL
        SELECT account.bank_id, promise.promised_on, 0, promise.amount
        FROM guarantees_promise promise JOIN guarantees_fundaccount account ON account.id = promise.account_id
        UNION ALL
        SELECT account.bank_id, promise.ended_on, 0, -promise.amount
        FROM guarantees_promise promise JOIN guarantees_fundaccount account ON account.id = promise.account_id
        WHERE promise.ended_on IS NOT NULL
    ),
    days AS (
        SELECT bank_id, greatest(day, %(first)s) AS day, sum(fund) AS fund, sum(stands) AS stands
        FROM moves WHERE day <= %(last)s GROUP BY 1, 2
    ),
    running AS (SELECT bank_id, day, sum(fund) OVER upto AS fund, sum(stands) OVER upto AS stands FROM days WINDOW upto AS (PARTITION BY bank_id ORDER BY day))
    SELECT DISTINCT ON (bank_id) bank_id, stands / fund, day FROM running WHERE fund > 0 ORDER BY bank_id, stands / fund DESC, day
"""
