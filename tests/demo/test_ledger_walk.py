"""In a real browser, with the real worker: a half-year's ledger is built, checked and issued; a wide one is read to its last column."""

import hashlib
import re

from playwright.sync_api import expect

PATIENCE = 120_000  # milliseconds that a job may take


def test_the_worker_builds_and_issues_a_ledger(visit):
    page = visit().sign_in("刘振东").page
    page.goto("/half-year/periods/")
    page.locator("tr", has_text="2005年上半年").get_by_role("button", name="编制台账").click()
    open_the_result(page)
    page.get_by_role("link", name="核对并签发").click()
    expect(page.locator(".tag.ok", has_text="无误")).to_have_count(3)
    page.get_by_role("button", name="签发台账").click()
    page.locator("dialog.ask .btn-primary").click()
    open_the_result(page)

    expect(page.locator("#main")).to_contain_text(re.compile("双担台〔2012〕\\d+号"))
    files = page.locator("section", has_text="签发文件").locator("tbody tr")
    expect(files).to_have_count(4)
    for row in files.all():
        content = page.request.get(row.get_by_role("link").get_attribute("href")).body()
        assert hashlib.sha256(content).hexdigest() == row.locator("small").inner_text()
    expect(page.get_by_role("link", name="核对并签发")).to_have_count(0)


def open_the_result(page):
    page.get_by_role("link", name="查看结果").click(timeout=PATIENCE)
    expect(page.locator("main h1")).to_have_text("半年还款台账")


def test_a_wide_ledger_says_that_it_goes_on_and_keeps_the_borrower_in_sight(visit):
    wide, narrow = visit().sign_in("刘振东"), visit(width=390, height=844).sign_in("刘振东")
    for one, name in ((wide, "ledger_1366"), (narrow, "ledger_390")):
        one.page.goto("/half-year/")
        expect(one.page.locator("#lines .more-hint")).to_be_visible()
        one.picture(name)
        assert one.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert right_of(wide.page.locator("#lines th", has_text="逾期天数")) <= right_of(wide.page.locator("#lines .wide"))
    borrower = wide.page.locator("#lines tbody tr").first.locator("td").first
    stood = right_of(borrower)
    wide.page.locator("#lines .wide").evaluate("box => { box.scrollLeft = 10000 }")
    expect(wide.page.locator("#lines .more-hint")).to_be_hidden()
    assert right_of(borrower) == stood
    assert right_of(wide.page.locator("#lines th").last) <= right_of(wide.page.locator("#lines .wide")) + 1
    wide.picture("ledger_1366_right")


def right_of(place):
    box = place.bounding_box()
    return box["x"] + box["width"]
