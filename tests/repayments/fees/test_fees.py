"""A year's rewards and fees by bank: out of the book, on the pages, in the file and in the report."""

import csv
import io
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from loans.fees import Kind
from loans.models import BorrowerKind, FeeRule
from repayments.fees.queries import days_of, year_of
from reports import fees as report
from reports.periods import period
from staff.models import Bank, Role
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    return make.office_date()


def post():
    return make.bank("邮政储蓄银行", "邮储")


def figures(year, *, on=make.TODAY):
    """{kind: {bank: amount}} of a year."""
    found = year_of(days_of(year, on), list(Bank.objects.order_by("pk")))
    return {one.kind: {bank.short_name: figure.amount for bank, figure in one.banks} for one in found}


def page(role, name, *args, **query):
    return make.browser(make.staff(role)).get(reverse(f"repayments:{name}", args=args), query)


def file(year, **query):
    """The rows of the CSV file."""
    return list(csv.reader(io.StringIO(page(Role.FINANCE, "fees_csv", year, **query).content.decode("utf-8-sig"))))


def test_a_year_by_bank_reckoned_by_hand():
    loan = made.loan(date(2010, 7, 5), "21000")
    made.repaid(loan, date(2011, 3, 21), "3000")
    made.loan(date(2010, 12, 31), "20000", bank=post())
    made.loan(date(2010, 2, 28), "1000000", bank=post(), borrower_kind=BorrowerKind.ENTERPRISE)
    assert figures(2010) == {
        Kind.REWARD: {"农信社": D("210.00"), "邮储": D("10200.00")},
        Kind.GUARANTEE_FEE: {"农信社": D("103.56"), "邮储": D("8411.51")},  # 180 days; 307 days of 1,000,000 and one of 20,000
        Kind.HANDLING_FEE: {"农信社": D("0.00"), "邮储": D("5000.00")},
    }
    assert figures(2011)[Kind.GUARANTEE_FEE]["农信社"] == D("186.49")  # 79 days of 21,000 and 286 of 18,000: 45.4521 + 141.0411
    assert figures(2011)[Kind.REWARD] == {"农信社": 0, "邮储": 0}
    assert figures(2012)[Kind.GUARANTEE_FEE]["农信社"] == D("1.97")  # four days of 18,000 so far, of 366


def test_what_was_undone_or_reversed_never_was_and_a_compensated_loan_is_guaranteed_no_more():
    gone, stands = made.loan(date(2011, 1, 1), "36500"), made.loan(date(2011, 1, 1), "36500")
    made.undone(gone)
    made.reversed_(made.repaid(stands, date(2011, 3, 1), "1000"))
    assert figures(2011) == {Kind.REWARD: {"农信社": D("365.00")}, Kind.GUARANTEE_FEE: {"农信社": D("365.00")}, Kind.HANDLING_FEE: {"农信社": 0}}
    made.funded(stands.bank)
    made.compensated(stands, date(2011, 12, 22), "36500")
    assert figures(2011)[Kind.GUARANTEE_FEE] == {"农信社": D("355.00")}


def test_what_is_paid_is_shared_by_the_split_of_its_own_rule():
    made.loan(date(2011, 1, 1), "36500")
    kinds = {one.kind: one.total.shares for one in year_of(days_of(2011, make.TODAY), list(Bank.objects.all()))}
    assert (kinds[Kind.REWARD].central, kinds[Kind.REWARD].provincial) == (D("182.50"), D("182.50"))
    assert kinds[Kind.GUARANTEE_FEE].local == D("365.00")
    FeeRule.objects.filter(kind=Kind.REWARD).update(finance_split="")
    assert next(one for one in year_of(days_of(2011, make.TODAY), list(Bank.objects.all())) if one.kind == Kind.REWARD).total.shares.open == D("365.00")


