"""A ledger is taken in whole or not at all; the second time it adds nothing; what has gone on since is not disturbed."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import call_command
from django.db import connection

from applicants import actions as applicants
from applicants.encryption import blind_index
from applicants.models import Applicant, Community
from guarantees.models import AnnualPlan, FundAccount
from guarantees.queries import position
from loans.communities import NotALoanOfficer, assign
from loans.models import Loan
from loans.states import State
from repayments import ledger as book
from repayments.actions import receive
from repayments.models import Account, Entry, Visit
from reports.importing.actions import RowsRefused, take_in, taken_in
from reports.models import ImportedLoan, LedgerImport
from staff import checks
from staff.errors import NotYours
from staff.models import Event
from tests import make
from tests.book import printed
from tests.reports.workbooks import FIRST, SECOND, THIRD, added, changed, ledger, refusals, workbook
from training.models import Trainee

pytestmark = pytest.mark.django_db

LOANS, RECEIPTS, FUND = "贷款台账", "还款流水", "担保基金"


@pytest.fixture(autouse=True)
def office(rural, officer, administrator):
    make.office_date()
    Community.objects.create(name="茂林镇", officer=officer)


def imported(by, sheets=None):
    return take_in(content=workbook(sheets), file_name="台账.xlsx", by=by, on=make.TODAY)


def everything():
    """How many rows every table of ours holds."""
    from tests import house

    return {model._meta.label: model.objects.count() for model in house.our_models()}


def test_people_are_registered_with_sealed_numbers_and_found_by_name_and_number(administrator):
    imported(administrator)
    assert Applicant.objects.count() == 3
    single = Applicant.objects.get(identity_index=blind_index(SECOND))
    assert (single.name, single.pinyin, single.initials) == ("单晓红", "shanxiaohong", "sxh")
    assert (single.identity_number, single.sex, single.birth_date) == (SECOND, "F", date(1970, 8, 9))
    assert single.last_four_index == blind_index(SECOND[-4:], purpose="last4")
    assert (single.phone, single.community.name, single.certificate_number) == ("13904340002", "红旗街", "SL000002")
    assert sorted(single.memberships.values_list("group", flat=True)) == ["hard_to_employ", "siyb_excellent"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM applicants_applicant WHERE position(%s::bytea IN identity_number) > 0", [SECOND.encode()])
        assert cursor.fetchone() == (0,)


def test_a_loan_stands_as_the_ledger_tells_it(administrator, officer):
    imported(administrator)
    live, settled = Loan.objects.order_by("number")
    assert (live.number, live.state, live.imported, live.dates_assumed) == ("NJ200900001", State.LIVE, True, True)
    assert live.applied_on == live.contract_date == live.disbursed_on == date(2009, 9, 10)
    assert (live.principal, live.rate, live.maturity) == (D(30000), D("8.4"), date(2011, 9, 10))
    assert (live.approved_by, live.reviewed_by, live.amount_granted) == (None, None, None)
    assert (live.groups, live.officer) == (["registered_unemployed"], officer)
    assert live.terms["lending_cap"]["document"] == "银发〔2008〕238号"
    venture = live.ventures.get()
    assert (venture.name, venture.jobs, venture.opened) == ("茂林潘志修理部", 3, date(2009, 9, 10))
    assert (settled.state, settled.closed_on, settled.closed_by) == (State.SETTLED, date(2010, 12, 21), administrator)
    assert settled.groups == ["hard_to_employ", "siyb_excellent", "woman"]
    assert sum(row.principal for row in live.schedules.get().instalments.all()) == 30000


BOOK = """
2009-12-21  NJ200900002      principal +20000.00   bank_money -20000.00  booked 2012-01-04
2010-06-25  R2               bank_money +10000.00   principal -10000.00  booked 2012-01-04
2010-12-21  R3               bank_money +10056.78   principal -10000.00   interest -56.78  booked 2012-01-04
"""


def test_the_book_of_a_loan_keeps_value_dates_and_says_when_it_was_booked(administrator):
    imported(administrator)
    assert printed(Loan.objects.get(number="NJ200900002")) == BOOK


def test_the_book_is_in_order_and_each_loan_has_its_history(administrator):
    imported(administrator)
    assert checks.problems() == []
    told = Event.objects.filter(subject=f"loans.loan:{Loan.objects.get(number='NJ200900001').pk}").order_by("id")
    assert list(told.values_list("kind", flat=True)) == ["book.disbursement", "loan.imported", "book.receipt"]


def test_the_fund_the_plan_and_the_classes(administrator, rural):
    imported(administrator)
    assert FundAccount.objects.get().opened == date(2009, 1, 5)
    here = position(rural, on=make.TODAY)
    assert (here.balance, here.used, here.reserved) == (D(100000), D(25000), D(0))
    assert AnnualPlan.objects.get(year=2009).jobs == 10
    marks = Trainee.objects.order_by("pk").values_list("training_class__code", "applicant__name", "attendance", "exam", "plan")
    assert list(marks) == [
        ("2009-SYB-01", "单晓红", D(95), D(92), D(88)),
        ("2009-SYB-01", "任建", D(90), D(70), D("61.5")),
        ("2010-养殖技术", "任建", None, None, None),
    ]


def test_the_second_time_everything_is_unchanged_and_nothing_is_added(administrator):
    imported(administrator)
    before = everything()
    found = imported(administrator)
    assert (found.count("accepted"), found.count("unchanged"), found.count("refused")) == (0, 12, 0)
    assert everything() == before


def test_one_wrong_row_and_nothing_at_all_is_written(administrator):
    before = everything()
    with pytest.raises(RowsRefused, match="有1行未通过，没有写入任何内容"):
        imported(administrator, changed("其他培训", 2, "课程", ""))
    assert everything() == before


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        (LOANS, 2, "贷款金额", 29000),
        (LOANS, 2, "联系电话", "13904349999"),
        (LOANS, 2, "带动就业人数", 4),
        (LOANS, 2, "社区", "红旗街"),
        (LOANS, 2, "身份证号或注册号", FIRST[:6] + "600305" + "013"),
        (RECEIPTS, 2, "本金", 4999),
        (RECEIPTS, 2, "还款日期", date(2010, 3, 22)),
        ("贷后回访", 2, "用工人数", 5),
        ("SIYB培训", 2, "考试成绩", 93),
        (FUND, 2, "金额", 100001),
        ("年度计划", 2, "计划笔数", 3),
    ],
)
def test_what_is_on_record_with_other_content_is_refused(administrator, sheet, row, column, value):
    imported(administrator)
    before = everything()
    with pytest.raises(RowsRefused) as refused:
        imported(administrator, changed(sheet, row, column, value))
    [(where, at, heading, message)] = refusals(refused.value.found)
    assert (where, at) == (sheet, row)
    if sheet == LOANS:
        assert heading == column
        assert FIRST not in message
    assert everything() == before


def test_new_rows_beside_known_ones_are_added_and_a_loan_repaid_by_them_is_settled(administrator):
    imported(administrator)
    sheets = added(RECEIPTS, ["R4", "农村信用合作联社", "NJ200900001", date(2011, 9, 10), 25000, 100])
    found = imported(administrator, sheets)
    assert (found.count("accepted"), found.count("unchanged")) == (1, 12)
    loan = Loan.objects.get(number="NJ200900001")
    assert (loan.state, loan.closed_on) == (State.SETTLED, date(2011, 9, 10))
    assert book.outstanding(loan) == 0
    assert checks.problems() == []


def test_what_went_on_since_does_not_disturb_a_second_import(administrator, officer, bank_officer):
    """A corrected telephone, a repayment at the counter: the same ledger is still unchanged."""
    imported(administrator)
    loan = Loan.objects.get(number="NJ200900001")
    applicants.correct(applicant=loan.applicant, phone="13900000000", by=officer, on=make.TODAY)
    receive(loan=loan, principal=D(25000), interest=D(0), reference="B77", value_date=make.TODAY, by=bank_officer, on=make.TODAY)
    assert Loan.objects.get(pk=loan.pk).state == State.SETTLED
    found = imported(administrator)
    assert (found.count("accepted"), found.count("unchanged"), found.count("refused")) == (0, 12, 0)


def test_where_the_bank_gives_no_serial_number_one_is_made_from_what_the_row_says(administrator):
    twice = added(RECEIPTS, ["", "农村信用合作联社", "NJ200900001", date(2010, 6, 21), 100, 5])
    twice[RECEIPTS].append(["", "农村信用合作联社", "NJ200900001", date(2010, 6, 21), 100, 5])
    imported(administrator, twice)
    made = Entry.objects.filter(value_date=date(2010, 6, 21)).values_list("reference", flat=True)
    assert sorted(made) == ["NJ200900001/2010-06-21/100.00/5.00/1", "NJ200900001/2010-06-21/100.00/5.00/2"]
    assert imported(administrator, twice).count("unchanged") == 14


def test_a_case_of_this_office_is_never_taken_for_an_imported_one(administrator):
    imported(administrator)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_importedloan")
    with pytest.raises(RowsRefused) as refused:
        imported(administrator)
    assert {line[2] for line in refusals(refused.value.found)} == {"借据号", "合同号"}


def test_an_enterprise_is_known_by_its_licence(administrator):
    sheets = changed(LOANS, 2, "借款人类型", "企业", like=changed(LOANS, 2, "身份证号或注册号", "2203821000517"))
    for column, value in (("姓名或企业名称", "鑫达牧业公司"), ("性别", ""), ("人员类别", "劳动密集型小企业"), ("优惠证号", "")):
        sheets = changed(LOANS, 2, column, value, like=sheets)
    imported(administrator, sheets)
    firm = Applicant.objects.get(licence_number="2203821000517")
    assert (firm.kind, firm.identity_number, firm.birth_date) == ("enterprise", None, None)
    assert Loan.objects.get(applicant=firm).borrower_kind == "enterprise"


def test_visits_keep_their_notes(administrator):
    imported(administrator)
    assert list(Visit.objects.order_by("visit_day").values_list("business", "workers", "note")) == [("normal", 4, ""), ("difficult", 2, "缺货源")]


def test_only_an_administrator_imports(director):
    with pytest.raises(NotYours):
        imported(director)
    assert LedgerImport.objects.count() == 0


def test_a_file_that_was_taken_in_is_known_by_its_checksum(administrator):
    content = workbook()
    assert not taken_in(content)
    take_in(content=content, file_name="台账.xlsx", by=administrator, on=make.TODAY)
    assert taken_in(content)
    assert ImportedLoan.objects.filter(ledger__file_name="台账.xlsx").count() == 2
    assert not any(number in str(ImportedLoan.objects.values_list("content")) for number in (FIRST, SECOND, THIRD))


def test_a_community_and_its_old_loans_are_given_to_an_officer_together(administrator, officer2):
    imported(administrator)
    taken_at_the_counter = make.application(community=make.community("红旗街"))
    moved = assign(communities=Community.objects.all(), officer=officer2, by=administrator, on=make.TODAY)
    assert moved == 2
    assert set(Loan.objects.filter(imported=True).values_list("officer__name", flat=True)) == {"李秀英"}
    taken_at_the_counter.refresh_from_db()
    assert taken_at_the_counter.officer != officer2
    with pytest.raises(NotALoanOfficer):
        assign(communities=Community.objects.all(), officer=administrator, by=administrator, on=make.TODAY)
    with pytest.raises(NotYours):
        assign(communities=Community.objects.all(), officer=officer2, by=officer2, on=make.TODAY)


def test_the_command_imports_and_ends_well_the_second_time_too(administrator, tmp_path, capsys):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook(ledger()))
    call_command("import_ledger", str(path))
    assert "可导入12行" in capsys.readouterr().out
    call_command("import_ledger", str(path))
    assert "未变12行" in capsys.readouterr().out
    assert book.balance(Account.FUND) == 100000
