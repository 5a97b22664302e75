"""The book's only writer. Balances are sums of lines, as of any value date.

Amounts are yuan, signed: plus is debit, minus is credit. PostgreSQL itself sees that an entry balances at commit, that
nothing is ever changed or deleted, and that a bank's reference is booked once.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.models import Account, Entry, Line
from staff.audit import label, note, note_many
from staff.db import refusing
from staff.errors import Refused

NOTHING = Decimal("0.00")
BATCH = 2000  # rows a statement


class AlreadyBooked(Refused):
    """This reference of this bank is in the book already."""

    title = _("Already in the book")
    about = ("reference", "document")


class AlreadyReversed(Refused):
    """This entry has been undone already; nothing is undone twice."""

    title = _("Already reversed")


class Posting(NamedTuple):
    """One line to be: the account, a signed amount in yuan, and the loan (or another bank) where it has one."""

    account: Account
    amount: Decimal
    loan: Any = None
    bank: Any = None


class Booking(NamedTuple):
    """One entry to be, among many: as `post` takes it."""

    kind: Entry.Kind
    bank: Any
    reference: str
    value_date: date
    postings: Sequence[Posting]
    memo: str = ""


@transaction.atomic
def post(kind, *postings, bank, reference, value_date, on, by, memo="", reverses=None):
    """Write one entry at this bank with these postings; zero amounts are left out.

    `value_date` counts for balances and subsidy, `on` is the office's day of entry. Refuses (AlreadyBooked) a reference met before.
    """
    entry = Entry(kind=kind, bank=bank, reference=reference, value_date=value_date, booked_on=on, booked_by=by, memo=memo, reverses=reverses)
    booked_before = AlreadyBooked(_gettext("%(bank)s: reference %(reference)s is already in the book.") % {"bank": bank, "reference": reference})
    with refusing("entry_reference_once_per_bank", booked_before):
        entry.save(force_insert=True)
    Line.objects.bulk_create(Line(entry=entry, account=p.account, bank=p.bank or bank, loan=p.loan, amount=p.amount) for p in postings if p.amount)
    for loan, data in _told(entry, postings):
        note(f"book.{kind}", subject=loan, by=by, on=on, **data)
    return entry


@transaction.atomic
def post_many(bookings: Sequence[Booking], *, on, by):
    """Write many entries at once, all or none; zero amounts are left out. Refuses (AlreadyBooked) where a reference was met before."""
    with connection.cursor() as cursor:
        # Each trigger asks for this setting; unset, that is an error caught, and undoing it walks all triggers still waiting: minutes.
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
    entries = [Entry(kind=b.kind, bank=b.bank, reference=b.reference, value_date=b.value_date, booked_on=on, booked_by=by, memo=b.memo) for b in bookings]
    with refusing("entry_reference_once_per_bank", AlreadyBooked(_gettext("A reference of these entries is already in the book."))):
        Entry.objects.bulk_create(entries, batch_size=BATCH)
    lines = [
        Line(entry=entry, account=p.account, bank=p.bank or b.bank, loan=p.loan, amount=p.amount)
        for entry, b in zip(entries, bookings, strict=True)
        for p in b.postings
        if p.amount
    ]
    Line.objects.bulk_create(lines, batch_size=BATCH)
    told = defaultdict(list)
    for entry, booking in zip(entries, bookings, strict=True):
        told[booking.kind] += [(label(loan), data) for loan, data in _told(entry, booking.postings)]
    for kind, notes in told.items():
        note_many(f"book.{kind}", notes, by=by, on=on)


@transaction.atomic
def reverse(entry, *, on, by, reason):
    """Undo an entry by writing its mirror image with the same value date; refuses (AlreadyReversed) a second time."""
    mirror = [Posting(line.account, -line.amount, line.loan, line.bank) for line in entry.lines.select_related("loan", "bank")]
    undone = AlreadyReversed(_gettext("Entry %(reference)s has been reversed already.") % {"reference": entry.reference})
    with refusing("repayments_entry_reverses_id_key", undone):
        return post(
            Entry.Kind.REVERSAL,
            *mirror,
            bank=entry.bank,
            reference=f"{entry.reference}/reversed",
            value_date=entry.value_date,
            on=on,
            by=by,
            memo=reason,
            reverses=entry,
        )


def _told(entry, postings):
    """What the history of each loan in an entry is to say: (loan, data)."""
    amounts = defaultdict(dict)
    for p in postings:
        if p.loan is not None and p.amount:
            amounts[p.loan][Account(p.account).value] = str(p.amount)
    known = {"entry": entry.pk, "reference": entry.reference, "value_date": entry.value_date}
    return [(loan, known | {"amounts": moved}) for loan, moved in amounts.items()]


def balance(account, *, loan=None, bank=None, as_of: date | None = None) -> Decimal:
    """The sum of an account in yuan: of one loan or one bank where given, through the day `as_of` by value date."""
    lines = Line.objects.filter(account=account)
    if loan is not None:
        lines = lines.filter(loan=loan)
    if bank is not None:
        lines = lines.filter(bank=bank)
    if as_of is not None:
        lines = lines.filter(entry__value_date__lte=as_of)
    return lines.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def balances(account, by, *, as_of: date | None = None, **where) -> dict[int, Decimal]:
    """The sums of an account by "loan" or "bank" in one query: {key: yuan}; keys with nothing are left out."""
    lines = Line.objects.filter(account=account, **where)
    if as_of is not None:
        lines = lines.filter(entry__value_date__lte=as_of)
    return {row[by]: row["sum"] for row in lines.values(by).annotate(sum=Sum("amount")) if row["sum"]}


def outstanding(loan, *, as_of: date | None = None) -> Decimal:
    """Principal that the borrower still owes the bank, in yuan."""
    return balance(Account.PRINCIPAL, loan=loan, as_of=as_of)
