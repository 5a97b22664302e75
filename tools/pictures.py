"""The pictures in docs/pictures, taken of a running demo: `.venv/bin/python tools/pictures.py [http://127.0.0.1:8000] [name…]`.

With `report` among the names (or no name at all) the joint-meeting report is written too, and its first page becomes a picture.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1366, "height": 768}
LARGEST = 300_000  # bytes of one picture
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def by_first_row(page):
    """The page of the first case that waits on this desk."""
    page.locator("table.desk .c-case", has_text="A2").first.locator("xpath=..").locator(".c-open a").click()
    page.get_by_role("link", name="返回案件").click()


def build_the_ledger(page):
    """The newest half-year, built by a worker if nobody has asked for it yet."""
    if page.url.endswith("/periods/"):
        page.get_by_role("button", name="编制台账").first.click()
        page.get_by_role("link", name="查看结果").click()


def early_repayment(page):
    """A part repaid early, as it is shown before it is booked."""
    page.locator("[name=cause][value=keep_term]").check()
    page.locator("[name=principal]").fill("1000")
    page.locator("[name=reference]").fill("1")
    page.get_by_role("button", name="查看变更对照").click()


PAGES = {  # name: who looks, at which page, and what is pressed there
    "signin": (None, "/accounts/login/", None),
    "desk": ("王建国", "/", None),
    "dashboard": ("刘振东", "/reports/overview/", None),
    "case": ("刘振东", "/", by_first_row),
    "bank": ("周海涛", "/bank/", None),
    "ledger": ("刘振东", "/half-year/", build_the_ledger),
    "rules": ("刘振东", "/rules/changes/?first=2008-01-01&last=2009-12-31", None),
    "fund": ("孙立群", "/fund/", None),
    "trace": ("冯志远", "/subsidy/cases/NJ200900131/?day=2011-06-30", None),
    "early": ("周海涛", "/cases/NJ201000118/repay-early/", early_repayment),
}


def take(browser, url, name):
    """One page, as that person sees it."""
    who, path, press = PAGES[name]
    page = browser.new_page(base_url=url, viewport=SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
    page.goto("/accounts/login/")
    if who:
        page.get_by_role("button", name=who).first.click()
        page.wait_for_url(f"{url}/")
    answer = page.goto(path)
    if not answer.ok:
        raise SystemExit(f"{name}: {url}{path} answered {answer.status}")
    if press:
        press(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    page.context.close()


def take_report(period="2011-H2"):
    """The first page of the joint-meeting report, as it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "report.pdf"
        subprocess.run([sys.executable, "manage.py", "joint_meeting_report", period, "--pdf", paper], cwd=ROOT, check=True)
        with pypdfium2.PdfDocument(paper) as document:
            document[0].render(scale=1.4).to_pil().save(PICTURES / "report.png")


def make_small(picture):
    """Fewer colours where a picture weighs too much."""
    with Image.open(picture) as image:
        smaller = image.convert("RGB").quantize(256)
    if picture.stat().st_size > LARGEST:
        smaller.save(picture, optimize=True)


def main(url="http://127.0.0.1:8000", *names):
    PICTURES.mkdir(parents=True, exist_ok=True)
    names = names or (*PAGES, "report")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, CHROMIUM))), args=["--no-sandbox"])
        for name in names:
            print(name, flush=True)
            take_report() if name == "report" else take(browser, url.rstrip("/"), name)
            make_small(PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
