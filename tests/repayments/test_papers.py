"""还款计划表 and 结清证明, read back from the PDF: the figures, one page, type that can be read."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.money import words
from loans.policy import Regime
from loans.states import State
from repayments import papers
from repayments.borrower_plan import plan_of
from repayments.half_year.figures import figures
from repayments.models import HalfYearLedger, Instalment
from repayments.schedule import rows
from staff.models import Bank, Role
from tests import make, pdf
from tests.make import TODAY as DAY
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000/"
LATE = date(2012, 11, 20)


@pytest.fixture(autouse=True)
def fund():
    make.fund("2000000")


def live(form=Form.GRACE_QUARTERLY, *, subsidised=False, **changes):
    """A loan that was paid out today; its interest is the borrower's own unless finance pays it."""
    loan = make.case_at(State.LIVE, form=form, **changes)
    Bank.objects.update(address="双辽市辽河路118号", phone="0434-7221234")
    Loan.objects.filter(pk=loan.pk).update(micro_profit=subsidised)
    return Loan.objects.get(pk=loan.pk)


def plan(loan, on=DAY):
    return papers.repayment_plan(loan, base_url=BASE, on=on)


def figure(amount):
    return f"{amount:,.2f}"


# --- The plan on paper -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "term", "count"),
    [
        (Form.GRACE_QUARTERLY, 24, 9),
        (Form.BULLET_QUARTERLY, 24, 9),
        (Form.ANNUITY_MONTHLY, 24, 24),
        (Form.EQUAL_PRINCIPAL_MONTHLY, 14, 14),
        (Form.SINGLE_AT_MATURITY, 24, 1),
    ],
)
def test_the_paper_holds_every_row_of_the_schedule(form, term, count):
    loan = live(form, term=term)
    due_rows = rows(form, D("50000.00"), D("9.65"), DAY, term)
    said = pdf.only_page(content := plan(loan))
    assert len(due_rows) == count
    for row in due_rows:
        total = figure(row.principal + row.interest)
        assert f"{row.seq}{row.due.year}年{row.due.month}月{row.due.day}日" in said and total in said
        assert count > papers.MOST_IN_ONE_COLUMN or words(row.principal + row.interest).removeprefix("人民币") in said
    assert pdf.title(content) == f"还款计划表 {loan.number}" and pdf.language(content) == "zh-CN"
    assert pdf.size(content) == (595, 842) and pdf.fonts_not_embedded(content) == []
    assert pdf.smallest_type(content) >= 12 and min(pdf.sides(content)) >= 30


def test_the_paper_says_what_the_borrower_must_know():
    loan = live()
    said = pdf.only_page(plan(loan))
    for told in (loan.number, loan.iou_number, "潘志国", "50,000.00元人民币伍万元整", "2012年1月4日至2014年1月4日，24个月", "年利率9.65%"):
        assert told in said
    for told in ("农村信用合作联社电话0434-7221234", "双辽市辽河路118号", "有问题请问：周敏", "双辽市小额担保贷款中心"):
        assert told in said


def test_the_next_payment_is_the_first_on_which_the_borrower_pays_something():
    own, financed = plan_of(live(), DAY), plan_of(live(subsidised=True), DAY)
    assert own.next == (date(2012, 3, 21), D("1032.01"))
    assert financed.next == (date(2012, 9, 21), D("7142.86"))
    assert "由财政付" in pdf.only_page(plan(live(subsidised=True)))


def test_the_next_payment_leaves_out_what_was_paid_ahead_and_what_is_late():
    ahead, late = live(), live()
    make.repaid(ahead, "10000", on=date(2012, 6, 1))
    assert plan_of(ahead, LATE).next == (date(2012, 12, 21), D("5331.14"))  # 14,285.72 planned, 10,000 paid, and 1,045.42 of interest
    assert plan_of(late, LATE).late == D("7142.86")
    said = pdf.only_page(plan(late, LATE))
    assert "逾期未还本金7,142.86元" in said and "2012年12月21日星期五应还8,188.28元" in said
    assert "已还本金10,000.00元" in pdf.only_page(plan(ahead, LATE))


def test_a_settled_loan_says_so():
    loan = live()
    make.repaid(loan, "50000", on=LATE)
    loan.refresh_from_db()
    said = pdf.only_page(plan(loan, LATE))
    assert "本笔贷款已于2012年11月20日结清" in said and "下一次还款日" not in said


# --- What finance pays ---------------------------------------------------------------------------------------------------------------
def test_without_subsidy_the_borrower_pays_all_interest():
    said = pdf.only_page(plan(live()))
    assert "这笔贷款没有财政贴息，利息共7,013.49元由您自己付。" in said


def test_with_full_subsidy_only_principal_is_paid():
    loan = live(subsidised=True)
    found = plan_of(loan, DAY)
    assert (found.regime, found.own_interest, found.financed) == (Regime.B, 0, D("7013.49"))
    assert "全部由财政直接付给银行，您只还本金。逾期和展期的利息财政不付。" in pdf.only_page(plan(loan))


