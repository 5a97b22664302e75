"""The book as a plain-text journal that the public programs hledger and ledger read: anyone can check our sums with theirs."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from repayments.models import Account, Entry, Line

# Every account as the journal names it; {iou} only where each loan has its own.
NAMES = {
    Account.FUND: "assets:fund:{bank}",
    Account.PRINCIPAL: "assets:loans:{bank}:{iou}",
    Account.OWED_TO_FUND: "assets:owed-to-fund:{bank}:{iou}",
    Account.BANK_MONEY: "liabilities:bank:{bank}",
    Account.OVERPAID: "liabilities:overpaid:{bank}:{iou}",
    Account.TREASURY: "equity:treasury:{bank}",
    Account.INTEREST: "income:interest:{bank}",
    Account.FUND_INTEREST: "income:fund-interest:{bank}",
    Account.WRITTEN_OFF: "expenses:written-off:{bank}",
    Account.PENALTY: "income:penalty:{bank}",
    Account.BANK_SHARE: "expenses:bank-share:{bank}",
    Account.AGENCY_SHARE: "equity:agency-share:{bank}",
    Account.COMPENSATED_INTEREST: "income:compensated-interest:{bank}",
}
COLUMNS = (
    "entry_id",
    "entry__value_date",
    "entry__reference",
    "entry__kind",
    "account",
    "bank__name",
    "loan__iou_number",
    "amount",
)


def journal(*, as_of: date) -> Iterator[str]:
    """The lines of the journal: every entry with a value date up to this day, in the order of value dates, in CNY."""
    yield f"; {as_of.isoformat()}"
    rows = Line.objects.filter(entry__value_date__lte=as_of).order_by("entry__value_date", "entry_id", "id").values_list(*COLUMNS)
    for _entry, lines in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0)):
        yield ""
        yield from _entry_lines(list(lines))


def _entry_lines(lines: list[tuple]) -> Iterator[str]:
    _entry, day, reference, kind, *_rest = lines[0]
    yield f"{day.isoformat()} * ({_plain(reference)}) {Entry.Kind(kind).label}"
    for *_head, account, bank, iou, amount in lines:
        yield f"    {_name(account, bank, iou)}  {amount} CNY"


def _name(account: str, bank: str, iou: str | None) -> str:
    return NAMES[Account(account)].format(bank=_part(bank), iou=_part(iou or "-"))


def _plain(words: str) -> str:
    """Words without the signs that would end a code or begin a comment."""
    return re.sub(r"[();\s]+", " ", words).strip()


def _part(words: str) -> str:
    """One part of an account's name: colons would split it, two spaces would end it."""
    return _plain(words).replace(":", "-")
