"""The step times on the shelf: one set of rows on page and in every file, overdue first, each bank its own."""

import csv
import io
from datetime import date

import pytest

from loans.models import Loan
from loans.states import State
from reports import shelf, step_times, tables
from reports.periods import period
from staff.models import Role
from tests import make
from tests.reports import paper

pytestmark = pytest.mark.django_db
WED, FRI, DAY = date(2012, 1, 4), date(2012, 1, 6), date(2012, 1, 20)
MONTH = period("2012-01")


@pytest.fixture
def office():
    """On 20 January: one case late at second review, one paused since the 6th, one at 邮储."""
    make.office_date(DAY)
    make.staff(Role.REVIEWER)
    make.returned(make.case_at(State.RECOMMENDED, on=WED), on=FRI)
    make.application(make.person("钱进"), bank=make.bank("邮政储蓄银行", "邮储"), on=date(2012, 1, 19))
    return make.case_at(State.INVESTIGATED, on=WED)


def rows(**asked):
    return step_times.rows(period=MONTH, on=DAY, **asked)


def test_steps_are_listed_the_overdue_first_filtered_and_summed(office):
    first, *others = rows()
    assert (first.case, first.state, first.who, first.used, first.limit, first.over) == (office.number, "investigated", make.NAMES[Role.REVIEWER], 12, 3, 9)
    assert not any(row.over for row in others)
    [paused] = rows(standing="paused")
    assert (paused.state, paused.used, paused.paused, paused.ended) == ("recommended", 2, 10, None)
    assert {row.state for row in rows(step="applied")} == {"applied"}
    assert [row.case for row in rows(standing="late")] == [row.case for row in rows(person=make.staff(Role.REVIEWER))] == [office.number]
    assert [row.borrower for row in rows(bank=make.bank("邮政储蓄银行", "邮储"))] == ["钱进"]
    by_step, by_person = step_times.summaries(rows())
    assert sum(row["steps"] for row in by_step.rows) == len(rows())
    second = next(row for row in by_step.rows if row["step"] == step_times.step_times.NAMES[State.INVESTIGATED])
    assert (second["open"], second["late"], second["over"], second["longest"]) == (1, 1, 9, 12)
    assert (by_person.rows[0]["who"], by_person.rows[0]["late"]) == (make.NAMES[Role.REVIEWER], 1)
    assert step_times.foot(rows())["over"] == 9


def test_as_of_an_earlier_day_it_shows_what_was_known_then(office):
    then = step_times.rows(period=MONTH, on=date(2012, 1, 5))
    assert max(row.late for row in then) == 0
    [waiting] = [row for row in then if row.state == "recommended" and not row.ended]
    assert (waiting.key, waiting.used, waiting.who) == ("running", 1, make.NAMES[Role.LOAN_OFFICER])
    assert {row.borrower for row in then} == {loan.applicant.name for loan in Loan.objects.exclude(applied_on=date(2012, 1, 19))}
    assert step_times.rows(period=period("2011-12"), on=DAY) == []


def test_page_and_files_hold_the_same_rows_and_summaries_and_a_bank_sees_its_own_only(office):
    director = make.browser(make.staff(Role.DIRECTOR))
    asked = {"period": "other", "first": "2012-01-01", "last": "2012-01-20"}
    found = tables.all_of(step_times, period=period("2012-01-01..2012-01-20"), on=DAY)
    shown = [[[str(cell) for cell in line] for line in (*table.lines, *([table.last_line] if table.last_line else []))] for table in found]
    assert [table[1:] for table in paper.Cells(director.get("/reports/step_times/", asked).content.decode()).tables] == shown
    written = {extension: b"".join(director.get(f"/reports/step_times/as.{extension}", asked).streaming_content) for extension in shelf.FORMATS}
    assert len(paper.sheets(written["xlsx"])) == 3
    lines = list(csv.reader(io.StringIO(written["csv"].decode("utf-8-sig"))))
    assert [line for table in shown for line in table if line not in lines] == []
    text = "".join(paper.pages(written["pdf"]))
    assert [line for table in shown for line in table if "".join("".join(line).split()) not in text] == []
    bank = make.browser(make.user(Role.BANK, "吴丽娜", bank=make.bank("邮政储蓄银行", "邮储"))).get("/reports/step_times/", asked).content.decode()
    assert "钱进" in bank
    assert office.number not in bank


def test_late_filters_of_one_person_come_through_the_address(office):
    director = make.browser(make.staff(Role.DIRECTOR))
    asked = {"period": "other", "first": "2012-01-01", "last": "2012-01-20", "standing": "late", "person": make.staff(Role.REVIEWER).pk, "on": "2012-01-10"}
    shown = paper.Cells(director.get("/reports/step_times/", asked).content.decode()).tables[0]
    assert [row[0] for row in shown[1:-1]] == [office.number]
    assert shown[1][-1] == "1"
    assert "各环节用时" in director.get("/").content.decode()