def test_with_half_subsidy_both_parts_are_named():
    loan = made.loan(date(2007, 3, 1), "20000", form=Form.BULLET_QUARTERLY, rate=D("6.12"))
    found = plan_of(loan, date(2007, 3, 1))
    assert found.regime == Regime.A_HALF
    assert [(p.interest, p.own_interest) for p in found.payments[:2]] == [(D("68.00"), D("34.00")), (D("312.80"), D("156.40"))]
    said = pdf.only_page(papers.repayment_plan(loan, base_url=BASE, on=date(2007, 3, 1)))
    assert f"财政直接付给银行{figure(found.financed)}元，您自己付{figure(found.own_interest)}元。" in said


def test_a_firm_that_pays_first_is_told_so():
    loan = live()
    Loan.objects.filter(pk=loan.pk).update(borrower_kind="enterprise", groups=["labour_intensive_firm"], group="labour_intensive_firm")
    loan.refresh_from_db()
    found = plan_of(loan, DAY)
    assert (found.regime, found.own_interest) == (Regime.C, found.interest)
    assert "由您先付给银行，财政再按季把应贴的部分退给您。" in pdf.only_page(plan(loan))


def test_the_plan_agrees_with_the_plan_of_the_half_year_ledger():
    loan = made.loan(date(2006, 7, 5), "30000", rate=D("6.03"))
    dues = figures(HalfYearLedger(period="2007-H1")).dues
    ours = {p.due: (p.principal, p.interest, p.own_interest) for p in plan_of(loan, date(2007, 6, 30)).payments}
    assert [(due.due, due.principal, due.interest, due.own_interest) for due in dues] == [(day, *ours[day]) for day in (date(2007, 9, 21), date(2007, 12, 21))]
    assert 0 < dues[0].own_interest < dues[0].interest


# --- However long ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("form", "term", "principal"), [(Form.ANNUITY_MONTHLY, 36, "200000"), (Form.ANNUITY_MONTHLY, 24, "2000000")])
def test_the_longest_and_the_largest_keep_to_one_page(form, term, principal):
    loan = live(form)
    Loan.objects.filter(pk=loan.pk).update(amount_asked=principal, amount_granted=principal, principal=principal)
    made.schedule(Loan.objects.get(pk=loan.pk), rows(form, D(principal), D("9.65"), DAY, term), DAY)
    make.repaid(loan, "1000", on=date(2012, 3, 20))
    Bank.objects.update(name="中国农业银行股份有限公司双辽市支行")
    content = plan(Loan.objects.get(pk=loan.pk), LATE)
    said = pdf.only_page(content)
    assert Instalment.objects.filter(schedule__version=2).count() == term and said.count("其中利息") == 2
    assert pdf.smallest_type(content) >= 12 and min(pdf.sides(content)) >= 30


# --- 结清证明 -------------------------------------------------------------------------------------------------------------------------
def test_the_certificate_is_half_a_page_with_the_loan_in_figures_and_words():
    loan = live()
    make.repaid(loan, "50000", on=LATE)
    loan.refresh_from_db()
    content = papers.settlement(loan, base_url=BASE, on=date(2012, 11, 21))
    said = pdf.only_page(content)
    for told in (
        "潘志国",
        loan.applicant.masked_number,
        loan.iou_number,
        loan.contract_number,
        "50,000.00元（人民币伍万元整",
        "2012年11月20日全部还清",
        "2012年11月21日",
    ):
        assert told in said
    assert pdf.size(content) == (595, 420) and pdf.title(content) == f"结清证明 {loan.number}" and pdf.fonts_not_embedded(content) == []


# --- Who may print -------------------------------------------------------------------------------------------------------------------
def test_papers_are_shown_under_their_chinese_names():
    loan = live()
    answer = make.browser(make.clerk(loan)).get(f"/cases/{loan.number}/repayment-plan.pdf")
    assert answer["Content-Type"] == "application/pdf" and "%E8%BF%98%E6%AC%BE%E8%AE%A1%E5%88%92%E8%A1%A8" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("inline")


def test_papers_of_another_bank_and_papers_before_their_time_are_not_found():
    loan, waiting = live(), make.case_at(State.CONTRACTED)
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    for browser, paths in (
        (make.browser(stranger), (f"/cases/{loan.number}/repayment-plan.pdf",)),
        (make.browser(make.clerk(loan)), (f"/cases/{waiting.number}/repayment-plan.pdf", f"/cases/{loan.number}/settlement.pdf")),
    ):
        assert [browser.get(path).status_code for path in paths] == [404] * len(paths)


def test_the_case_page_links_what_there_is():
    make.office_date()
    loan = make.settled(live())
    page = make.browser(make.staff(Role.AUDITOR)).get(f"/cases/{loan.number}/").content.decode()
    for paper in ("repayment-plan.pdf", "settlement.pdf", "promise.pdf"):
        assert f"/cases/{loan.number}/{paper}" in page
    waiting = make.browser(make.staff(Role.AUDITOR)).get(f"/cases/{make.application().number}/").content.decode()
    assert "repayment-plan.pdf" not in waiting and "promise.pdf" not in waiting
