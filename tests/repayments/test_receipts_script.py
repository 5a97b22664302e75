"""Enter books a line where it stands, and the next line's serial number waits; a refused line keeps the eye on what is wrong."""

import pytest

from tests.house import ROOT

LINE = """<tr id="line-{n}"><td><input name="principal" form="r-{n}" value="100"></td><td><input name="reference" data-serial form="r-{n}"></td>
<td><form id="r-{n}" method="post" action="/receipts/{n}/" hx-post="/receipts/{n}/" hx-target="closest tr" hx-swap="outerHTML" data-free>
<button>入账</button></form></td></tr>"""
PAGE = f"<!doctype html><body><main><table><tbody>{LINE.format(n=1)}{LINE.format(n=2)}{LINE.format(n=3)}</tbody></table></main></body>"
BOOKED = '<tr data-booked id="line-{n}"><td>已入账</td></tr>'
WRONG = LINE.replace("<tr ", "<tr data-wrong ").replace("data-serial", 'data-serial aria-invalid="true"')


@pytest.fixture
def page(chromium):
    """Three lines; whatever is posted is booked, but what has the serial number 0."""
    page = chromium.new_page()
    page.posted = []

    def answer(route):
        request = route.request
        if request.method == "GET":
            return route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        n = request.url.rstrip("/").rsplit("/", 1)[1]
        page.posted.append((n, request.post_data))
        return route.fulfill(body=(WRONG if request.post_data.endswith("reference=0") else BOOKED).format(n=n), content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("http://office.test/receipts/")
    for script in ("vendor/htmx.min.js", "js/amount.js", "js/office.js", "js/receipts.js"):
        page.add_script_tag(path=ROOT / "static" / script)
    yield page
    page.close()


def serial(page, n):
    return page.locator(f"#line-{n} [data-serial]")


def has_focus(locator):
    locator.and_(locator.page.locator(":focus")).wait_for(timeout=3000)


def test_enter_books_the_line_and_leads_to_the_next(page):
    serial(page, 1).fill("LS1")
    serial(page, 1).press("Enter")
    has_focus(serial(page, 2))
    assert page.posted == [("1", "principal=100&reference=LS1")]
    assert page.inner_text("#line-1") == "已入账"


def test_lines_already_booked_are_passed_over(page):
    for n, after in ((2, 3), (1, 3)):
        serial(page, n).fill(f"LS{n}")
        serial(page, n).press("Enter")
        has_focus(serial(page, after))


def test_a_refused_line_stays_and_shows_where_it_is_wrong(page):
    serial(page, 1).fill("0")
    serial(page, 1).press("Enter")
    page.locator("#line-1[data-wrong]").wait_for(timeout=3000)
    has_focus(serial(page, 1))
