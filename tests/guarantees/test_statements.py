"""The bank's statement against the book: lines find each other, the difference is explained to the fen, then finance signs."""

from datetime import date, timedelta
from decimal import Decimal as D
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pgtrigger import ignore

from guarantees import actions, checks, statement_file, statements
from guarantees.actions import statement as acts
from guarantees.actions.statement import DoesNotFollow, MonthIsNotOver, NotExplained, StatementIsSigned
from guarantees.matching import DAYS_APART, Line, match
from guarantees.models import BankStatement, StatementLine
from repayments.models import Account
from repayments.models import Line as BookLine
from staff.errors import NotYours
from staff.models import Role
from tests import make
from tests.make import TODAY
from tests.threads import at_once, refusals

DECEMBER = date(2011, 12, 1)


def line(key, day, amount, text=""):
    return Line(key, date(2011, 12, day), D(amount), text)


# --- Matching ----------------------------------------------------------------------------------------------------------------


def test_lines_of_one_amount_some_days_apart_find_each_other_the_nearest_first():
    pairs = match([line(1, 10, 100), line(2, 12, 100)], [line(7, 11, 100), line(8, 4, 100)])
    assert [(theirs.key, ours.key) for theirs, ours in pairs] == [(1, 7)]
    assert [(a.key, b.key) for a, b in match([line(1, 9, 100), line(2, 12, 100)], [line(7, 11, 100), line(8, 4, 100)])] == [(2, 7), (1, 8)]


def test_the_document_that_the_bank_names_goes_before_a_nearer_day():
    pairs = match([line(1, 10, 100, "财政拨款 双财〔2011〕25 号")], [line(7, 10, 100, "双财〔2011〕26号"), line(8, 13, 100, "双财〔2011〕25号")])
    assert [(theirs.key, ours.key) for theirs, ours in pairs] == [(1, 8)]


@pytest.mark.parametrize(("day", "amount"), [(16, "100"), (4, "100"), (10, "100.01"), (10, "-100")])
def test_other_amounts_and_days_too_far_do_not(day, amount):
    assert match([line(1, 10, 100)], [line(7, day, amount)]) == []


lines = st.lists(st.builds(Line, st.integers(), st.integers(0, 30).map(lambda n: DECEMBER + timedelta(n)), st.sampled_from([D(1), D(2), D(-1)]), st.just("")))


@given(lines, lines)
def test_every_line_is_matched_once_to_one_that_fits(bank, book):
    pairs = match(bank, book)
    for side, ours in ((0, bank), (1, book)):
        used = [id(pair[side]) for pair in pairs]
        assert len(used) == len(set(used)) or any(ours.count(one) > 1 for one in ours)
    assert all(a.amount == b.amount and abs((a.day - b.day).days) <= DAYS_APART for a, b in pairs)


# --- Reading -----------------------------------------------------------------------------------------------------------------

PASTED = """交易日期\t摘要\t借方发生额\t贷方发生额\t余额
2011年12月20日\t双财〔2011〕25号\t\t２,490,000.00\t
20111221\t利息\t\t12.34\t
\t\t\t\t
2011.12.28\t调剂\t500\t\t
合计\t\t500\t2490012.34\t
"""


def test_pasted_lines_are_read_in_the_banks_own_columns():
    rows, wrong = statement_file.read(statement_file.cells_of(PASTED), DECEMBER)
    assert wrong == []
    assert [(row.row, row.day.day, row.amount, row.text) for row in rows] == [
        (2, 20, 2490000, "双财〔2011〕25号"),
        (3, 21, D("12.34"), "利息"),
        (5, 28, -500, "调剂"),
    ]


def test_everything_that_is_wrong_is_named_by_row_column_and_rule():
    text = "2011-12-32,100,,x\n2011-11-30,100,,x\n2011-12-05,1.234,,x\n2011-12-05,1,1,x\n2011-12-05,,,x\n2011-12-06,-5,,x\n2011-12-07,7,,好\n"
    rows, wrong = statement_file.read(statement_file.cells_of(text), DECEMBER)
    assert [row.text for row in rows] == ["好"]
    assert [(w.row, w.column) for w in wrong] == [(1, "日期"), (2, "日期"), (3, "收入（元）"), (4, "收入（元）"), (5, "收入（元）"), (6, "收入（元）")]
    assert "2011-12" in wrong[1].rule
    assert all(not w.rule.isascii() for w in wrong)


