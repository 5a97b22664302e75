"""Sheets 担保基金 and 年度计划: what the treasury paid in, and what each year was to lend."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from repayments.models import Account, Entry
from reports.importing import cells
from reports.importing.known import Known
from reports.importing.lending import SCHEME_BEGAN
from reports.importing.sheets import Column, Layout, Row

FUND = Layout(
    "担保基金",
    (
        Column("day", "日期", cells.day),
        Column("bank", "经办银行", cells.name),
        Column("amount", "金额", cells.positive, money=True),
        Column("kind", "类别", cells.one_of({"财政注入": Entry.Kind.PAY_IN})),
        Column("document", "文号", cells.code),
    ),
)
PLAN = Layout(
    "年度计划",
    (
        Column("year", "年度", cells.whole(2002, 2100)),
        Column("loans", "计划笔数", cells.whole(0, 1_000_000)),
        Column("amount", "计划金额", cells.positive, money=True),
        Column("jobs", "计划带动就业", cells.whole(0, 1_000_000)),
    ),
)


def check_fund(rows: Sequence[Row], on: date, known: Known) -> None:
    """Find what is wrong with these payments; one document pays in once at a bank."""
    met: set[tuple[int, str]] = set()
    for row in rows:
        bank = known.banks.get(row["bank"]) if row["bank"] else None
        if row["bank"] and not bank:
            row.refuse("bank", _("The office works with no bank called “%(name)s”.") % {"name": row["bank"]})
        row.values["bank"] = bank
        if row["day"] and not SCHEME_BEGAN <= row["day"] <= on:
            said = {"day": row["day"], "first": SCHEME_BEGAN, "last": on}
            row.refuse("day", _("Must lie between %(first)s, when the scheme began, and today, %(last)s; it is %(day)s.") % said)
        if not bank or row.errors:
            continue
        if (reference := (bank.pk, row["document"])) in met:
            row.refuse("document", _("Document %(number)s stands in an earlier row of this bank already.") % {"number": row["document"]})
        elif before := known.entries.get(reference):
            row.known = (before.kind, before.value_date, before.amounts.get(Account.FUND)) == (row["kind"], row["day"], row["amount"])
            if not row.known:
                row.refuse("document", _("Document %(number)s is in the book already, for another payment.") % {"number": row["document"]})
        met.add(reference)


def check_plan(rows: Sequence[Row], known: Known) -> None:
    """Find what is wrong with these plans; a year has one."""
    met: set[int] = set()
    for row in rows:
        if row.errors:
            continue
        if row["year"] in met:
            row.refuse("year", _("A plan of this year stands in an earlier row already."))
        elif before := known.plans.get(row["year"]):
            row.known = before == (row["loans"], row["amount"], row["jobs"])
            if not row.known:
                row.refuse("year", _("Another plan of this year is on record."))
        met.add(row["year"])
