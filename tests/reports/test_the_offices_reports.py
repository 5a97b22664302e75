"""The reports over the office's own ledger: its published figures, and every file equal to the figures behind it."""

import csv
import io
import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from loans import lending_rules
from loans.eligibility import Asking, Earlier, reasons_against
from loans.models import Loan
from loans.queries import terms_for
from reports import csvfile, figures, shelf, tables, xlsx
from reports import dashboard as overview
from reports.meeting import actions
from reports.meeting import figures as meeting
from reports.meeting.sentences import paragraphs
from reports.periods import period
from reports.tables import Kind
from staff.models import Event, User
from tests.reports import paper
from training.queries import ranked_list

pytestmark = pytest.mark.django_db

GOLDEN = list(csv.DictReader((Path(__file__).parents[1] / "golden" / "half_year_totals.csv").read_text().splitlines()))
TODAY = date(2012, 1, 4)
H2, YEAR = period("2011-H2"), period("2011")


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The demo's office with its old ledger and its living cases; gone again after these tests."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("zh-hans"):
        call_command("open_office", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def report(office):
    """The joint-meeting report of 2011-H2: its figures, read back as from the database, and its two files."""
    data = json.loads(json.dumps(meeting.as_data(meeting.gather(period=H2, on=TODAY))))
    return meeting.from_data(data), actions.render(data, on=TODAY, checksum=meeting.checksum(data))


@pytest.fixture
def director(office):
    client = Client()
    client.force_login(User.objects.get(username="director"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_overview_shows_the_offices_own_totals(office, director):
    found = overview.context(TODAY)
    assert found["paid_in"] == D("11500000.00")
    assert found["ever"] == (2986, D("84600000.00"), 2986, 14295, 2958)
    page = director.get("/reports/overview/").content.decode()
    for figure in ("1,150.00", "2,958", "8,460.00", "2,986", "14,295"):
        assert f">{figure}<" in page


def test_every_step_at_which_cases_wait_is_on_the_overview(office):
    steps = {step.state: step.cases for step in overview.context(TODAY)["steps"]}
    assert all(steps.values())
    assert sum(steps.values()) == Loan.objects.filter(state__in=list(steps)).count()


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["period"])
def test_arrears_are_those_of_the_half_year_ledgers(office, row):
    late = figures.late_loans(on=period(row["period"]).last)
    assert (len(late), sum(one.arrears for one in late)) == (int(row["lines_in_arrears"]), D(row["arrears"]))


def test_the_years_report_says_the_articles_figures(report):
    found, _papers = report
    said = {name: found.cell("headline", f"ever_{name}", "now").value for name in ("persons", "loans", "amount", "ventures", "jobs")}
    assert said == {"persons": 2958, "loans": 2986, "amount": D("84600000.00"), "ventures": 2986, "jobs": 14295}
    assert found.cell("fund", "foot", "balance").value == D("11500000.00")
    assert found.cell("fund", "foot", "room").value == D("27386487.54")
    assert found.cell("flow", "foot", "closing").value == D("30113512.46")
    assert found.cell("plan", "amount", "share").value == D("1.0529")


def test_opening_lent_and_repaid_make_the_closing_balance_bank_by_bank(report):
    for row in report[0].tables["flow"].rows:
        assert row["opening"] + row["lent"] - row["repaid"] - row["compensated"] == row["closing"], row["bank"]


def test_every_foot_is_the_sum_of_its_column(report):
    for table in report[0].tables.values():
        for name, column in table.columns.items():
            if table.foot and column.kind in (Kind.YUAN, Kind.COUNT) and table.foot[name] is not None and (table.key, name) != ("results", "balance"):
                assert table.foot[name] == sum(row[name] for row in table.rows), (table.key, name)


def test_no_bank_stood_for_more_than_five_times_its_fund(report):
    highest = {row["bank"]: (row["year_highest"], row["year_highest_on"]) for row in report[0].tables["multiples"].rows}
    assert highest == {
        "农村信用合作联社": (D("4.77"), date(2011, 12, 15)),
        "邮政储蓄银行": (D("4.80"), date(2011, 12, 19)),
        "城市商业银行": (D("4.75"), date(2011, 12, 19)),
    }


def test_every_number_on_the_first_page_is_in_the_tables(report):
    found, papers = report
    shown = {number for table in found.tables.values() for line in [*table.lines, table.last_line] for cell in line for number in paper.numbers(str(cell))}
    since = {D(found.tables["results"].rows[0]["year"])}
    spoken = paper.numbers(paper.texts(papers.pdf)[0])
    assert len(spoken) > 40
    assert spoken - shown - since == set()


def test_the_first_page_holds_all_that_is_read_aloud(report):
    found, papers = report
    first = paper.pages(papers.pdf)[0]
    with translation.override("zh-hans"):
        assert [text for text in paragraphs(found) if "".join(text.split()) not in first] == []


def test_every_cell_of_every_table_is_in_the_pdf(report):
    found, papers = report
    text = "".join(paper.pages(papers.pdf))
    for table in found.tables.values():
        for line in [*table.lines, table.last_line]:
            assert "".join("".join(map(str, line)).split()) in text, (table.key, line)


def test_every_cell_of_every_table_is_in_the_workbook(report):
    found, papers = report
    sheets = paper.sheets(papers.xlsx)
    for table in found.tables.values():
        rows = sheets[str(table.title)][2:]
        for line, row in zip([*table.lines, table.last_line] if table.last_line else table.lines, rows, strict=False):
            assert [_as_excel(cell) for cell in line] == [_read(value) for value in row], table.key


def test_fonts_are_in_the_pdf_and_it_says_what_it_is(report):
    pdf = report[1].pdf
    embedded = paper.fonts(pdf)
    assert {name.partition("+")[2] for name in embedded} >= {"Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC"}
    assert all(embedded.values())
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == "2011年下半年小额担保贷款工作报告"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


@pytest.mark.parametrize("name", shelf.REPORTS)
def test_page_csv_excel_and_pdf_hold_the_same_rows(office, director, name):
    table = tables.of(shelf.REPORTS[name], period=YEAR)
    lines = [*table.lines, table.last_line] if table.last_line else table.lines
    shown = [[str(cell) for cell in line] for line in lines]
    assert paper.Cells(director.get(f"/reports/{name}/?period=2011").content.decode()).tables[0][1:] == shown
    written = {extension: b"".join(director.get(f"/reports/{name}/as.{extension}?period=2011").streaming_content) for extension in shelf.FORMATS}
    csv_lines = list(csv.reader(io.StringIO(written["csv"].decode("utf-8-sig"))))[1 : 1 + len(lines)]
    assert csv_lines == [[csvfile.plain(cell) for cell in line] for line in lines]
    sheet, *_summaries = paper.sheets(written["xlsx"]).values()
    assert [[_read(value) for value in row] for row in sheet[2:]] == [[_as_excel(cell) for cell in line] for line in lines]
    text = "".join(paper.pages(written["pdf"]))
    assert [line for line in shown if "".join("".join(line).split()) not in text] == []


def test_only_one_bucket_of_the_arrears_can_be_asked_for(office, director):
    whole = overview.context(TODAY)["buckets"]
    for bucket in whole:
        rows = paper.Cells(director.get(f"/reports/arrears/?only={bucket.key}").content.decode()).tables[0]
        assert len([row for row in rows if row[0][:2] in ("NJ", "YJ", "CJ")]) == bucket.loans


@pytest.mark.parametrize("year", range(2004, 2012))
def test_the_ten_of_every_year_are_those_with_the_loans(office, year):
    chosen = [place for place in ranked_list(year) if place.selected]
    assert len(chosen) == 10
    assert {place.loan.amount for place in chosen} == {D("100000.00")}
    flagged = Loan.objects.filter(siyb_excellent=True, disbursed_on__year=year)
    assert {place.loan.iou for place in chosen} == set(flagged.values_list("iou_number", flat=True))


def test_the_selection_command_masks_numbers_unless_a_named_user_looks(office):
    out = io.StringIO()
    call_command("siyb_selection", "2007", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["selected"] for row in rows].count(True) == 10
    assert rows[9]["exam"] == rows[10]["exam"], "a tie on the cut line"
    assert all(row["iou"] for row in rows[:10])
    assert not any(row["iou"] for row in rows[10:])
    assert all("*" in row["identity_number"] for row in rows)
    before = Event.objects.filter(kind="identity.seen").count()
    out = io.StringIO()
    call_command("siyb_selection", "2007", "--json", "--unmask", "--as", "auditor", stdout=out)
    assert [row["identity_number"][-4:] for row in json.loads(out.getvalue())] == [row["identity_number"][-4:] for row in rows]
    assert not any("*" in row["identity_number"] for row in json.loads(out.getvalue()))
    assert Event.objects.filter(kind="identity.seen").count() == before + len(rows)
    for who in ([], ["--as", "nobody"], ["--as", "trainer"]):
        with pytest.raises(CommandError):
            call_command("siyb_selection", "2007", "--json", "--unmask", *who, stdout=io.StringIO())


def _as_excel(cell):
    """A cell as Excel keeps it: numbers bare, days as days, blanks as nothing."""
    if cell.value is None or cell.kind not in xlsx.NUMBER_FORMATS:
        return str(cell) or None
    if cell.kind == Kind.DAY:
        return cell.value
    return (D(cell.value) * xlsx.SCALE.get(cell.kind, 1)).quantize(D("0.000001"))


def _read(value):
    if isinstance(value, (int, float)):
        return D(str(value)).quantize(D("0.000001"))
    return value.date() if hasattr(value, "date") else value


def test_all_27_who_borrowed_twice_could_by_the_rules_of_their_second_application_and_not_before_the_first_was_repaid(office):
    loans = defaultdict(list)
    for loan in Loan.objects.filter(imported=True).select_related("applicant").order_by("disbursed_on", "pk"):
        loans[loan.applicant_id].append(loan)
    twice = [pair for pair in loans.values() if len(pair) > 1]
    assert len(twice) == 27
    assert {second.number: _against(first, second, second.applied_on) for first, second in twice} == {second.number: [] for _first, second in twice}
    before = [[reason for reason in _against(first, second, first.closed_on - timedelta(1)) if first.number in reason.sentence] for first, second in twice]
    assert {len(reasons) for reasons in before} == {1}


def _against(first, second, on):
    """What stood against the second loan on a day, with the first as it was then."""
    repaid = first.closed_on <= on
    asking = Asking(
        kind="individual",
        amount=second.principal,
        term=second.term,
        group=second.group,
        groups=frozenset(second.groups),
        trade=second.trade,
        project=second.project,
        born=second.applicant.birth_date,
        earlier=(Earlier(first.number, max(0, (first.closed_on - first.maturity).days)),) if repaid else (),
        own_open=() if repaid else (first.number,),
        siyb_excellent=second.siyb_excellent,
        siyb_selected=second.siyb_excellent,
    )
    terms = terms_for(kind="individual", groups=asking.groups, on=on)
    return reasons_against(asking, terms, lending_rules.in_force(on), on)
