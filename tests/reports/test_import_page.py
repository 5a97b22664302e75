"""The import page: examined first, read, then taken in by a worker; the sealed workbook goes when it is not needed any more."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loans.models import Loan
from reports import tasks
from reports.importing import uploads
from reports.importing.uploads import LedgerTooLarge, NotReady
from reports.models import LedgerImport, UploadedLedger
from staff.errors import NotYours
from staff.models import Run
from tests import make
from tests.reports.workbooks import FIRST, changed, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(rural):
    make.office_date()


@pytest.fixture
def browser(administrator):
    return make.browser(administrator)


def brought(browser, capture, sheets=None, content=None):
    """Bring a workbook through the page and let the worker examine it; the page that follows."""
    file = SimpleUploadedFile("台账.xlsx", content or workbook(sheets))
    with capture(execute=True):
        answer = browser.post("/reports/import/", {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def test_examined_first_then_taken_in(browser, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks)
    shown = browser.get(page).text
    assert "检查无误，尚未写入。" in shown
    assert "导入12行" in shown
    assert Loan.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{page}take-in/")
    assert "已导入12行" in browser.get(page).text
    assert Loan.objects.count() == 2
    assert LedgerImport.objects.get().imported_by.name == "何静"
    assert "台账.xlsx" in browser.get("/reports/import/").text


def test_what_is_wrong_is_a_table_by_sheet_row_and_column(browser, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks, changed("贷款台账", 3, "贷款金额", "见合同"))
    shown = browser.get(page).text
    for words in ("1行未通过，没有写入任何内容", "贷款台账", ">3<", "贷款金额", "“见合同”不是金额。"):
        assert words in shown
    assert f"{page}take-in/" not in shown
    assert FIRST not in shown


def test_a_file_that_is_no_workbook_says_so(browser, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks, content=b"PK not a workbook")
    assert "无法作为Excel工作簿读取" in browser.get(page).text
    assert Run.objects.get().state == Run.State.FAILED


def test_a_file_of_another_kind_is_not_even_kept(browser):
    answer = browser.post("/reports/import/", {"file": SimpleUploadedFile("台账.pdf", b"%PDF")})
    assert answer.status_code == 200
    assert UploadedLedger.objects.count() == 0


def test_the_workbook_is_sealed_while_it_waits_and_goes_when_it_is_not_needed(browser, administrator, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks)
    upload = UploadedLedger.objects.get()
    assert bytes(upload.content)[:2] == b"PK"
    assert _kept_bytes()[:2] != b"PK"
    refused = brought(browser, django_capture_on_commit_callbacks, changed("贷款台账", 3, "贷款金额", "见合同"))
    assert UploadedLedger.objects.filter(content__isnull=False).count() == 0  # the first gave way, the second was refused
    answer = browser.post(f"{page}take-in/", follow=True)
    assert "还不能导入" in answer.text
    assert "还不能导入" in browser.post(f"{refused}take-in/", follow=True).text


def _kept_bytes():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM reports_uploadedledger")
        return bytes(cursor.fetchone()[0])


def test_what_became_wrong_between_examination_and_import_is_shown_and_nothing_written(browser, administrator, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks)
    make.office_date(date(2010, 1, 1))  # the days of 2010 now lie ahead
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{page}take-in/")
    shown = browser.get(page).text
    assert "未通过，没有写入任何内容" in shown
    assert "还款日期" in shown
    assert Loan.objects.count() == 0


def test_a_task_that_comes_twice_does_nothing_the_second_time(browser, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{page}take-in/")
    upload = UploadedLedger.objects.get()
    tasks.import_ledger(run_id=upload.taking_in_id, upload_id=upload.pk)
    assert LedgerImport.objects.count() == 1
    assert Run.objects.get(pk=upload.taking_in_id).state == Run.State.DONE


def test_it_is_taken_in_once(administrator, browser, django_capture_on_commit_callbacks):
    brought(browser, django_capture_on_commit_callbacks)
    upload = UploadedLedger.objects.get()
    uploads.ask_to_take_in(upload=upload, task=tasks.import_ledger, by=administrator, on=make.TODAY)
    with pytest.raises(NotReady):
        uploads.ask_to_take_in(upload=upload, task=tasks.import_ledger, by=administrator, on=make.TODAY)


def test_others_bring_nothing_and_nobody_brings_too_much(administrator, director, settings):
    file = SimpleUploadedFile("台账.xlsx", workbook())
    with pytest.raises(NotYours):
        uploads.bring(file=file, task=tasks.examine_ledger, by=director, on=make.TODAY)
    settings.LEDGER_MAX_BYTES = 10
    with pytest.raises(LedgerTooLarge):
        uploads.bring(file=file, task=tasks.examine_ledger, by=administrator, on=make.TODAY)


def test_communities_are_given_in_bulk(browser, officer, officer2, django_capture_on_commit_callbacks):
    page = brought(browser, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{page}take-in/")
    towns = set(Loan.objects.values_list("community", flat=True))
    answer = browser.post("/communities/", {"communities": sorted(towns), "officer": officer2.pk}, follow=True)
    assert "旧台账的2笔贷款随之划转" in answer.text
    assert set(Loan.objects.values_list("officer", flat=True)) == {officer2.pk}
    assert browser.post("/communities/", {"officer": officer2.pk}).context["form"].errors
