"""One case through every desk, in a real browser against the running demo: from the counter to its last repayment.

It takes the office on into 2012, so it runs after the tests that want the first morning (see conftest.py).
"""

import json
import re
import time
from datetime import date
from decimal import Decimal as D

import pytest
from playwright.sync_api import expect

from applicants.identity import check_character

BODY = "22039919740312" + "907"
NUMBER = BODY + check_character(BODY)
BANK = "农村信用合作联社"
PLACE = "辽北街民主路 18 号"
ASKED = "40000"
FIRST_MORNING, LAST_DAY = "2012-01-04", "2012-12-21"
DUE_DAYS = ("2012-09-21", LAST_DAY)  # of principal; until then finance pays the interest
PATIENCE = 60  # seconds for the worker to do the jobs of some months
OPINIONS = {"王建国": "手艺扎实，街上没有第二家", "孙立群": "自有资金到位，账目清楚", "周海涛": "信用记录良好，同意贷款"}


@pytest.fixture
def person(visit):
    """person(name): the window of somebody of the demo, signed in once."""
    windows = {}

    def window(name):
        if name not in windows:
            windows[name] = visit().sign_in(name).page
        return windows[name]

    return window


def test_one_case_from_the_counter_to_its_last_repayment(person, demo):
    before = figures(demo, FIRST_MORNING)

    case = take_the_application(person("王建国"))
    act(person("王建国"), case, "录入社区推荐", words="为人踏实，邻里称赞，同意推荐。")
    act(person("王建国"), case, "初审通过", micro_profit=True, words="材料齐全，符合条件。")
    act(person("王建国"), case, "登记三方考察", **VISIT)
    the_three_opinions_stay_sealed_until_all_are_in(person, case)
    act(person("赵淑华"), case, "复核通过", words="程序齐全，同意上报。")
    the_director_promises_what_the_fund_has_room_for(person("刘振东"), case)
    promised = figures(demo, FIRST_MORNING)
    assert (promised["room"], promised["reserved"]) == (before["room"] - D(ASKED), before["reserved"] + D(ASKED))

    the_bank_lends(person("周海涛"), case)
    lent = figures(demo, FIRST_MORNING)
    assert lent["ventures"] == before["ventures"] + 1
    assert (lent["room"], lent["reserved"], lent["used"]) == (promised["room"], before["reserved"], before["used"] + D(ASKED))

    the_borrower_repays(person, case)
    settled = figures(demo, LAST_DAY)
    assert settled["used"] == before["used"]
    assert settled["room"] + settled["reserved"] == before["room"] + before["reserved"]  # other promises have lapsed meanwhile
    assert "账簿无误" in demo.manage("check_book").stdout


VISIT = {
    "who_went": "王建国、孙立群、周海涛",
    "premises": "自有门市 30 平方米，临街",
    "expected_income": "36000",
    "agrees": True,
}


def take_the_application(page):
    """From the desk to the counter's form; the case's number."""
    page.goto("/")
    page.get_by_role("link", name="受理申请", exact=True).click()
    page.locator("[name=number]").fill(NUMBER)
    page.locator("[name=number]").blur()
    expect(page.locator("#entry [role=status]")).to_contain_text("尚未登记")
    fill(page, name="常福生", phone="13904345678", address=PLACE, community="辽北街")
    fill(page, group="城镇登记失业人员", group_proof="就业失业登记证", group_proof_number="2203990012")
    fill(page, **{"guarantor-0-kind": "抵押", "guarantor-0-thing": "住宅一套", "guarantor-0-certificate": "双房权证字第8号"})
    fill(page, **{"guarantor-0-owner": "常福生", "guarantor-0-value": "60000"})
    fill(page, project="轮椅修理铺", trade="修理修配", place=PLACE, own_funds="20000", expected_workers="2")
    fill(page, bank=BANK, amount=ASKED, term="12", use="购置工具和配件")
    for paper in page.locator("select[name^=paper-]").all():
        paper.select_option("original")
    press(page, "受理")
    expect(state(page)).to_have_text("已申请")
    return re.search(r"A2012-\d+", page.url)[0]


def the_three_opinions_stay_sealed_until_all_are_in(person, case):
    for name, reason in OPINIONS.items():
        page = open_case(person(name), case)
        for other, words in OPINIONS.items():
            assert words not in page.content(), f"{name} reads the opinion of {other} before signing"
        act(page, case, "签署考察意见", stance="for", reason=reason)
        if name != "周海涛":
            expect(page.locator(".opin")).to_contain_text(reason)  # one's own
    for name in (*OPINIONS, "赵淑华"):
        page = open_case(person(name), case)
        for words in OPINIONS.values():
            expect(page.locator(".opin")).to_contain_text(words)
    expect(state(page)).to_have_text("考察完成")