def test_a_year_before_any_rule_shows_nothing_and_says_since_when_there_is_one():
    made.loan(date(2008, 9, 1), "20000")
    shown = page(Role.DIRECTOR, "fees", year=2008).content.decode()
    assert "自2009年7月27日（财金〔2009〕72号）起才有明文比例，此前不计算" in shown
    assert "财金〔2008〕100号" in shown
    assert "缺原文" in shown
    assert figures(2008)[Kind.REWARD] == {"农信社": 0}
    assert "起才有明文比例" not in page(Role.DIRECTOR, "fees", year=2010).content.decode()


def test_a_figure_opens_into_its_loans_and_these_into_days_base_and_document():
    loan = made.loan(date(2010, 7, 5), "21000")
    made.repaid(loan, date(2011, 3, 21), "3000")
    shown = page(Role.AUDITOR, "fees", year=2011).content.decode()
    assert f'{reverse("repayments:fees_of_kind", args=[2011, "guarantee_fee"])}?bank={loan.bank_id}">186.49<' in shown
    shown = page(Role.AUDITOR, "fees_of_kind", 2011, "guarantee_fee", bank=loan.bank_id).content.decode()
    assert f'{reverse("repayments:fees_of_loan", args=[2011, loan.number])}">186.49<' in shown
    shown = page(Role.AUDITOR, "fees_of_loan", 2011, loan.number).content.decode()
    for words in ("2011-03-20", "79", "21,000.00", "45.45", "2011-03-21", "286", "18,000.00", "141.04", "银发〔2002〕394号", "尚未核对原文"):
        assert words in shown


def test_bank_staff_see_their_own_bank_and_the_office_counter_nothing():
    own, other = made.loan(date(2010, 7, 5), "21000"), made.loan(date(2010, 7, 5), "77000", bank=post())
    shown = page(Role.BANK, "fees", year=2010).content.decode()
    assert ("210.00" in shown, "邮政储蓄银行" in shown, "770.00" in shown) == (True, False, False)
    assert page(Role.BANK, "fees_of_kind", 2010, "reward", bank=other.bank_id).status_code == 404
    assert other.iou_number not in page(Role.BANK, "fees_of_kind", 2010, "reward").content.decode()
    assert [page(Role.BANK, "fees_of_loan", 2010, loan.number).status_code for loan in (own, other)] == [200, 404]
    assert other.iou_number not in page(Role.BANK, "fees_csv", 2010).content.decode()
    assert page(Role.LOAN_OFFICER, "fees").status_code == 403


def test_a_year_that_cannot_be_asked_for_or_a_kind_that_is_none_is_not_found():
    made.loan()
    assert [page(Role.FINANCE, "fees", year=year).status_code for year in (2003, 2004, 2012, 2013)] == [404, 200, 200, 404]
    assert page(Role.FINANCE, "fees_of_kind", 2011, "tip").status_code == 404


def test_page_file_and_report_say_the_same():
    made.repaid(made.loan(date(2010, 7, 5), "21000"), date(2011, 3, 21), "3000")
    made.loan(date(2011, 2, 1), "30000", bank=post(), borrower_kind=BorrowerKind.ENTERPRISE)
    *rows, total = file(2011)
    wanted = figures(2011)
    assert D(total[-1]) == sum(D(row[-1]) for row in rows[1:]) == sum(amount for by_bank in wanted.values() for amount in by_bank.values())
    assert [row[4:9] for row in rows if row[0] == "担保费" and row[1] != "邮政储蓄银行"] == [
        ["2011-01-01", "2011-03-20", "79", "21000.00", "1"],
        ["2011-03-21", "2011-12-31", "286", "18000.00", "1"],
    ]
    assert {row[0] for row in file(2011, kind="reward")} == {"事项", "奖补资金", "合计"}
    found = report.rows(period=period("2011"))
    banks = dict(Bank.objects.values_list("name", "short_name"))
    for kind in Kind:
        assert {banks[row.bank]: getattr(row, kind.value) for row in found} == wanted[kind]
    foot = report.foot(found)
    assert foot["central"] + foot["provincial"] + foot["local"] + foot["open"] == D(total[-1])
    two_years = report.rows(period=period("2010-07-01..2011-06-30"))
    assert ([row.year for row in two_years], report.foot(two_years)["balance"]) == (["2010", "2010", "2011", "2011"], None)
