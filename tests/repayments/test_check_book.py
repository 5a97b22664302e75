"""Every check of the book is shown to find what it looks for, in a book that somebody damaged behind the database's back."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.management import call_command
from django.db import connection

from guarantees.actions import statement as statement_actions
from guarantees.models import FundAccount, Promise
from loans.models import Loan
from loans.states import State
from repayments import ledger
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff import checks, jobs
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

LENT = date(2010, 7, 5)


def damage(*statements):
    """Change what the database forbids to change: only a superuser who switches the triggers off can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def book(rural, finance, director):
    """A fund, a person's loan with a receipt that was reversed and one that stands, and a promise that waits for money."""
    account = FundAccount.objects.create(bank=rural, opened=LENT)
    money = Posting(Account.FUND, D("100000.00")), Posting(Account.TREASURY, D("-100000.00"))
    ledger.post(Entry.Kind.PAY_IN, *money, bank=rural, reference="双财〔2010〕1号", value_date=LENT, on=LENT, by=finance)
    loan = made.loan(LENT, applicant=make.person())
    wrong = made.repaid(loan, date(2011, 3, 21), "3000.00")
    made.repaid(loan, date(2011, 3, 22), "3000.00", "90.00")
    made.reversed_(wrong)
    make.drawn_up_plan()
    statement_actions.sign(statement=make.statement(account, "100000", month=date(2011, 12, 1)), explanations={}, by=finance, on=make.TODAY)
    waiting = make.case_at(State.CONFIRMED)
    said = {"approved_on": make.TODAY, "approved_by": director, "amount_granted": waiting.amount_asked, "term_granted": 24}
    Loan.objects.filter(pk=waiting.pk).update(state=State.PROMISED, **said)
    Promise.objects.create(
        loan=waiting,
        account=account,
        number="双担承〔2012〕1号",
        amount=waiting.amount_asked,
        valid_until=date(2012, 3, 4),
        fund_balance=D("100000.00"),
        multiple=5,
        stood_for=D("100000.00"),
        promised_on=make.TODAY,
        promised_by=director,
    )
    make.office_date()
    return loan


def another_bank():
    return make.bank("邮政储蓄银行", "邮储").pk


# What breaks each check: SQL that the damage is done by, and words of the sentence that must follow.
DAMAGE = {
    "entries_balance": ("UPDATE repayments_line SET amount = amount + 1 WHERE account = 'interest'", "不平衡"),
    "entries_have_two_lines": (
        "DELETE FROM repayments_line WHERE account = 'fund' AND entry_id = (SELECT id FROM repayments_entry WHERE reference LIKE '双财%%')",
        "只有1行",
    ),
    "references_are_unique": (
        "ALTER TABLE repayments_entry DROP CONSTRAINT entry_reference_once_per_bank; "
        "UPDATE repayments_entry SET reference = 'R1' WHERE kind IN ('receipt', 'pay_in')",
        "重复记账",
    ),
    "reversals_mirror_their_entries": ("UPDATE repayments_entry SET value_date = value_date + 1 WHERE kind = 'reversal'", "不是其所冲"),
    "lines_stand_at_the_bank_of_their_loan": ("UPDATE repayments_line SET bank_id = {other} WHERE account = 'interest'", "其他银行"),
    "nobody_owes_less_than_nothing": (
        "UPDATE repayments_entry SET value_date = '2009-01-01' WHERE id = (SELECT reverses_id FROM repayments_entry WHERE kind = 'reversal')",
        "欠款为负",
    ),
    "settled_loans_owe_nothing_and_live_ones_something": ("UPDATE loans_loan SET state = 'settled' WHERE id = {loan}", "已结清，却仍欠"),
    "every_lent_loan_is_in_the_book": ("UPDATE loans_loan SET disbursed_on = disbursed_on + 1 WHERE id = {loan}", "放款"),
    "schedules_repay_the_loan": ("UPDATE repayments_instalment SET principal = principal + 1 WHERE sequence = 3", "还款计划"),
    "rows_rise_and_add_up": ("UPDATE repayments_instalment SET due = due + 200 WHERE sequence = 3", "不衔接"),
    "every_lent_loan_opened_one_venture": ("DELETE FROM loans_venture", "创业项目"),
    "identity_numbers_agree_with_their_indexes": ("UPDATE applicants_applicant SET last_four_index = identity_index WHERE id = {person}", "身份证号"),
    "open_promises_and_promised_cases_agree": ("UPDATE loans_loan SET state = 'confirmed' WHERE state = 'promised'", "并不在等待放款"),
    "promises_are_for_what_was_granted": ("UPDATE guarantees_promise SET amount = amount - 1", "与案件"),
    "no_bank_stands_for_more_than_its_multiple": ("UPDATE repayments_line SET amount = amount / 10 WHERE account IN ('fund', 'treasury')", "放大倍数只允许"),
    "plans_sum_to_their_parts": ("UPDATE guarantees_annualplan SET amount = amount + 1", "与其分项合计不符"),
    "signed_statements_are_explained": ("UPDATE guarantees_bankstatement SET closing = closing + 1", "没有说明全部差额"),
    "the_fund_is_where_its_accounts_are": ("UPDATE repayments_line SET bank_id = {other} WHERE account = 'fund'", "没有担保基金专户"),
}

