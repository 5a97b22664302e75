"""No page mixes languages: on a Chinese page nothing is left in English."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_results.models import TaskResult

from staff import actions
from staff.models import Bank, Role
from tests import make
from tests.staff.test_messages import UNFINISHED

pytestmark = pytest.mark.django_db

OF_NO_LANGUAGE = {
    "English",
    "PDF",
    "Excel",
    "SIYB",
    "Enter",
    "Esc",
    "QR",
    "Asia/Shanghai",
    "UTC",
    "LDAP",
    "dM/MY/d",
    "Task",
    "enabled",
    "False",
    "None",
}  # what Django and the job libraries write of themselves
SPOKEN_ATTRIBUTES = ("placeholder", "title", "aria-label", "alt", "data-confirm", "data-failed")
PHRASE = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ /][A-Za-z'’]+)*")


class Heard(HTMLParser):
    """What a reader sees or hears of a page."""

    SILENT = ("script", "style", "template", "code", "pre", "svg")

    def __init__(self, page):
        super().__init__()
        self.words, self.silent = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in self.SILENT or attributes.get("name") == "timezone" or "material-symbols-outlined" in (attributes.get("class") or ""):
            self.silent.append(tag)
        self.words += [attributes[name] for name in SPOKEN_ATTRIBUTES if attributes.get(name)]

    def handle_endtag(self, tag):
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, text):
        if not self.silent and text.strip():
            self.words.append(text.strip())


def english(page):
    phrases = [phrase for words in Heard(page).words for phrase in PHRASE.findall(words)]
    return sorted({phrase for phrase in phrases if phrase not in OF_NO_LANGUAGE})


@pytest.fixture
def administrator(settings):
    settings.DEMO = True
    return make.user(Role.ADMINISTRATOR, name="王磊", username="01")


def test_the_ear_hears_english():
    assert english('<p title="Save it">您好</p><script>let x</script><b>Not yet said</b>') == ["Not yet said", "Save it"]


PAGES = ("/", "/search/", "/people/", "/help/", "/account/", "/office-date/", "/nowhere/",
         "/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_the_staff_room_speaks_chinese(administrator, path):
    actions.move_office_date(to=date(2026, 1, 1), real=False, by=administrator, on=make.office_date())
    assert english(make.browser(administrator).get(path).content.decode()) == []


def test_the_way_in_speaks_chinese():
    browser = make.browser()
    assert english(browser.get("/accounts/login/").content.decode()) == []
    assert english(browser.post("/accounts/login/", {"login": "", "password": ""}).content.decode()) == []


def admin_pages():
    rows = {"staff.bank": Bank.objects.first, "staff.user": apps.get_model("staff.user").objects.first}
    for model in ("staff.user", "staff.bank", "staff.officedate", "staff.event", "staff.run",
                  "django_celery_beat.periodictask", "django_celery_results.taskresult"):  # fmt: skip
        name = model.replace(".", "_")
        yield reverse(f"admin:{name}_changelist")
        row = rows.get(model, apps.get_model(model).objects.first)()
        if row:
            yield reverse(f"admin:{name}_change", args=[row.pk])
            yield reverse(f"admin:{name}_history", args=[row.pk])
    yield from (reverse("admin:staff_user_add"), reverse("admin:staff_bank_add"), reverse("admin:index"))
    yield reverse("admin:auth_user_password_change", args=[rows["staff.user"]().pk])


def names_in_admin(room):
    """What the list of rooms shows of this one."""
    return [capfirst(str(name)) for name in (room.verbose_name, *(model._meta.verbose_name_plural for model in room.get_models()))]


def test_administration_speaks_chinese(administrator):
    make.user(Role.BANK, name="孙丽", username="02", bank=make.bank(iou_prefix="1", contract_prefix="1"))
    actions.move_office_date(days=1, by=administrator, on=make.office_date())
    crontab = CrontabSchedule.objects.create(minute="0", hour="2")
    PeriodicTask.objects.create(name="夜间核账", task="1", crontab=crontab)
    TaskResult.objects.create(task_id="1", task_name="1", status="1")
    browser = make.browser(administrator)
    waiting = {word for room in map(apps.get_app_config, UNFINISHED) for word in english(" . ".join(names_in_admin(room)))}
    heard = {page: set(english(browser.get(page).content.decode())) - waiting for page in admin_pages()}
    assert {page: words for page, words in heard.items() if words} == {}
