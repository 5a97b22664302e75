"""In a real browser: 邮储's demand goes from its papers over three signatures to the payment; the director signs and the bank records money back on a phone."""

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def test_a_demand_from_its_papers_to_the_first_money_back(visit):
    bank = visit().sign_in("吴丽娜").page
    bank.locator("table.desk tr", has_text="提交材料").locator(".c-open a").click()
    case = bank.url.split("/cases/")[1].split("/")[0]
    for tick in bank.locator("[name^=brought_]").all():
        tick.check()
    press(bank, "提交材料")
    officer = visit().sign_in("王建国").page
    officer.goto(f"/cases/{case}/demand/check/")
    for verdict in officer.locator("[name^=verdict_]").all():
        verdict.select_option("good")
    press(officer, "核对材料")
    for signer, width in (("赵淑华", {}), ("孙立群", {}), ("刘振东", PHONE)):
        sign(visit(**width).sign_in(signer).page, case)
    pay(visit().sign_in("孙立群").page, case)
    money_back(visit(**PHONE).sign_in("吴丽娜").page, case)


def press(page, act):
    """The filled button at the head names the act; what was done is said afterwards."""
    page.locator(".head .btn-primary", has_text=act).click()
    expect(page.locator("main")).to_contain_text(f"已办理：{act}")


def sign(page, case):
    page.goto(f"/cases/{case}/demand/sign/")
    expect(page.locator("#act")).to_contain_text("80,000.00")
    page.fill("[name=words]", "材料齐全，同意代偿。")
    press(page, "签批代偿")


def pay(page, case):
    page.goto(f"/cases/{case}/demand/pay/")
    page.fill("[name=document]", "双财〔2012〕9号")
    press(page, "支付代偿款")
    expect(page.locator("#money")).to_contain_text("已还0.00，基金代偿100,000.00")
    expect(page.locator("#compensation .figures")).to_contain_text("80,000.00")


def money_back(page, case):
    page.goto(f"/cases/{case}/recovery/")
    page.fill("[name=amount]", "10000")
    page.fill("[name=document]", "邮储追〔2012〕1号")
    page.locator("[name=preview]").click()
    expect(page.locator("#act")).to_contain_text("8,000.00")
    press(page, "登记追偿")
    expect(page.locator("#compensation .figures")).to_contain_text("72,000.00")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