def the_director_promises_what_the_fund_has_room_for(page, case):
    from_desk(page, case, "审定并承诺担保")
    room_card = page.locator("section.card", has=page.get_by_role("heading", name="审定前后担保余量"))
    was, asked, then = (number(text) for text in room_card.locator(".kpi .v").all_inner_texts())
    assert (asked, then) == (-D(ASKED), was - D(ASKED))
    fill(page, remark="同意担保。")
    press(page, "审定并承诺担保")
    expect(state(page)).to_have_text("已承诺担保")


def the_bank_lends(page, case):
    from_desk(page, case, "登记合同")  # number, day and rate are proposed
    press(page, "登记合同")
    page.goto("/bank/")
    page.locator("#payouts tr", has_text=case).get_by_role("link", name="确认放款").click()
    press(page, "确认放款")
    page.wait_for_url("**/bank/")
    expect(page.locator("#payouts")).not_to_contain_text(case)
    expect(state(open_case(page, case))).to_have_text("还款中")


def the_borrower_repays(person, case):
    """Two parts of the principal on their days; then everything that is left, early."""
    bank = person("周海涛")
    for day in DUE_DAYS:
        the_day_comes(person("何静"), day)
        page = open_act(bank, case, "报告还款")
        fill(page, reference=f"流水{day}")
        press(page, "报告还款")
    owed = number(page.locator("#money .kpi .v").first.inner_text())
    assert 0 < owed < D(ASKED)
    page = open_act(page, case, "报告还款")
    fill(page, principal=str(owed), interest="0", reference=f"流水{LAST_DAY}-2")
    press(page, "报告还款")
    expect(state(page)).to_have_text("已结清")
    expect(page.locator("#money .kpi .v").first).to_have_text("0.00")


def the_day_comes(page, day):
    """The administrator moves the office to this day, and the worker does the jobs of every day between."""
    page.goto("/office-date/")
    page.locator("[name=to]").fill(day)
    press(page, "移到这一天")
    expect(page.locator("main")).to_contain_text("办公日期已移动")
    done = page.locator(".timeline li", has_text="例行工作已").filter(has_text=f"{date.fromisoformat(day):%Y年%-m月%-d日}")
    until = time.monotonic() + PATIENCE
    while not done.count():
        assert time.monotonic() < until, "the worker has not done the day's jobs"
        page.reload()


# --- What everybody does: from the desk to the case, its button, its form ----------------------------------------------------------


def from_desk(page, case, name):
    """To the form of the act that waits for this person."""
    page.goto("/")
    page.locator("table.desk tbody tr", has_text=case).locator(".c-open a").click()
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def open_case(page, case):
    page.goto(f"/cases/{case}/")
    return page


def open_act(page, case, name):
    """To the form of an act by the case's own page, under the filled button or in the menu."""
    open_case(page, case)
    link = page.locator(".head .act a", has_text=name)
    if not link.is_visible():
        page.locator(".head .act summary", has_text="更多").click()
    link.click()
    return page


def act(page, case, name, **fields):
    """From the desk to the form, filled in and signed."""
    from_desk(page, case, name)
    fill(page, **fields)
    press(page, name)
    page.wait_for_url(f"**/cases/{case}/")


def fill(page, **fields):
    for name, value in fields.items():
        field = page.locator(f"form.card [name={name}], form.case [name={name}]").first
        if field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("it => it.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def press(page, name):
    """The one filled button, which names the act; what it answers says that it is done."""
    page.get_by_role("button", name=name, exact=True).click()
    answer = page.locator("main > .note.ok, main .note.bad, main .field-errors").first
    answer.wait_for()
    assert "ok" in answer.get_attribute("class").split(), page.locator("main").inner_text()


def state(page):
    return page.locator(".head .sub .tag")


def number(text):
    return D(text.replace(",", "").replace("−", "-").replace(" ", ""))


def figures(demo, day):
    """What the case changes among the office's figures."""
    found = json.loads(demo.manage("office_figures", "--as-of", day, "--json").stdout)
    bank = {name: D(amount) for name, amount in found["by_bank"][BANK].items()}
    return {"ventures": found["ventures_opened"], "used": bank["outstanding_yuan"], "reserved": bank["reserved_yuan"], "room": bank["room_yuan"]}
