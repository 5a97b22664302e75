import importlib

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import NoReverseMatch, clear_url_caches, get_resolver, reverse

import config.urls
import staff.urls
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "一贷一创 2012 office"


def build_urls():
    for module in (staff.urls, config.urls):
        importlib.reload(module)
    clear_url_caches()


@pytest.fixture
def office(settings):
    """Build the URL tree as in the demo, or as in production."""

    def as_demo(demo):
        settings.DEMO = demo
        build_urls()

    was = settings.DEMO
    yield as_demo
    as_demo(was)


@pytest.fixture
def clerk():
    person = make.user(username="zhoumin")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(browser, password=PASSWORD):
    return browser.post("/accounts/login/", {"login": "zhoumin", "password": password})


def is_signed_in(browser):
    return browser.get("/").status_code == 200


def digits_now(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_username_and_password_open_the_desk(clerk):
    browser = make.browser()
    assert sign_in(browser).headers["Location"] == "/"
    assert is_signed_in(browser)


def test_a_wrong_password_is_refused_in_chinese_on_the_same_page(clerk):
    answer = sign_in(make.browser(), "wrong")
    assert answer.status_code == 200
    assert "您提供的用户名或密码不正确" in answer.content.decode()


def test_a_stranger_is_led_to_the_sign_in_page():
    assert make.browser().get("/").headers["Location"] == "/accounts/login/?next=/"


def test_who_left_the_office_cannot_come_in(clerk):
    clerk.is_active = False
    clerk.save()
    browser = make.browser()
    sign_in(browser)
    assert not is_signed_in(browser)


def test_with_a_second_factor_the_password_alone_opens_nothing(clerk):
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    browser = make.browser()
    assert sign_in(browser).headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(browser)
    assert "双重验证" in browser.get("/accounts/2fa/authenticate/").content.decode()
    browser.post("/accounts/2fa/authenticate/", {"code": digits_now(secret)})
    assert is_signed_in(browser)


def test_a_recovery_code_opens_the_account_once(clerk):
    TOTP.activate(clerk, generate_totp_secret())
    code = RecoveryCodes.activate(clerk).get_unused_codes()[0]
    for opens in (True, False):
        browser = make.browser()
        sign_in(browser)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_signed_in(browser) is opens


def test_the_second_factor_is_switched_on_and_off_on_our_own_pages(clerk):
    browser = make.browser()
    sign_in(browser)
    confirm = browser.get("/accounts/2fa/totp/activate/", follow=True)
    assert "请确认是本人操作" in confirm.content.decode()
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert "用验证器应用扫描下图" in page.content.decode()
    assert browser.post("/accounts/2fa/totp/activate/", {"code": digits_now(secret)}).headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert "10 个恢复码中还有 10 个未使用" in browser.get("/accounts/2fa/recovery-codes/").content.decode()
    assert browser.get("/accounts/2fa/recovery-codes/download/").content.decode().split()
    browser.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=clerk, type="totp").exists()


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_there_is_no_sign_up_and_no_e_mail(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_kept_page_of_the_library_says_who_may_open_it():
    pages = [page for page in get_resolver("staff.signin_urls").url_patterns if not hasattr(page.callback, "roles")]
    assert pages == []


def test_the_demo_lists_its_people_under_a_banner_and_one_click_makes_one_of_them(office):
    office(True)
    make.user(name="周敏")
    banker = make.user(Role.BANK, name="孙丽")
    browser = make.browser()
    page = browser.get("/accounts/login/").content.decode()
    for words in ("演示环境", "选一个角色进入演示", "经办员", "周敏", "银行信贷员", "孙丽", "农村信用合作联社"):
        assert words in page
    assert browser.post("/demo-sign-in/", {"person": banker.pk}).headers["Location"] == "/"
    assert "孙丽" in browser.get("/").content.decode()


def test_the_demo_needs_a_press_not_a_link(office):
    office(True)
    assert make.browser().get(f"/demo-sign-in/?person={make.user().pk}").status_code == 405


def test_outside_the_demo_the_one_click_does_not_exist(office):
    office(False)
    person = make.user()
    with pytest.raises(NoReverseMatch):
        reverse("staff:demo_sign_in")
    browser = make.browser()
    assert browser.post("/demo-sign-in/", {"person": person.pk}).status_code == 404
    page = browser.get("/accounts/login/").content.decode()
    assert "演示" not in page
    assert person.name not in page


def test_even_a_demo_tree_left_over_refuses_outside_the_demo(office, settings):
    office(True)
    settings.DEMO = False
    browser = make.browser()
    assert browser.post("/demo-sign-in/", {"person": make.user().pk}).status_code == 404
    assert not is_signed_in(browser)


def test_whoever_guesses_too_often_is_told_to_wait(clerk):
    cache.clear()
    browser = make.browser()
    answers = [sign_in(browser, f"guess {n}") for n in range(40)]
    cache.clear()
    assert [answer.status_code for answer in answers][::39] == [200, 429]
    assert "登录失败次数过多" in answers[20].content.decode()
    assert "尝试次数过多" in answers[-1].content.decode()
    assert not is_signed_in(browser)


def test_coming_in_and_going_out_make_no_noise(clerk):
    browser = make.browser()
    assert list(browser.post("/accounts/login/", {"login": "zhoumin", "password": PASSWORD}, follow=True).context["messages"]) == []
    assert list(browser.post("/accounts/logout/", follow=True).context["messages"]) == []


def test_a_changed_password_is_confirmed_in_chinese(clerk):
    browser = make.browser()
    sign_in(browser)
    new = {"oldpassword": PASSWORD, "password1": "another 2012 贷款", "password2": "another 2012 贷款"}
    page = browser.post("/accounts/password/change/", new, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["密码修改成功。"]


def test_who_has_no_password_yet_sets_one(clerk):
    clerk.set_unusable_password()
    clerk.save()
    browser = make.browser(clerk)
    page = browser.get("/accounts/password/change/", follow=True)
    assert page.redirect_chain == [("/accounts/password/set/", 302)]
    assert "设置密码" in page.content.decode()
    browser.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
