"""What the office's pages do in the browser: the scripts themselves, on a small page, without a server."""

import json

import pytest

from staff import search
from staff.search import Found
from tests import make
from tests.house import ROOT

WORDS = json.loads((ROOT / "tests/golden/rmb_words.json").read_text(encoding="utf-8"))

FRAME = """<!doctype html><html lang="zh-CN">
<body data-yes="确定" data-no="返回" data-wan="万元" data-calendar="日历" data-file="选择文件" data-no-file="未选择" data-failed="没有应答">
<form class="search"><input id="search" name="q"><div class="found" id="found"></div></form>
<main id="main">%s</main></body></html>"""


@pytest.fixture
def show(chromium):
    """show(html): a page of the office with this in its middle, its scripts running; `sent` lists what its forms sent."""
    page = chromium.new_page()
    troubles = []
    page.on("pageerror", lambda wrong: troubles.append(str(wrong)))

    def showing(html):
        page.route("**/*", lambda route: route.fulfill(body=FRAME % html, content_type="text/html; charset=utf-8"))
        page.goto("http://office.test/")
        for script in ("amount", "office"):
            page.add_script_tag(path=ROOT / f"static/js/{script}.js")
        page.evaluate("""() => { window.sent = [];
            document.addEventListener("submit", (e) => { if (!e.defaultPrevented) { e.preventDefault(); window.sent.push(e.submitter?.value ?? ""); } }); }""")
        return page

    yield showing
    page.close()
    assert troubles == []


def sent(page):
    return page.evaluate("window.sent")


def test_amounts_in_words_are_those_of_the_golden_table(show):
    page = show("")
    said = page.evaluate("amounts => Object.fromEntries(amounts.map(a => [a, Amount.inWords(Amount.fen(a))]))", list(WORDS))
    assert said == WORDS


def test_an_amount_is_read_along_while_it_is_typed_and_tidied_when_it_is_left(show):
    page = show('<form method="post"><input name="amount" data-yuan><input name="next"></form>')
    page.fill("[data-yuan]", "５0000.5")
    assert page.inner_text(".said") == "5.00005 万元 · 人民币伍万元伍角"
    page.focus("[name=next]")
    assert page.input_value("[data-yuan]") == "50,000.50"


def test_what_is_no_amount_is_left_as_it_was_typed(show):
    page = show('<form method="post"><input name="amount" data-yuan><input name="next"></form>')
    page.fill("[data-yuan]", "五万")
    page.focus("[name=next]")
    assert page.input_value("[data-yuan]") == "五万"
    assert page.text_content(".said") == ""


@pytest.mark.parametrize("typed", ["20120104", "2012.1.4", "２０１２-１-４", "2012年1月4日"])
def test_a_day_is_understood_as_people_type_it(show, typed):
    page = show('<form method="post"><input name="day" data-day><input name="next"></form>')
    page.fill("[data-day]", typed)
    page.focus("[name=next]")
    assert page.input_value("[data-day]") == "2012-01-04"


def test_the_slash_leads_to_the_search_box_but_not_while_typing(show):
    page = show('<input name="note">')
    page.focus("[name=note]")
    page.keyboard.press("/")
    assert page.input_value("[name=note]") == "/"
    page.locator("[name=note]").blur()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.input_value("#search") == ""


def test_arrows_walk_through_what_was_found_and_escape_closes_it(show):
    page = show("")
    page.evaluate("document.getElementById('found').innerHTML = '<a href=\"/1\">一</a><a href=\"/2\">二</a>'")
    page.focus("#search")
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert walked == ["一", "二", "一", "search"]
    page.keyboard.press("Escape")
    assert page.inner_html("#found") == ""


def test_an_act_that_asks_first_is_sent_only_after_yes_and_as_the_button_that_was_pressed(show):
    page = show('<form method="post"><button name="do" value="refuse" data-confirm="确定不予受理吗？">不予受理</button></form>')
    page.click("[name=do]")
    assert page.inner_text("dialog p") == "确定不予受理吗？"
    page.get_by_role("button", name="返回").click()
    assert sent(page) == []
    page.click("[name=do]")
    page.get_by_role("button", name="确定", exact=True).click()
    assert sent(page) == ["refuse"]


