"""The joint-meeting report of a small office: its sentences, its building, its issue."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from loans.states import State
from reports.meeting import actions, figures, pdf
from reports.meeting.actions import AlreadyIssued, BookNotInOrder, FiguresChanged, PeriodNotOver
from reports.meeting.sentences import paragraphs
from reports.models import BuiltReport
from reports.periods import period
from reports.tables import Kind
from staff import checks
from staff.errors import NotYours
from staff.models import Run
from tests import make
from tests.repayments.half_year import made
from tests.reports import paper

pytestmark = pytest.mark.django_db

H2 = period("2011-H2")
TODAY = make.TODAY


@pytest.fixture
def office(rural, officer):
    """One bank; 30,000 lent in 2010 and 12,000 in August 2011, of which 2,000 came back; the plan of 2011 was 20,000."""
    make.office_date()
    make.fund("20000", bank=rural, on=date(2010, 1, 4))
    make.old_plan(2011, loans=2, amount="20000", jobs=4)
    made.loan(lent=date(2010, 8, 2), principal="30000", name="许秀兰", form="bullet_quarterly")
    made.repaid(made.loan(lent=date(2011, 8, 1), principal="12000"), date(2011, 11, 1), "2000")


def gathered(**days):
    return figures.gather(**{"period": H2, "on": TODAY} | days)


def test_the_plan_is_measured_from_new_year_and_beside_last_year(office):
    plan = gathered().tables["plan"]
    cells = [plan.cell("amount", name).value for name in ("planned", "done", "share", "before", "change")]
    assert cells == [D("20000"), D("12000"), D("0.6000"), D("30000"), D("-0.6000")]
    assert plan.cell("jobs", "share").value == D("0.7500")


def test_opening_lent_and_repaid_make_the_closing_balance(office):
    found = gathered().cell
    amounts = [found("flow", "foot", name).value for name in ("opening", "lent", "repaid", "compensated", "closing")]
    assert amounts == [D("30000"), D("12000"), D("2000"), D(0), D("40000")]


def test_the_sentences_say_what_the_tables_say(office):
    with translation.override("zh-hans"):
        plan, days, fund, late, ever = paragraphs(gathered())
    assert "2011年计划发放小额担保贷款2笔、2万元，带动就业4人；截至12月31日，实际发放1笔、1.2万元，带动就业3人" in plan
    assert "分别完成年度计划的50%、60%和75%，发放金额同比下降60%。" in plan
    assert days == "2011年下半年发放贷款1笔、1.2万元，金额同比下降60%；收回本金0.2万元，同比无可比数。"
    assert "期末在保余额4万元，担保基金2万元，放大倍数2倍，担保余量6万元。" in fund
    assert "年内放大倍数最高为2.1倍（农村信用合作联社，8月1日），未超过5倍的上限。" in fund
    assert late == "本期没有到期应还本金。目前没有逾期贷款。"
    assert ever == "2010年以来，累计扶持2人，发放贷款2笔、4.2万元，创办经济实体2个，带动就业6人。"


def test_the_largest_risk_is_a_bank_near_its_limit(office, rural):
    made.loan(lent=date(2011, 12, 1), principal="52000", name="潘志国", bank=rural)
    with translation.override("zh-hans"):
        late = paragraphs(gathered())[3]
    assert "当前最大的风险是农村信用合作联社担保余量不足：放大倍数已达4.6倍，上限为5倍" in late


def test_then_what_is_long_overdue(office):
    made.loan(lent=date(2009, 2, 2), principal="7000", term=12, form="single_at_maturity", name="毛超文")
    with translation.override("zh-hans"):
        late = paragraphs(gathered())[3]
    assert "逾期贷款1笔、0.7万元，占在保余额的14.89%。" in late
    assert "逾期180天以上的1笔、0.7万元，占全部逾期本金的100%，逾期率以农村信用合作联社为最高，达14.89%" in late


def test_an_english_reader_gets_english_sentences(office):
    with translation.override("en"):
        text = " ".join(paragraphs(gathered()))
    assert "60% of the plan" in text.replace("50%, 60% and 75%", "60%")
    assert "down 60% on last year" in text
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.replace("农村信用合作联社", ""))


def test_cases_wait_for_the_meeting_with_the_room_before_and_after(office):
    case = make.case_at(State.CONFIRMED, amount=D("10000"))
    make.case_at(State.REVIEWED, amount=D("10000"))
    found = gathered()
    assert [row["number"] for row in found.tables["cases"].rows] == [case.number]
    assert [found.cell("cases", case.number, f"opinion_{who}").value for who in ("employment", "finance", "bank")] == [D("10000")] * 3
    assert [found.cell("room_after", "foot", name).value for name in ("room", "asked", "after")] == [D("60000"), D("10000"), D("50000")]
    assert "cases" not in gathered(period=period("2010-H2")).tables


def test_figures_come_back_from_the_database_as_they_were(office, officer):
    make.case_at(State.CONFIRMED)
    report = actions.build(period=H2, by=officer, on=TODAY)
    report.refresh_from_db()
    kept, now = figures.from_data(report.figures), gathered()
    for key, table in now.tables.items():
        assert kept.tables[key].columns.keys() == table.columns.keys()
        assert kept.tables[key].lines == table.lines or _shown(kept.tables[key].lines) == _shown(table.lines)
        assert _shown([kept.tables[key].last_line]) == _shown([table.last_line])


def _shown(lines):
    return [[str(cell) for cell in line] for line in lines]


def test_built_again_the_same_figures_are_the_same_draft(office, officer):
    first = actions.build(period=H2, by=officer, on=TODAY)
    assert actions.build(period=H2, by=officer, on=TODAY) == first
    made.repaid(made.loan(lent=date(2011, 9, 1), principal="7000", name="毛超文"), date(2011, 12, 1), "100")
    second = actions.build(period=H2, by=officer, on=TODAY)
    assert second != first
    assert second.checksum != first.checksum


def test_the_checksum_does_not_follow_the_cases_of_the_day(office):
    before = figures.checksum(figures.as_data(gathered()))
    make.case_at(State.CONFIRMED)
    assert figures.checksum(figures.as_data(gathered())) == before


def test_a_period_must_be_over(office, officer):
    with pytest.raises(PeriodNotOver):
        actions.build(period=period("2012-01"), by=officer, on=TODAY)


def test_the_director_issues_numbered_signed_and_frozen(office, officer, director):
    report = actions.issue(report=actions.build(period=H2, by=officer, on=TODAY), by=director, on=TODAY)
    assert report.number == "双担联〔2012〕1号"
    laid_out, sheets = report.files.order_by("-id")[:2][::-1]
    first, *_others, last = paper.pages(bytes(laid_out.content))
    assert "双担联〔2012〕1号" in first
    assert "签发人：刘振东" in last
    assert report.checksum in last
    assert ["双担联〔2012〕1号"] in paper.sheets(bytes(sheets.content))["报告"]
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        BuiltReport.objects.filter(pk=report.pk).update(checksum="0")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        laid_out.delete()
    with pytest.raises(AlreadyIssued):
        actions.issue(report=report, by=director, on=TODAY)


def test_nobody_else_issues(office, officer):
    with pytest.raises(NotYours):
        actions.issue(report=actions.build(period=H2, by=officer, on=TODAY), by=officer, on=TODAY)


def test_a_draft_that_the_book_has_left_behind_is_not_issued(office, officer, director):
    report = actions.build(period=H2, by=officer, on=TODAY)
    made.repaid(made.loan(lent=date(2011, 9, 1), principal="7000", name="毛超文"), date(2011, 12, 1), "100")
    with pytest.raises(FiguresChanged):
        actions.issue(report=report, by=director, on=TODAY)


def test_nothing_is_issued_from_a_book_in_disorder(office, officer, director, monkeypatch):
    report = actions.build(period=H2, by=officer, on=TODAY)
    monkeypatch.setitem(checks._checks, "a check of this test", lambda: iter(["基金账不符。"]))
    with pytest.raises(BookNotInOrder, match="基金账不符"):
        actions.issue(report=report, by=director, on=TODAY)


@pytest.mark.parametrize("cases", [5, 12, 17])  # fewer and fewer lines are left for them on the page of the cases
def test_the_signatures_never_stand_alone_on_a_page(office, officer, cases):
    for n in range(cases):
        make.case_at(State.INVESTIGATED, applicant=make.person(f"王{n}"), amount=D("1000"))
    last = paper.pages(pdf.render(figures.as_data(gathered()), on=TODAY))[-1]
    assert "提请会议审议的事项" in last
    assert "负责人（签字）" in last


def test_pages_build_watch_read_and_issue(office, director, django_capture_on_commit_callbacks):
    browser = make.browser(director)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/reports/meetings/", {"period": "2011-H2"})
    run = Run.objects.get(kind="joint_meeting.build")
    assert answer["Location"] == reverse("staff:run", args=[run.pk])
    assert run.state == Run.State.DONE
    page = browser.get(run.result_url).content.decode()
    assert "2011年下半年发放贷款1笔、1.2万元" in page
    assert "核对并签发" in page
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{run.result_url}issue/")
    assert Run.objects.get(kind="joint_meeting.issue").result == {"number": "双担联〔2012〕1号"}
    page = browser.get(run.result_url).content.decode()
    assert "双担联〔2012〕1号" in page
    assert "核对并签发" not in page


def test_other_days_need_both_ends(office, officer):
    page = make.browser(officer).post("/reports/meetings/", {"period": "other", "first": "2011-07-04"}).content.decode()
    assert "其他日期须填起日和止日。" in page


def test_the_command_writes_both_files(office, tmp_path):
    pages, sheets = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    call_command("joint_meeting_report", "2011-H2", pdf=pages, xlsx=sheets)
    assert "2011年下半年小额担保贷款工作报告" in paper.pages(pages.read_bytes())[0]
    assert "主要指标" in paper.sheets(sheets.read_bytes())
    with pytest.raises(CommandError):
        call_command("joint_meeting_report", "2012-H1", pdf=pages)
    with pytest.raises(CommandError):
        call_command("joint_meeting_report", "2011-H2")


def test_no_number_is_a_float(office):
    for table in gathered().tables.values():
        for line in [*table.lines, table.last_line]:
            assert not [cell for cell in line if isinstance(cell.value, float) or (cell.kind == Kind.YUAN and isinstance(cell.value, int) and cell.value)]
