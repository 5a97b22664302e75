"""A bank's statement of one month against the book: what answers to what, and by what the two differ to the fen."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _gettext

from guarantees.matching import DAYS_APART
from guarantees.models import BankStatement, FundAccount, StatementDifference, StatementLine
from repayments import ledger
from repayments.models import Account, Entry, Line
from repayments.schedule import add_months

Side = StatementDifference.Side
MONTHS_SHOWN = 12


class Item(NamedTuple):
    """One reason why bank and book differ, by how much the bank shows more; explained where the other side shows it in another month."""

    key: str
    side: Side
    day: date
    text: str
    amount: Decimal
    explained: str


@dataclass(frozen=True)
class Reconciliation:
    """One statement held against the book as it now stands."""

    statement: BankStatement
    pairs: list[StatementLine]  # each with its line of the book
    items: list[Item]
    book_opening: Decimal
    book_closing: Decimal

    @property
    def difference(self) -> Decimal:
        return self.statement.closing - self.book_closing

    @property
    def only_at_the_bank(self):
        return [item for item in self.items if item.side == Side.BANK]

    @property
    def only_in_the_book(self):
        return [item for item in self.items if item.side == Side.BOOK]

    @property
    def to_explain(self):
        return [item for item in self.items if not item.explained]

    @property
    def changed_since(self) -> Decimal:
        """By how much the book has changed since this was signed: back-dated entries and reversals."""
        return self.book_closing - self.statement.book_closing if self.statement.signed_on else Decimal("0.00")


def last_day(month: date) -> date:
    return add_months(month, 1) - timedelta(1)


def reconcile(statement: BankStatement) -> Reconciliation:
    """Hold a statement against the book. The difference is the sum of the items, to the fen."""
    month, end = statement.month, last_day(statement.month)
    bank = statement.account.bank
    lines = list(statement.lines.select_related("book_line__entry").order_by("position"))
    pairs = [line for line in lines if line.book_line and month <= line.book_line.entry.value_date <= end]
    book_opening = ledger.balance(Account.FUND, bank=bank, as_of=month - timedelta(1))
    items = [*_brought(statement, book_opening), *_bank_items(lines, pairs), *_book_items(statement, pairs)]
    return Reconciliation(statement, pairs, items, book_opening, ledger.balance(Account.FUND, bank=bank, as_of=end))


def open_book_lines(account: FundAccount, first: date, last: date):
    """Lines of the book on this account that no statement's line answers to yet; an entry and its reversal are no news to the bank."""
    matched = StatementLine.objects.filter(book_line=OuterRef("pk"))
    cancelled = Q(entry__reverses__isnull=False) | Exists(Entry.objects.filter(reverses=OuterRef("entry")))
    lines = Line.objects.filter(account=Account.FUND, bank=account.bank_id, entry__value_date__range=(first, last))
    return lines.filter(~Exists(matched)).exclude(cancelled).select_related("entry").order_by("entry__value_date", "pk")


def candidates(account: FundAccount, month: date):
    """What the lines of this month's statement may answer to: some days before and after, too."""
    apart = timedelta(DAYS_APART)
    return open_book_lines(account, month - apart, last_day(month) + apart)


def before(statement: BankStatement) -> BankStatement | None:
    """The statement of the month before."""
    return BankStatement.objects.filter(account=statement.account, month=add_months(statement.month, -1)).first()


def missing_months(account: FundAccount, on: date) -> list[date]:
    """Months that are over and have no statement, since the first one entered; before that, the last month alone."""
    over = add_months(on.replace(day=1), -1)
    known = set(BankStatement.objects.filter(account=account).values_list("month", flat=True))
    first = max(min(known, default=over), account.opened.replace(day=1))
    found, month = [], first
    while month <= over:
        if month not in known:
            found.append(month)
        month = add_months(month, 1)
    return found


def overview(on: date) -> list[Any]:
    """(month, [(account, statement or None, whether it is missing)]) of the months last over, the latest first."""
    accounts = list(FundAccount.objects.select_related("bank"))
    months = [add_months(on.replace(day=1), -back) for back in range(1, MONTHS_SHOWN + 1)]
    known = {(s.account_id, s.month): s for s in BankStatement.objects.filter(month__in=months).select_related("signed_by")}
    missing = {(account.pk, month) for account in accounts for month in missing_months(account, on)}
    return [(month, [(account, known.get(key), key in missing) for account in accounts for key in [(account.pk, month)]]) for month in months]


def _brought(statement, book_opening):
    difference = statement.opening - book_opening
    if not difference:
        return []
    earlier = before(statement)
    said = _gettext("as explained in the reconciliation of %(month)s") % {"month": f"{earlier.month:%Y-%m}"} if earlier and earlier.signed_on else ""
    return [Item("brought", Side.BROUGHT, statement.month, str(Side.BROUGHT.label), difference, said)]


def _bank_items(lines, pairs):
    paired = {line.pk for line in pairs}
    for line in lines:
        if line.pk not in paired:
            said = _gettext("in the book on %(day)s") % {"day": line.book_line.entry.value_date} if line.book_line else ""
            yield Item(f"bank-{line.pk}", Side.BANK, line.day, line.text, line.amount, said)


def _book_items(statement, pairs):
    month, end = statement.month, last_day(statement.month)
    paired = {line.book_line_id for line in pairs}
    here = Line.objects.filter(account=Account.FUND, bank=statement.account.bank_id, entry__value_date__range=(month, end))
    answered = {line.book_line_id: line.day for line in StatementLine.objects.filter(book_line__in=here.exclude(pk__in=paired))}
    news = set(open_book_lines(statement.account, month, end).values_list("pk", flat=True))
    for line in here.exclude(pk__in=paired).select_related("entry").order_by("entry__value_date", "pk"):
        said = _gettext("at the bank on %(day)s") % {"day": answered[line.pk]} if line.pk in answered else ""
        if line.pk in news or line.pk in answered or not _cancels_out(line, paired, answered):
            yield Item(f"book-{line.pk}", Side.BOOK, line.entry.value_date, line.entry.reference, -line.amount, said)


def _cancels_out(line, paired, answered):
    """Is this an entry with its reversal beside it, neither of them known to the bank?"""
    other = line.entry.reverses_id or Entry.objects.filter(reverses=line.entry_id).values_list("pk", flat=True).first()
    twins = Line.objects.filter(entry=other, account=Account.FUND, bank=line.bank_id).values_list("pk", flat=True)
    return not any(pk in paired or pk in answered for pk in twins)
