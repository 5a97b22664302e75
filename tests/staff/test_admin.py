from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import reverse
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from staff.adminsite import LookOnly, OfficeAdmin
from staff.models import Bank, Event, OfficeDate, Role, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.user(Role.ADMINISTRATOR, name="王磊")


@pytest.mark.parametrize("role", Role)
def test_the_role_alone_opens_it_a_flag_set_by_mistake_does_not(role):
    person = make.user(role, is_staff=True, is_superuser=True)
    browser = make.browser(person)
    wanted = 200 if role == Role.ADMINISTRATOR else 403
    assert {browser.get(page).status_code for page in ("/admin/", "/admin/staff/user/", "/admin/staff/bank/add/")} == {wanted}


def test_an_administrator_needs_no_flag(administrator):
    assert not administrator.is_staff
    assert make.browser(administrator).get("/admin/").status_code == 200


def test_a_stranger_is_led_to_the_offices_own_sign_in_page():
    answer = make.browser().get("/admin/staff/user/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "登录" in answer.content.decode()


def test_only_our_own_rooms_show_things_here():
    assert all(isinstance(shown, OfficeAdmin) for shown in admin.site._registry.values())


def test_nothing_can_be_deleted(administrator, rf):
    request = rf.get("/")
    request.user = administrator
    assert [m for m, shown in admin.site._registry.items() if shown.has_delete_permission(request)] == []


def test_history_and_office_date_are_only_looked_at(administrator, rf):
    request = rf.get("/")
    request.user = administrator
    for model in (Event, OfficeDate):
        shown = admin.site._registry[model]
        assert isinstance(shown, LookOnly)
        assert shown.has_view_permission(request)
        assert not shown.has_add_permission(request)
        assert not shown.has_change_permission(request)


def test_the_office_date_cannot_be_posted_here(administrator):
    make.office_date(date(2012, 1, 4))
    assert make.browser(administrator).post("/admin/staff/officedate/True/change/", {"fixed_on": "2013-01-01"}).status_code == 403
    assert OfficeDate.objects.get().fixed_on == date(2012, 1, 4)


def person_form(**fields):
    return {"username": "sunli", "name": "孙丽", "role": Role.BANK, "bank": "", "phone": "", "usable_password": "true",
            "password1": "一贷一创 2012 office", "password2": "一贷一创 2012 office"} | fields  # fmt: skip


def test_an_administrator_adds_a_bank_officer_with_a_bank(administrator):
    bank = make.bank()
    make.browser(administrator).post("/admin/staff/user/add/", person_form(bank=bank.pk))
    assert User.objects.get(username="sunli").bank == bank


def test_a_bank_officer_without_a_bank_is_refused_in_words(administrator):
    page = make.browser(administrator).post("/admin/staff/user/add/", person_form())
    assert "银行信贷员必须属于一家银行" in page.content.decode()
    assert not User.objects.filter(username="sunli").exists()


def test_nobody_changes_their_own_role(administrator):
    browser = make.browser(administrator)
    wish = {"username": administrator.username, "name": "王磊磊", "role": Role.DIRECTOR, "is_active": ""}
    browser.post(f"/admin/staff/user/{administrator.pk}/change/", wish)
    administrator.refresh_from_db()
    assert (administrator.name, administrator.role, administrator.is_active) == ("王磊磊", Role.ADMINISTRATOR, True)


def test_the_history_of_a_bank_says_what_changed_and_by_whom(administrator):
    bank = make.bank("邮政储蓄银行", "邮储")
    fields = {"name": bank.name, "short_name": "邮储行", "iou_prefix": "", "contract_prefix": "", "address": "", "phone": "", "order": "0", "is_active": ""}
    browser = make.browser(administrator)
    assert browser.post(f"/admin/staff/bank/{bank.pk}/change/", fields).status_code == 302
    page = browser.get(f"/admin/staff/bank/{bank.pk}/history/").content.decode()
    assert "简称：邮储 → 邮储行; 启用：是 → 否" in page
    assert "王磊" in page
    assert "首次保存" in page


def test_a_change_of_role_stays_in_the_history(administrator):
    person = make.user(name="周敏")
    User.objects.filter(pk=person.pk).update(role=Role.REVIEWER)
    page = make.browser(administrator).get(f"/admin/staff/user/{person.pk}/history/").content.decode()
    assert "角色：经办员 → 复核员" in page


def test_a_lost_telephone_is_helped_and_noted(administrator):
    person = make.user(name="周敏")
    Authenticator.objects.create(user=person, type="totp", data={})
    make.office_date()
    make.browser(administrator).post("/admin/staff/user/", {"action": "take_second_factor_away", "_selected_action": [person.pk]})
    assert not Authenticator.objects.exists()
    assert str(Event.objects.get()) == "取消了 周敏 的双重验证"


@pytest.fixture
def nightly():
    return PeriodicTask.objects.create(name="夜间核账", task="nightly", crontab=CrontabSchedule.objects.create(minute="0", hour="2"))


def test_the_timetable_is_changed_here(administrator, nightly):
    browser = make.browser(administrator)
    assert "每天 02:00" in browser.get(reverse("admin:django_celery_beat_periodictask_changelist")).content.decode()
    when = {"minute": "30", "hour": "3", "day_of_month": "*", "month_of_year": "*", "day_of_week": "*"}
    browser.post(reverse("admin:django_celery_beat_periodictask_change", args=[nightly.pk]), when)
    nightly.refresh_from_db()
    assert (nightly.crontab.hour, nightly.crontab.minute, nightly.enabled) == ("3", "30", False)
    assert "每天 03:30" in browser.get(reverse("admin:django_celery_beat_periodictask_changelist")).content.decode()


def test_an_hour_that_no_day_has_is_refused(administrator, nightly):
    when = {"minute": "0", "hour": "25", "day_of_month": "*", "month_of_year": "*", "day_of_week": "*", "enabled": "on"}
    page = make.browser(administrator).post(reverse("admin:django_celery_beat_periodictask_change", args=[nightly.pk]), when)
    assert page.status_code == 200
    nightly.refresh_from_db()
    assert nightly.crontab.hour == "2"


def test_every_page_of_administration_names_its_role():
    pages = [page for app in admin.site.get_urls() for page in getattr(app, "url_patterns", [app])]
    roles = {str(page.pattern): page.callback.roles for page in pages}
    assert {name for name, may in roles.items() if may != frozenset([Role.ADMINISTRATOR])} == {"login/"}
    assert Bank in admin.site._registry
