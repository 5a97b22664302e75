"""The pages of the half-year ledger, as browsers see them."""

import re
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict

from loans.forms_of_repayment import Form
from repayments.half_year.actions import build
from repayments.half_year.issue import issue
from repayments.half_year.listing import REPAYMENT, Listing
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger, Visit
from staff.models import Role, Run
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "lines"}  # as a chip, a heading or a page number asks


@pytest.fixture(autouse=True)
def _office_date(db):
    make.office_date(date(2012, 1, 4))


@pytest.fixture
def ledger(rural, postal, officer):
    """Four loans: on time, in arrears and unvisited, first entry, and one of another bank that was settled in the half-year."""
    on_time = made.loan(name="冯春梅", bank=rural, iou_number="NJ201000001")
    made.repaid(on_time, date(2011, 12, 21), 12000)
    made.visited(on_time, date(2011, 10, 1), workers=4)
    late = made.loan(name="梁国军", bank=rural, iou_number="NJ201000002")
    made.visited(late, date(2011, 6, 30), Visit.Business.STOPPED, 0)
    first = made.loan(date(2011, 3, 1), "60000", form=Form.BULLET_QUARTERLY, name="许燕", bank=rural, iou_number="NJ201100003")
    made.visited(first, date(2011, 12, 1), Visit.Business.DIFFICULT, 7)
    gone = made.loan(name="高志平", bank=postal, iou_number="YJ201000004")
    made.repaid(gone, date(2011, 12, 20), 21000)
    made.visited(gone, date(2011, 12, 1))
    return made.draft(by=officer)


def page(address, role=Role.DIRECTOR, **more):
    answer = make.browser(make.user(role, **more)).get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ious(ledger, query=""):
    listing = Listing(ledger.lines.all(), QueryDict(query), REPAYMENT)
    return [line.iou[-1] for line in listing.lines]


def test_the_page_says_what_the_ledger_says(ledger):
    text = page(f"/half-year/{ledger.pk}/")
    assert "2011年下半年 · 截至2011-12-31 · 草稿 第1版" in text
    assert "在册 4 户 本期首次入账1户" in text
    assert "期末逾期 1.20 万元 1户" in text
    assert "困难1 · 停业1 · 未回访1" in text
    assert "全部 4 首次入账 1 逾期 1 未回访 1" in text
    assert "NJ201000002 梁国军 梁国军修理部 农信社 21,000.00 21,000.00 6,000.00 0.00 21,000.00 12,000.00 285天 停业 0 6,000.00" in text
    assert "合计4户 123,000.00 123,000.00" in text


def test_the_foot_says_bank_by_bank_whether_it_agrees(ledger):
    text = page(f"/half-year/{ledger.pk}/")
    assert "农村信用合作联社 90,000.00 0.00 90,000.00 90,000.00 90,000.00 0.00 相符" in text
    ledger.foot[0]["fund"] = "90000.01"
    HalfYearLedger.objects.filter(pk=ledger.pk).update(foot=ledger.foot)
    assert "90,000.00 90,000.01 90,000.00 −0.01 / 0.00 不符" in page(f"/half-year/{ledger.pk}/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "1234"),
        ("show=first", "3"),
        ("show=arrears", "2"),
        ("show=unvisited", "2"),
        ("bucket=over-180", "2"),
        ("community=茂林镇", "1234"),
        ("sort=-principal", "3124"),
        ("sort=-bank", "4123"),
        ("sort=borrower&show=first", "3"),
        ("bank=999999&sort=drop table&show=nonsense", "1234"),
    ],
)
def test_chips_filters_and_order(ledger, query, expected):
    assert "".join(ious(ledger, query)) == expected


def test_a_filter_offers_only_what_occurs_and_sums_only_what_is_listed(ledger, rural):
    listing = Listing(ledger.lines.all(), QueryDict(f"bank={rural.pk}&show=arrears"), REPAYMENT)
    assert [label for _value, label in listing.form.fields["bank"].choices] == ["经办银行", "农信社", "邮储"]
    assert (listing.sums["n"], listing.sums["arrears"]) == (1, 12000)


def test_the_columns_asked_for_are_shown(ledger):
    text = page(f"/half-year/{ledger.pk}/?column=contract&column=last_visit")
    assert "借据号 借款人 合同号 最近回访 NJ201000001" in text