DAMAGED_ELSEWHERE = {"plans_sum_to_their_parts", "signed_statements_are_explained"}  # tests/guarantees: test_plan.py, test_statements.py


def test_a_sound_book_passes_every_check(book, capsys):
    call_command("check_book")
    assert f"{len(checks.registered())}项检查" in capsys.readouterr().out


def test_every_check_is_broken_here():
    assert set(DAMAGE) | DAMAGED_ELSEWHERE == {check.__name__ for check in checks.registered()}


@pytest.mark.parametrize("check", [one for one in checks.registered() if one.__name__ in DAMAGE], ids=lambda check: check.__name__)
def test_each_check_finds_its_damage(check, book):
    sql, words = DAMAGE[check.__name__]
    damage(sql.format(other=another_bank(), loan=book.pk, person=book.applicant_id))
    found = list(check())
    assert found
    assert words in found[0]


def test_a_promised_case_without_its_promise_is_found(book):
    damage("DELETE FROM guarantees_promise")
    assert any("没有有效的担保承诺" in line for line in checks.problems())


def test_a_live_loan_that_owes_nothing_is_found(book):
    damage(f"DELETE FROM repayments_line WHERE loan_id = {book.pk} AND account = 'principal'")
    assert any("仍为还款中" in line for line in checks.problems())


def test_a_loan_without_a_schedule_is_found(book):
    damage("DELETE FROM repayments_instalment", "DELETE FROM repayments_schedule")
    assert any("没有还款计划" in line for line in checks.problems())


def test_compensation_may_break_the_multiple(book, rural):
    """The base shrinks: the bank is shown over its limit, but the book is in order."""
    made.compensated(made.loan(LENT, principal="90000.00", name="王建"), date(2011, 12, 1), "90000.00")
    assert checks.problems() == []


def test_the_command_says_what_is_wrong_and_fails(book, capsys):
    damage(DAMAGE["entries_balance"][0])
    with pytest.raises(SystemExit) as ended:
        call_command("check_book")
    assert ended.value.code == 1
    assert "不平衡" in capsys.readouterr().out


def test_nothing_is_issued_from_a_book_that_is_not_in_order(book):
    checks.refuse_unless_sound()
    damage(DAMAGE["entries_balance"][0])
    with pytest.raises(checks.BookNotSound, match=r"账簿检查发现1个问题.*不平衡"):
        checks.refuse_unless_sound()


def test_the_nightly_round_puts_what_is_wrong_on_desks_until_it_is_mended(book, auditor, officer):
    jobs.run_due(make.TODAY)
    assert "账簿检查" not in make.browser(auditor).get("/").text
    damage(DAMAGE["entries_balance"][0])
    jobs.run_due(make.TODAY + timedelta(1))
    page = make.browser(auditor).get("/").text
    assert "发现1个问题" in page
    assert "不平衡" in page
    assert "账簿检查" not in make.browser(officer).get("/").text
    damage("UPDATE repayments_line SET amount = amount - 1 WHERE account = 'interest'")
    jobs.run_due(make.TODAY + timedelta(2))
    assert "账簿检查" not in make.browser(auditor).get("/").text