def test_pressing_twice_sends_once(show):
    page = show('<form method="post"><button value="pay">登记还款</button></form>')
    page.dblclick("main button")
    assert sent(page) == ["pay"]
    assert page.get_attribute("main button", "aria-busy") == "true"


def test_enter_leads_to_the_next_field_and_from_the_last_to_the_button(show):
    page = show('<form method="post"><input name="a"><select name="b"><option>1</option></select><input name="c"><button value="save">保存</button></form>')
    page.focus("[name=a]")
    places = []
    for _press in range(3):
        page.keyboard.press("Enter")
        places.append(page.evaluate("document.activeElement.name || document.activeElement.value"))
    assert (places, sent(page)) == (["b", "c", "save"], [])
    page.keyboard.press("Enter")
    assert sent(page) == ["save"]


def test_a_form_that_is_only_signed_in_with_is_sent_by_enter(show):
    page = show('<form method="post" data-enter="submit"><input name="a"><button value="in">登录</button></form>')
    page.focus("[name=a]")
    page.keyboard.press("Enter")
    assert sent(page) == ["in"]


def test_leaving_with_unsaved_words_asks_first(show):
    page = show('<form method="post"><input name="a"></form>')
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.type("[name=a]", "字")
    page.goto("http://office.test/2")
    assert asked == ["beforeunload"]


def test_a_menu_closes_when_one_looks_elsewhere(show):
    page = show('<details class="menu"><summary>打印</summary><div>审批表</div></details><p>正文</p>')
    page.click("summary")
    assert page.get_attribute("details", "open") is not None
    page.click("p")
    assert page.get_attribute("details", "open") is None


def test_a_file_is_named_in_the_pages_language(show):
    page = show('<form method="post"><input type="file" name="scan"></form>')
    assert page.inner_text(".file-field .name") == "未选择"
    page.set_input_files("[type=file]", files=[{"name": "身份证.png", "mimeType": "image/png", "buffer": b"1"}])
    assert page.inner_text(".file-field .name") == "身份证.png"


def test_dressing_a_page_twice_adds_nothing(show):
    page = show('<form method="post"><input type="file" name="scan"><input name="day" data-day><input name="amount" data-yuan value="5"></form>')
    once = page.inner_html("main")
    page.evaluate("dress(document)")
    assert page.inner_html("main") == once
    assert page.locator("main button").count() == 2


def test_the_browser_leaves_complaints_to_the_office(show):
    page = show('<form method="post"><input name="a" required><button value="save">保存</button></form>')
    page.click("main button")
    assert sent(page) == ["save"]


@pytest.fixture
def visit(chromium, live_server, transactional_db):
    """visit(path, person): a real page of the office, signed in as this person, under its own security policy."""
    window = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    page = window.new_page()
    troubles = []
    page.on("console", lambda said: said.type in ("error", "warning") and troubles.append(said.text))
    page.on("pageerror", lambda wrong: troubles.append(str(wrong)))

    def visiting(path="/", person=None):
        if person:
            session = make.browser(person).cookies["sessionid"].value
            window.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(path)
        return page

    yield visiting
    window.close()
    assert troubles == []


def test_what_the_rooms_find_shows_while_one_types(visit, monkeypatch):
    monkeypatch.setattr(search, "_finders", [lambda user, text: [Found("借款人", text, "茂林镇", "/people/")]])
    page = visit("/", make.user())
    page.keyboard.press("/")
    page.keyboard.type("潘志国")
    page.wait_for_selector("#found a")
    assert page.inner_text("#found a").split() == ["借款人", "潘志国", "茂林镇"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/")


@pytest.mark.parametrize("path", ["/", "/help/", "/account/", "/accounts/password/change/", "/accounts/login/"])
def test_a_page_keeps_to_the_security_policy_and_to_the_width_of_a_phone(visit, path):
    page = visit(path, None if "login" in path else make.user())
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("fetch('').then(answer => answer.headers.get('Content-Security-Policy'))")