def test_htmx_is_answered_with_the_list_alone(ledger):
    answer = make.browser(make.user(Role.DIRECTOR)).get(f"/half-year/{ledger.pk}/?show=arrears", headers=HTMX)
    assert b"<html" not in answer.content and "梁国军" in answer.content.decode() and "冯春梅" not in answer.content.decode()


@pytest.mark.parametrize("headers", [{"HX-Request": "true", "HX-History-Restore-Request": "true", "HX-Target": "lines"}, {}], ids=["back", "opened"])
def test_otherwise_the_answer_is_the_whole_page(ledger, headers):
    assert b"<html" in make.browser(make.user(Role.DIRECTOR)).get(f"/half-year/{ledger.pk}/?show=arrears", headers=headers).content


def test_the_plan_answers_htmx_with_itself_alone(ledger):
    answer = make.browser(make.user(Role.DIRECTOR)).get(f"/half-year/{ledger.pk}/plan/?month=2012-03", headers=HTMX | {"HX-Target": "plan"})
    assert b"<html" not in answer.content and "2012-03-21" in answer.content.decode()


def test_production_tells_states_and_lists_the_unvisited(ledger):
    text = page(f"/half-year/{ledger.pk}/production/?show=unvisited")
    assert "正常经营 2 50.0% 7 6" in text
    assert "停业 1 25.0% 0 3 21,000.00 12,000.00 1" in text
    assert "2011-06-30 停业 0 3 0" in text and "许燕" not in text


def test_the_plan_adds_up_by_month_officer_and_community(ledger):
    text = page(f"/half-year/{ledger.pk}/plan/")
    assert "2012年上半年应还" in text
    assert "2012-03-21 冯春梅 13904340000 农信社 NJ201000001 茂林镇" in text
    assert "高志平" not in text  # settled: not called
    march = page(f"/half-year/{ledger.pk}/plan/?month=2012-03")
    assert "2012-06-21" not in march and "合计3笔，3户" in march


def test_totals_by_bank_group_community_and_bucket(ledger):
    text = page(f"/half-year/{ledger.pk}/totals/")
    assert "邮政储蓄银行 1 0 21,000.00 21,000.00 6,000.00 6,000.00 21,000.00 0.00 0.00 0 6,000.00" in text
    assert "180天以上 1 0 21,000.00" in text


@pytest.mark.parametrize("tab", ["", "production/", "plan/", "totals/"])
def test_bank_staff_see_their_own_bank_only(ledger, postal, tab):
    text = page(f"/half-year/{ledger.pk}/{tab}", Role.BANK, bank=postal)
    assert "在册 1 户" in text
    for stranger in ("冯春梅", "梁国军", "许燕", "农信社", "农村信用"):
        assert stranger not in text


def test_all_half_years_that_are_over_are_listed(ledger):
    text = page("/half-year/periods/")
    assert "2011年下半年 草稿 第1版 4 90,000.00 12,000.00 2012年1月4日 王建国 — 重新编制" in text
    assert "2010年下半年 未编制 编制台账" in text and "2012年上半年" not in text and "2010年上半年" not in text


def test_a_bank_sees_the_list_with_its_own_sums(ledger, postal):
    assert "2011年下半年 草稿 第1版 1 0.00 0.00" in page("/half-year/periods/", Role.BANK, bank=postal)


def test_the_navigation_leads_to_the_newest_ledger(ledger):
    browser = make.browser(make.user(Role.DIRECTOR))
    assert browser.get("/half-year/").headers["Location"] == f"/half-year/{ledger.pk}/"


def test_without_a_ledger_it_leads_to_the_list(db):
    browser = make.browser(make.user(Role.DIRECTOR))
    assert browser.get("/half-year/").headers["Location"] == "/half-year/periods/"
    assert "尚未发放贷款" in browser.get("/half-year/periods/").content.decode()


def test_building_is_a_job_that_leads_to_the_ledger(officer, django_capture_on_commit_callbacks):
    made.loan()
    with django_capture_on_commit_callbacks(execute=True):
        answer = make.browser(officer).post("/half-year/build/", {"period": "2011-H2"})
    run, built = Run.objects.get(), HalfYearLedger.objects.get()
    assert answer.headers["Location"] == f"/jobs/{run.pk}/"
    assert (run.state, run.result_url) == (Run.State.DONE, f"/half-year/{built.pk}/")
    assert (built.built_by, built.built_on) == (officer, date(2012, 1, 4))


