"""What every test starts from: templates strict, tables that can be emptied, and the people of the office."""

import shutil

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import sync_playwright

from config.celery import app
from staff.models import Role
from tests import clean_tables, make, strict_templates, template_database

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    strict_templates.install()
    clean_tables.install()


def pytest_collection_modifyitems(items):
    """`make check` runs the tests that need neither database nor browser nor running office."""
    for item in items:
        if not {"db", "transactional_db", "demo", "chromium"} & set(item.fixturenames) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.unit)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    template_database.without_a_pool(connections["default"])
    with django_db_blocker.unblock():
        template_database.use(connections["default"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        clean_tables.remember_first_rows()
    yield
    with django_db_blocker.unblock():
        clean_tables.send_everybody_away()


@pytest.fixture(scope="session")
def chromium():
    """The system's own browser. Its driver keeps a loop running in this thread, which Django would take for asynchronous code."""
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


# The banks and the people: the same everywhere.


@pytest.fixture
def rural(db):
    return make.bank()


@pytest.fixture
def postal(db):
    return make.bank("邮政储蓄银行", "邮储", iou_prefix="YJ", contract_prefix="YXD", order=2)


@pytest.fixture
def city(db):
    return make.bank("城市商业银行", "城商行", iou_prefix="CJ", contract_prefix="CXD", order=3)


@pytest.fixture
def officer(db):
    return make.user(Role.LOAN_OFFICER, "王建国", username="officer")


@pytest.fixture
def officer2(db):
    return make.user(Role.LOAN_OFFICER, "李秀英", username="officer2")


@pytest.fixture
def reviewer(db):
    return make.user(Role.REVIEWER, "赵淑华", username="reviewer")


@pytest.fixture
def director(db):
    return make.user(Role.DIRECTOR, "刘振东", username="director")


@pytest.fixture
def trainer(db):
    return make.user(Role.TRAINER, "陈晓梅", username="trainer")


@pytest.fixture
def finance(db):
    return make.user(Role.FINANCE, "孙立群", username="finance")


@pytest.fixture
def bank_officer(rural):
    return make.user(Role.BANK, "周海涛", username="bank_rural", bank=rural)


@pytest.fixture
def postal_officer(postal):
    return make.user(Role.BANK, "吴丽娜", username="bank_postal", bank=postal)


@pytest.fixture
def city_officer(city):
    return make.user(Role.BANK, "郑国栋", username="bank_city", bank=city)


@pytest.fixture
def auditor(db):
    return make.user(Role.AUDITOR, "冯志远", username="auditor")


@pytest.fixture
def administrator(db):
    return make.user(Role.ADMINISTRATOR, "何静", username="administrator", is_staff=True)
