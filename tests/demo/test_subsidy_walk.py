"""In a real browser: the bank claims a quarter, and one loan is followed from the claim's total to the day on which its subsidy accrued."""

from decimal import Decimal as D

from playwright.sync_api import expect

QUARTER, CLAIMED = "2011-Q3", "259092.08"
COLUMNS = {"days": 2, "base": 3, "rate": 4, "part": 5}


def test_a_loan_from_the_claims_total_to_the_day_it_accrued(visit):
    page = visit().sign_in("周海涛").page
    page.goto(f"/subsidy/new/?quarter={QUARTER}")
    walk(page)


def walk(page):
    page.locator("[name=claimed]").fill(CLAIMED)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main h1")).to_contain_text(QUARTER)
    assert number(page.locator(".kpi .v").nth(0)) == number(page.locator(".kpi .v").nth(1)) == D(CLAIMED)
    assert sum(every_line(page)) == D(CLAIMED)
    line = page.locator("tr", has=page.locator("a[href*='/subsidy/lines/']")).first
    due = number(line.locator("a[href*='/subsidy/lines/']"))
    line.locator("a[href*='/subsidy/lines/']").click()
    steps = page.locator(f"#q{QUARTER} tbody tr")
    parts = [row_of(steps.nth(at)) for at in range(steps.count())]
    assert sum(part["part"] for part in parts) == due
    assert abs(sum(part["days"] * part["base"] * part["rate"] / 36000 for part in parts) - due) < D("0.006")
    steps.first.locator("a").first.click()
    day = [number(cell) for cell in page.locator("#day dd").all()]
    actual, scheduled, cap, base, rate, amount = day
    assert base == min(actual, scheduled, cap) == parts[0]["base"]
    assert abs(amount - base * rate / 36000) < D("0.000001")


def every_line(page):
    """What is due for each loan of the claim, page after page; back on the first."""
    claim, due = page.url, []
    while True:
        due += [number(cell) for cell in page.locator("a[href*='/subsidy/lines/']").all()]
        on = page.get_by_role("link", name="下一页")
        if not on.count():
            page.goto(claim)
            return due
        on.click()


def row_of(row):
    return {name: number(row.locator("td").nth(at)) for name, at in COLUMNS.items()}


def number(cell):
    return D(cell.inner_text().replace(",", "").strip())