@pytest.mark.parametrize("period", ["", "2012-H1", "2011-h2"])
def test_a_half_year_that_cannot_be_built_is_refused_at_once(officer, period):
    browser = make.browser(officer)
    answer = browser.post("/half-year/build/", {"period": period}, follow=True)
    assert "note bad" in answer.content.decode() and not Run.objects.exists()


def test_who_may_not_build(ledger):
    for role in (Role.FINANCE, Role.BANK, Role.AUDITOR, Role.ADMINISTRATOR, Role.TRAINER):
        assert make.browser(make.user(role)).post("/half-year/build/", {"period": "2011-H2"}).status_code == 403


def test_a_draft_waits_on_the_directors_desk(ledger):
    assert "签发半年还款台账 2011年下半年" in page("/")
    assert "签发半年还款台账" not in page("/", Role.REVIEWER)


def test_long_lists_ask_no_more_queries(ledger, django_assert_max_num_queries):
    for _ in range(60):
        made.loan()
    browser = make.browser(make.user(Role.DIRECTOR))
    more = made.draft()
    for tab in ("", "production/", "plan/", "totals/"):
        with django_assert_max_num_queries(26):
            assert browser.get(f"/half-year/{more.pk}/{tab}").status_code == 200


def test_the_english_page_is_english(ledger):
    director = make.user(Role.DIRECTOR, language="en")
    text = make.browser(director).get(f"/half-year/{ledger.pk}/").content.decode()
    assert "second half of 2011" in text and "Does it agree with the fund and the journal?" in text


# --- Papers, check and issue ------------------------------------------------------------------------------------------
@pytest.fixture
def whole(officer):
    """A ledger that may be issued: one loan, one bank, its fund."""
    loan = made.loan(name="高云丽", bank=made.funded(make.bank()))
    made.repaid(loan, date(2011, 9, 21), 3000)
    return made.draft(by=officer)


def press(person, address, data=None, *, run_jobs):
    with run_jobs(execute=True):
        return make.browser(person).post(address, data or {})


def test_before_the_issue_the_page_says_what_was_looked_at(whole):
    text = page(f"/half-year/{whole.pk}/check/")
    assert "无误 草稿与账簿现状一致 无误 台账、基金在保余额与账簿逐分相符 无误 账簿检查没有发现问题" in text
    assert "签发台账" in text
    assert "签发台账" not in page(f"/half-year/{whole.pk}/check/", Role.AUDITOR)


def test_what_speaks_against_the_issue_is_said_and_there_is_no_button(whole):
    loan = whole.lines.get().loan
    made.repaid(loan, date(2011, 12, 21), 100)
    text = page(f"/half-year/{whole.pk}/check/")
    assert "有误 草稿与账簿现状一致" in text and loan.iou_number in text and "签发台账" not in text


def test_the_director_issues_by_a_job(whole, director, django_capture_on_commit_callbacks):
    answer = press(director, f"/half-year/{whole.pk}/issue/", run_jobs=django_capture_on_commit_callbacks)
    run = Run.objects.get(kind="half_year.issue")
    assert answer.headers["Location"] == f"/jobs/{run.pk}/"
    assert (run.state, run.error, run.result_url) == (Run.State.DONE, "", f"/half-year/{whole.pk}/")
    text = page(f"/half-year/{whole.pk}/")
    assert "已签发 双担台〔2012〕1号 · 刘振东 · 2012年1月4日" in text and "2011-H2半年还款台账.pdf" in text
    assert "签发半年还款台账" not in page("/")
    assert "按账簿重新计算，数据与签发时一致" in page(f"/half-year/{whole.pk}/check/")
    again = make.browser(director).post(f"/half-year/{whole.pk}/issue/", follow=True)
    assert "已签发，编号双担台〔2012〕1号" in again.content.decode()