def test_an_excel_file_and_a_chinese_csv_say_the_same():
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["农信社对账单"])
    sheet.write_row(2, 0, ["日期", "收入(元)", "支出(元)", "摘要"])
    sheet.write_datetime(3, 0, date(2011, 12, 21), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_row(3, 1, [12.34, "", "利息"])
    sheet.write_row(4, 0, [20111222, "", 0.1 + 0.2, "手续费"])
    book.close()
    read = [statement_file.read(statement_file.sheet_of(content.getvalue(), "对账单.xlsx"), DECEMBER)]
    read.append(
        statement_file.read(
            statement_file.sheet_of("日期,收入,支出,摘要\n\n\n2011-12-21,12.34,,利息\n20111222,,0.30,手续费\n".encode("gb18030"), "对账单.csv"), DECEMBER
        )
    )
    rows = [statement_file.StatementRow(4, date(2011, 12, 21), D("12.34"), "利息"), statement_file.StatementRow(5, date(2011, 12, 22), D("-0.30"), "手续费")]
    assert read[0] == read[1] == (rows, [])
    with pytest.raises(statement_file.NotReadable):
        statement_file.sheet_of(b"%PDF-1.4", "对账单.xlsx")


# --- Against the book --------------------------------------------------------------------------------------------------------


@pytest.fixture
def account(db):
    """100,000 paid in in November, 20,000 on 20 December, 5,000 withdrawn on 30 December."""
    made = make.fund("100000", on=date(2011, 11, 3))
    paper = {"by": make.staff(Role.FINANCE), "on": TODAY}
    actions.pay_in(account=made, amount=D(20000), document="双财〔2011〕25号", value_date=date(2011, 12, 20), **paper)
    actions.withdraw(account=made, amount=D(5000), document="双财〔2011〕28号", value_date=date(2011, 12, 30), **paper)
    return made


PAID = (date(2011, 12, 21), "20000", "拨款双财〔2011〕25号")
INTEREST = (date(2011, 12, 21), "12.34", "四季度利息")


def sign(statement, **explanations):
    return acts.sign(statement=statement, explanations=explanations, by=make.staff(Role.FINANCE), on=TODAY)


def identity(statement):
    held = statements.reconcile(statement)
    assert held.difference == sum((item.amount for item in held.items), D(0))
    return held


def test_matched_only_at_the_bank_only_in_the_book_and_the_difference_to_the_fen(account):
    held = identity(make.statement(account, "120012.34", PAID, INTEREST))
    assert [pair.book_line.entry.reference for pair in held.pairs] == ["双财〔2011〕25号"]
    assert [(item.text, item.amount) for item in held.only_at_the_bank] == [("四季度利息", D("12.34"))]
    assert [(item.text, item.amount) for item in held.only_in_the_book] == [("双财〔2011〕28号", 5000)]
    assert (held.book_opening, held.book_closing, held.difference) == (100000, 115000, D("5012.34"))


def test_it_is_signed_when_every_difference_is_explained_and_then_stands(account):
    statement = make.statement(account, "120012.34", PAID, INTEREST)
    held = statements.reconcile(statement)
    bank, book = held.items
    with pytest.raises(NotExplained, match=r"5,000\.00"):
        sign(statement, **{bank.key: "次月入账"})
    assert not statement.differences.exists()
    signed = sign(statement, **{bank.key: "利息次月入账", book.key: "银行次日划出"})
    assert [(d.amount, d.explanation) for d in signed.differences.all()] == [(D("12.34"), "利息次月入账"), (5000, "银行次日划出")]
    assert signed.book_closing == 115000
    for act in (lambda: sign(statement), lambda: make.statement(account, "120012.34", PAID, INTEREST)):
        with pytest.raises(StatementIsSigned):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementLine.objects.filter(statement=statement).update(amount=1)


def test_what_stood_open_in_december_is_found_in_january(account):
    december = make.statement(account, "120012.34", PAID, INTEREST)
    sign(december, **{item.key: "在途" for item in statements.reconcile(december).items})
    actions.keep_interest(account=account, amount=D("12.34"), document="利息1", value_date=date(2012, 1, 5), by=make.staff(Role.FINANCE), on=date(2012, 2, 3))
    january = make.statement(account, "115012.34", (date(2012, 1, 2), "-5000", "划出"), month=date(2012, 1, 1), on=date(2012, 2, 3))
    held = identity(january)
    assert [item.side for item in held.items] == ["brought", "bank", "book"]
    assert [bool(item.explained) for item in held.items] == [True, True, False]  # 5,000 is in December's book; the interest stands alone now
    assert held.difference == 0


def test_a_statement_begins_with_what_the_one_before_ended_with(account):
    make.statement(account, "120000", PAID)
    with pytest.raises(DoesNotFollow, match=r"120,000\.00.*119,999\.00"):
        make.statement(account, "120000", (date(2012, 1, 2), "1", "利息"), month=date(2012, 1, 1), on=date(2012, 2, 3))


def test_an_unsigned_statement_is_entered_again_whole(account):
    make.statement(account, "120012.34", PAID, INTEREST)
    again = make.statement(account, "120000", PAID)
    assert BankStatement.objects.count() == 1
    assert [row.text for row in again.lines.all()] == [PAID[2]]


def test_a_line_booked_later_is_found_when_matched_again(account):
    statement = make.statement(account, "120012.34", PAID, INTEREST)
    who = {"by": make.staff(Role.FINANCE), "on": TODAY}
    actions.keep_interest(account=account, amount=D("12.34"), document="利息", value_date=date(2011, 12, 21), **who)
    held = identity(acts.match_again(statement=statement, **who))
    assert len(held.pairs) == 2
    assert held.only_at_the_bank == []


def test_an_entry_and_its_reversal_are_no_difference_and_a_later_reversal_shows(account):
    who = {"by": make.staff(Role.FINANCE), "on": TODAY}
    wrong = actions.pay_in(account=account, amount=D(777), document="错", value_date=date(2011, 12, 22), **who)
    actions.reverse_movement(entry=wrong, reason="录错", **who)
    statement = make.statement(account, "120000", PAID)
    assert [item.text for item in identity(statement).items] == ["双财〔2011〕28号"]
    signed = sign(statement, **{item.key: "在途" for item in statements.reconcile(statement).items})
    actions.reverse_movement(entry=BookLine.objects.get(account=Account.FUND, amount=20000).entry, reason="错账", **who)
    assert statements.reconcile(signed).changed_since == -20000
    identity(signed)


def test_the_month_is_over_and_finance_enters(account):
    with pytest.raises(MonthIsNotOver):
        make.statement(account, "1", month=date(2012, 1, 1))
    with pytest.raises(NotYours):
        acts.enter(account=account, month=DECEMBER, closing=D(0), lines=[], by=make.staff(Role.DIRECTOR), on=TODAY)


def test_missing_months_are_those_since_the_first_and_wait_on_finances_desk(account):
    assert statements.missing_months(account, TODAY) == [DECEMBER]
    make.statement(account, "100000", month=date(2011, 10, 1))
    assert statements.missing_months(account, TODAY) == [date(2011, 11, 1), DECEMBER]
    make.office_date()
    desk = make.browser(make.staff(Role.FINANCE)).get("/").content.decode()
    assert f"/fund/statements/{account.pk}/2011-11/" in desk
    assert "/fund/statements/" not in make.browser(make.staff(Role.DIRECTOR)).get("/").content.decode()


def test_from_the_banks_file_to_the_signature(account):
    make.office_date()
    browser = make.browser(make.staff(Role.FINANCE))
    page = f"/fund/statements/{account.pk}/2011-12/"
    wrong = browser.post(page, {"closing": "120012.34", "pasted": "2011-12-20\t20000\t5\t拨款\n"})
    assert [(w.row, w.column) for w in wrong.context["wrong"]] == [(1, "收入（元）")]
    assert not BankStatement.objects.exists()
    file = SimpleUploadedFile("对账单.csv", "日期,收入,支出,摘要\n2011-12-21,20000,,双财〔2011〕25号\n2011-12-21,12.34,,利息\n".encode())
    page = browser.post(page, {"closing": "120012.34", "file": file}).url
    shown = browser.get(page)
    assert "5,012.34" in shown.content.decode()
    keys = [item.key for item, _typed in shown.context["items"]]
    assert browser.post(page, {keys[0]: "次月入账"}).status_code == 200
    assert browser.post(page, dict.fromkeys(keys, "次月入账")).status_code == 302
    assert BankStatement.objects.get().signed_by.name == make.NAMES[Role.FINANCE]
    assert browser.get(f"{page}print.pdf").content[:4] == b"%PDF"
    assert "120,012.34" in browser.get("/fund/statements/").content.decode()


def test_the_nightly_check_finds_a_reconciliation_that_explains_too_little(account):
    statement = sign_all(make.statement(account, "120012.34", PAID, INTEREST))
    assert list(checks.signed_statements_are_explained()) == []
    with ignore("guarantees.StatementDifference:statement_difference_signed_stays"):
        statement.differences.filter(amount=5000).update(amount=4999)
    [found] = checks.signed_statements_are_explained()
    assert "2011-12" in found


def sign_all(statement):
    return sign(statement, **{item.key: "次月入账" for item in statements.reconcile(statement).items})


@pytest.mark.django_db(transaction=True)
def test_two_finance_officers_sign_one_reconciliation_once():
    account = make.fund("20000", on=date(2011, 12, 20))
    statement = make.statement(account, "20000", PAID)
    officers = [make.user(Role.FINANCE), make.user(Role.FINANCE)]
    answers = at_once(*(lambda o=officer: acts.sign(statement=statement, explanations={}, by=o, on=TODAY) for officer in officers))
    assert refusals(answers) == ["StatementIsSigned"]
