"""The demo is alive on its first morning: nobody opens an empty desk, and the imported book is still exact."""

import json

import pytest

PEOPLE = ("王建国", "李秀英", "赵淑华", "刘振东", "陈晓梅", "孙立群", "周海涛", "吴丽娜", "郑国栋", "冯志远", "何静")


@pytest.mark.parametrize("name", PEOPLE)
def test_work_waits_on_every_desk(visit, name):
    page = visit().sign_in(name).page
    rows = page.locator("table.desk tbody tr")
    assert rows.count() > 0, f"{name}'s desk is empty"
    badge = page.locator(".office-nav .badge-n").first
    assert int(badge.inner_text()) == rows.count()


def test_the_living_cases_leave_the_last_day_of_2011_as_it_was(demo):
    figures = json.loads(demo.manage("office_figures", "--as-of", "2011-12-31", "--json").stdout)
    assert figures["outstanding_yuan"] == "30113512.46"
    assert {bank["reserved_yuan"] for bank in figures["by_bank"].values()} == {"0.00"}


def test_one_promise_nearly_fills_the_room_of_a_bank(demo):
    by_bank = json.loads(demo.manage("office_figures", "--as-of", "2012-01-04", "--json").stdout)["by_bank"]
    room, reserved = (float(by_bank["城市商业银行"][key]) for key in ("room_yuan", "reserved_yuan"))
    assert 0 < room < 0.1 * (room + reserved + float(by_bank["城市商业银行"]["outstanding_yuan"]))
    assert reserved > 2_000_000


def test_the_worker_built_the_first_papers(demo):
    runs = "from staff.models import Run; print(sorted(Run.objects.filter(kind__endswith='.build').values_list('kind', 'state')))"
    built = "[('half_year.build', 'done'), ('joint_meeting.build', 'done')]"
    assert demo.manage("shell", "-v0", "-c", runs).stdout.strip() == built