def test_a_refused_issue_is_told_on_the_jobs_page(whole, director, django_capture_on_commit_callbacks):
    made.repaid(whole.lines.get().loan, date(2011, 12, 21), 100)
    press(director, f"/half-year/{whole.pk}/issue/", run_jobs=django_capture_on_commit_callbacks)
    run = Run.objects.get(kind="half_year.issue")
    assert run.state == Run.State.FAILED and "有1条明细与账簿不一致" in run.error
    assert not HalfYearLedger.objects.filter(issued_on__isnull=False).exists()


def test_issued_files_go_out_as_the_very_bytes(whole, director, officer, bank_officer):
    issue(ledger=whole, by=director, on=date(2012, 1, 4))
    browser = make.browser(officer)
    for file in whole.files.all():
        answer = browser.get(f"/half-year/files/{file.pk}/")
        assert answer.content == bytes(file.content) and "attachment" in answer.headers["Content-Disposition"]
    assert browser.get(f"/half-year/{whole.pk}/ledger.xlsx").content == bytes(whole.files.get(name__endswith=".xlsx").content)
    assert make.browser(bank_officer).get(f"/half-year/files/{whole.files.first().pk}/").status_code == 403


@pytest.mark.parametrize(("paper", "name"), [("ledger", "2011-H2半年还款台账.pdf"), ("calls", "2011-H2电话催收单.pdf"), ("cards", "2011-H2一户一页.pdf")])
def test_a_paper_is_printed_by_a_job_and_only_once(whole, officer, paper, name, django_capture_on_commit_callbacks):
    press(officer, f"/half-year/{whole.pk}/print/{paper}/", run_jobs=django_capture_on_commit_callbacks)
    run = Run.objects.get(kind="half_year.paper")
    assert (run.state, run.result["name"]) == (Run.State.DONE, name)
    answer = make.browser(officer).get(run.result_url)
    assert answer.getvalue()[:5] == b"%PDF-"
    again = make.browser(officer).post(f"/half-year/{whole.pk}/print/{paper}/")
    assert again.headers["Location"] == run.result_url and Run.objects.filter(kind="half_year.paper").count() == 1


def test_bank_staff_print_and_read_their_own_part_only(whole, officer, bank_officer, postal_officer, django_capture_on_commit_callbacks):
    for person in (officer, bank_officer):
        press(person, f"/half-year/{whole.pk}/print/ledger/", run_jobs=django_capture_on_commit_callbacks)
    of_all, of_bank = Run.objects.filter(kind="half_year.paper").order_by("pk")
    for person, run, status in (
        (bank_officer, of_bank, 200),
        (bank_officer, of_all, 404),
        (postal_officer, of_bank, 404),
        (officer, of_bank, 200),
    ):
        answer = make.browser(person).get(run.result_url)
        assert answer.status_code == status and (status == 404 or answer.getvalue())


def test_a_card_opens_from_the_borrowers_name(whole, officer, postal_officer):
    address = f"/half-year/{whole.pk}/cards/{whole.lines.get().pk}.pdf"
    assert address in make.browser(officer).get(f"/half-year/{whole.pk}/").content.decode()
    assert make.browser(officer).get(address).content[:5] == b"%PDF-"
    assert make.browser(postal_officer).get(address).status_code == 404


def test_a_new_draft_throws_the_papers_of_the_old_one_away(whole, officer, django_capture_on_commit_callbacks):
    press(officer, f"/half-year/{whole.pk}/print/calls/", run_jobs=django_capture_on_commit_callbacks)
    run = Run.objects.get(kind="half_year.paper")
    press(officer, "/half-year/build/", {"period": "2011-H2"}, run_jobs=django_capture_on_commit_callbacks)
    assert make.browser(officer).get(run.result_url).status_code == 404
    assert not default_storage.exists(run.result["file"])


def test_an_adjustment_shows_the_entries_behind_it(whole, director):
    issue(ledger=whole, by=director, on=date(2012, 1, 4))
    made.repaid(whole.lines.get().loan, date(2011, 12, 21), 2500, on=date(2012, 3, 1))
    make.office_date(date(2012, 7, 2))
    later = build(period=Period(2012, 1), by=director, on=date(2012, 7, 2))
    text = page(f"/half-year/{later.pk}/")
    assert "上期签发后的更正" in text and "−2,500.00 2011-12-21" in text and "2012-03-01 周敏入账" in text
    assert "上期签发期末 18,000.00 + 首次入账 0.00 + 期初调整 −2,500.00 = 期初 15,500.00" in text
