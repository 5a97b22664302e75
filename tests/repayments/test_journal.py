"""The journal as hledger and ledger read it: the same sums, by tools that are not ours."""

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import call_command

from repayments import ledger
from repayments.ledger import Posting
from repayments.models import Account, Entry
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

LENT, PAID = date(2010, 7, 5), date(2011, 3, 21)


@pytest.fixture
def loan(rural, finance):
    """A book with every account in it: fund, loan, receipt, reversal, overpayment, compensation."""
    make.office_date()
    money = Posting(Account.FUND, D(100000)), Posting(Account.TREASURY, D(-99000)), Posting(Account.FUND_INTEREST, D(-1000))
    ledger.post(Entry.Kind.PAY_IN, *money, bank=rural, reference="双财〔2010〕1号;(附件)", value_date=LENT, on=LENT, by=finance)
    loan = made.loan(LENT, iou_number="NJ201000001")
    made.reversed_(made.repaid(loan, PAID, "3000", "12.50"))
    made.repaid(loan, PAID, "4000.50", "12.50")
    over = Posting(Account.BANK_MONEY, D("5.00")), Posting(Account.OVERPAID, D("-5.00"), loan)
    ledger.post(Entry.Kind.RECEIPT, *over, bank=rural, reference="R-多付", value_date=PAID, on=PAID, by=finance)
    made.compensated(made.loan(LENT, iou_number="NJ201000002"), date(2011, 12, 1), "21000", "80")
    made.loan(date(2012, 1, 3), iou_number="NJ201200001")
    return loan


@pytest.fixture
def journal(loan, tmp_path, capsys):
    call_command("export_journal", "--as-of", "2011-12-31")
    path = tmp_path / "office.journal"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def sums(program, journal):
    """{account: sum} as the program works them out."""
    assert shutil.which(program), f"{program} is wanted for this test: apt-get install {program}"
    run = subprocess.run(
        [program, "-f", journal, "bal", "--flat", "--no-total"],
        capture_output=True,
        text=True,
        env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert run.returncode == 0, run.stderr
    found = re.findall(r"^\s*(-?[\d,.]+) CNY\s+(\S.*)$", run.stdout, re.MULTILINE)
    return {account: D(amount.replace(",", "")) for amount, account in found}


@pytest.mark.parametrize("program", ["hledger", "ledger"])
def test_both_programs_find_our_sums(program, journal, rural):
    assert sums(program, journal) == {
        "assets:fund:农村信用合作联社": D("78920.00"),
        "assets:loans:农村信用合作联社:NJ201000001": D("16999.50"),
        "assets:owed-to-fund:农村信用合作联社:NJ201000002": D("21080.00"),
        "equity:treasury:农村信用合作联社": D("-99000.00"),
        "income:compensated-interest:农村信用合作联社": D("-80.00"),
        "income:fund-interest:农村信用合作联社": D("-1000.00"),
        "income:interest:农村信用合作联社": D("-12.50"),
        "liabilities:bank:农村信用合作联社": D("-16902.00"),
        "liabilities:overpaid:农村信用合作联社:NJ201000001": D("-5.00"),
    }


def test_every_account_of_the_book_has_its_name():
    from repayments.journal import NAMES

    assert set(NAMES) == set(Account)


def test_what_comes_later_is_left_out(journal):
    assert "NJ201200001" not in journal.read_text(encoding="utf-8")


def test_a_reference_cannot_end_its_code(journal):
    assert "2010-07-05 * (双财〔2010〕1号 附件) 基金注入" in journal.read_text(encoding="utf-8")
