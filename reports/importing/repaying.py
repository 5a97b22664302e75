"""Sheets 还款流水 and 贷后回访: what banks received, and what visits found, on loans of this ledger or on record."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from repayments.models import Account, Entry, Visit
from reports.importing import cells
from reports.importing.known import Known, LentLoan
from reports.importing.lending import as_corrected
from reports.importing.sheets import Column, Layout, Row

BUSINESS = {"正常经营": Visit.Business.NORMAL, "经营困难": Visit.Business.DIFFICULT, "停业": Visit.Business.STOPPED}

RECEIPTS = Layout(
    "还款流水",
    (
        Column("serial", "流水号", cells.code, must_be_there=False, may_be_blank=True),
        Column("bank", "经办银行", cells.name),
        Column("iou", "借据号", cells.code),
        Column("day", "还款日期", cells.day),
        Column("principal", "本金", cells.not_negative, may_be_blank=True, money=True),
        Column("interest", "利息", cells.not_negative, may_be_blank=True, money=True),
    ),
)
VISITS = Layout(
    "贷后回访",
    (
        Column("iou", "借据号", cells.code),
        Column("day", "回访日期", cells.day),
        Column("business", "经营状况", cells.one_of(BUSINESS)),
        Column("workers", "用工人数", cells.whole(0, 30000)),
        Column("note", "备注", lambda cell: cells.text(cell, 300), must_be_there=False, may_be_blank=True),
    ),
)


def check_receipts(rows: Sequence[Row], on: date, known: Known, lent: Mapping[str, LentLoan], refused: set[str]) -> dict[str, date]:
    """Find what is wrong with these receipts; the day on which each loan that they repay whole was repaid."""
    occurrences: Counter[tuple[object, ...]] = Counter()
    met: set[tuple[int, str]] = set()
    by_loan: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        bank = known.banks.get(row["bank"]) if row["bank"] else None
        if row["bank"] and not bank:
            row.refuse("bank", _("The office works with no bank called “%(name)s”.") % {"name": row["bank"]})
        row.values["bank"] = bank
        if row["principal"] == row["interest"] == 0:
            row.refuse("principal", _("Neither principal nor interest was received."))
        as_corrected(row, known)
        loan = _loan(row, on, lent, refused)
        if loan and bank and loan.bank != bank:
            row.refuse("bank", _("Loan %(iou)s is of %(bank)s.") % {"iou": row["iou"], "bank": loan.bank})
        if row.errors or not loan:
            continue
        row.values["reference"] = row["serial"] or _made_up(row, known.first.get(row["iou"], row["iou"]), occurrences)
        _check_reference(row, loan, met, known)
        if row.is_new:
            by_loan[row["iou"]].append(row)
    return {iou: day for iou, found in by_loan.items() if (day := _check_principal(found, lent[iou].owed))}


def check_visits(rows: Sequence[Row], on: date, known: Known, lent: Mapping[str, LentLoan], refused: set[str]) -> None:
    """Find what is wrong with these visits; one loan is visited once a day."""
    met: set[tuple[str, date]] = set()
    for row in rows:
        as_corrected(row, known)
        loan = _loan(row, on, lent, refused)
        if row.errors or not loan:
            continue
        if (key := (row["iou"], row["day"])) in met:
            row.refuse("day", _("A visit of this loan on this day stands in an earlier row already."))
        elif loan.pk and (before := known.visits.get((loan.pk, row["day"]))):
            row.known = before == (row["business"], row["workers"], row["note"] or "")
            if not row.known:
                row.refuse("day", _("A visit of this loan on this day is on record with other findings."))
        met.add(key)


def _loan(row: Row, on: date, lent: Mapping[str, LentLoan], refused: set[str]) -> LentLoan | None:
    """The loan that a row is about. About a loan that is itself refused nothing more is said."""
    if not row["iou"] or row["iou"] in refused:
        return None
    if not (loan := lent.get(row["iou"])):
        row.refuse("iou", _("No loan has the IOU number %(iou)s.") % {"iou": row["iou"]})
        return None
    if row["day"] and not loan.disbursed <= row["day"] <= on:
        said = {"day": row["day"], "first": loan.disbursed, "last": on}
        row.refuse("day", _("Must lie between the disbursement on %(first)s and today, %(last)s; it is %(day)s.") % said)
    return loan


def _made_up(row: Row, iou: str, occurrences: Counter[tuple[object, ...]]) -> str:
    """Where the bank gives no serial number: IOU, day, amounts and which occurrence of these it is (domain.md §7).

    `iou` is the number under which the loan came into the book, so that a corrected number makes no second receipt of one.
    """
    said = (iou, row["day"], row["principal"], row["interest"])
    occurrences[said] += 1
    return "/".join(map(str, (*said, occurrences[said])))


def _check_reference(row: Row, loan: LentLoan, met: set[tuple[int, str]], known: Known) -> None:
    key = "serial" if row["serial"] else "iou"
    if (reference := (loan.bank.pk, row["reference"])) in met:
        row.refuse(key, _("Serial number %(number)s of this bank stands in an earlier row already.") % {"number": row["reference"]})
    elif before := known.entries.get(reference):
        row.known = (before.kind, before.loan_pk, before.value_date) == (Entry.Kind.RECEIPT, loan.pk, row["day"]) and (
            _received(before.amounts) == (row["principal"], row["interest"])
        )
        if not row.known:
            row.refuse(key, _("Serial number %(number)s of this bank is in the book already, for another receipt.") % {"number": row["reference"]})
    met.add(reference)


def _received(amounts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    return -amounts.get(Account.PRINCIPAL, Decimal(0)), -amounts.get(Account.INTEREST, Decimal(0))


def _check_principal(rows: Sequence[Row], owed: Decimal) -> date | None:
    """Refuse what goes beyond the principal owed, in the order of days; the day on which nothing is owed any more."""
    repaid = None
    for row in sorted(rows, key=lambda row: (row["day"], row.number)):
        if row["principal"] > owed:
            said = {"iou": row["iou"], "owed": owed, "amount": row["principal"]}
            row.refuse("principal", _("Loan %(iou)s still owes %(owed)s; the bank reports %(amount)s.") % said)
            continue
        owed -= row["principal"]
        repaid = row["day"] if owed == 0 and repaid is None else repaid
    return repaid
