"""The demo itself, running: browser tests and the commands that scripts rely on use it. All of them share one office, so one worker runs them."""

import shutil
from pathlib import Path

import pytest

from tests.demo.office import Office, new_folder

TAKES_THE_OFFICE_ON = "test_one_case.py"  # moves the office's date, so it comes after all who want the first morning
OUTPUT = Path(__file__).resolve().parent.parent / "output"


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.name == TAKES_THE_OFFICE_ON)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="session")
def demo():
    """The whole office, open; its `url`, and `manage(*args)` on its data."""
    folder = new_folder()
    office = Office(folder).open()
    yield office
    office.close()
    shutil.rmtree(folder)


@pytest.fixture
def folder():
    """An empty data folder."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def office(folder):
    """office(data_dir=…, port=…): another office, not yet open. All are closed in the end."""
    made = []

    def make(data_dir=None, port=None):
        made.append(Office(data_dir or folder, port))
        return made[-1]

    yield make
    for one in made:
        one.close()


class Visit:
    """One person's browser window; it remembers whatever went wrong in it."""

    def __init__(self, chromium, demo, width, height):
        self.demo = demo
        self.context = chromium.new_context(base_url=demo.url, viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.troubles = []
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.troubles.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda wrong: self.troubles.append(f"script: {wrong}"))
        self.page.on("requestfailed", lambda request: self._failed(request))
        self.page.on("response", lambda answer: answer.status >= 400 and self.troubles.append(f"{answer.status} {answer.url}"))

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left while it loads
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def sign_in(self, name):
        """Be one of the demo's people, with one click; the name as the sign-in page shows it."""
        self.page.goto("/accounts/login/")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url(f"{self.demo.url}/")
        return self

    def picture(self, name):
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)


@pytest.fixture
def visit(chromium, demo):
    """visit(width=…, height=…): another window. A test fails on any console error, script error or failed request in one of them."""
    open_ones = []

    def visiting(width=1366, height=768):
        open_ones.append(Visit(chromium, demo, width, height))
        return open_ones[-1]

    yield visiting
    troubles = [trouble for one in open_ones for trouble in one.troubles]
    for one in open_ones:
        one.context.close()
    assert troubles == []
