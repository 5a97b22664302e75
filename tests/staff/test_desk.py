from datetime import date
from decimal import Decimal

import pytest

from staff import desk
from staff.desk import Waiting
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2012, 1, 4)


def waiting(who="许秀兰", **fields):
    row = {"act": "初审", "who": who, "circumstances": "零就业家庭成员", "case": "A2012-0003", "project": "粘豆包加工", "amount": Decimal("50000"),
           "since": date(2011, 12, 29), "due": date(2012, 1, 3), "left": -1, "url": "/people/", "button": "审查材料"}  # fmt: skip
    return Waiting(**row | fields)


@pytest.fixture
def sources(monkeypatch):
    """The rooms' rows, empty for this test."""
    mine = []
    monkeypatch.setattr(desk, "_sources", mine)
    return mine


def page(person):
    return make.browser(person).get("/").content.decode()


def test_what_is_due_first_stands_on_top_and_what_has_no_limit_last(sources):
    desk.register(lambda user, today: [waiting("三", due=None, left=None), waiting("二", due=date(2012, 1, 9))])
    desk.register(lambda user, today: [waiting("一", due=date(2012, 1, 3)), waiting("四", due=None, since=date(2012, 1, 2))])
    assert [row.who for row in desk.waiting(None, TODAY)] == ["一", "二", "三", "四"]


def test_the_badge_counts_all_rooms_and_takes_the_cheap_count_where_there_is_one(sources):
    desk.register(lambda user, today: [waiting(), waiting()])
    desk.register(lambda user, today: pytest.fail("the rows were built"), count=lambda user, today: 5)
    assert desk.how_many(None, TODAY) == 7


def test_a_row_shows_who_which_case_how_much_and_how_late_in_chinese(sources):
    make.office_date(TODAY)
    desk.register(lambda user, today: [waiting(about="女 43 岁")])
    shown = page(make.user())
    for words in ("1 件等我办理", "1 件已超时限", "许秀兰", "女 43 岁", "A2012-0003", "50,000.00", "2011-12-29", "超 1 个工作日", "审查材料"):
        assert words in shown


def test_a_row_shows_the_same_in_english(sources):
    desk.register(lambda user, today: [waiting(left=2), waiting(left=0), waiting(left=-2)])
    shown = page(make.user(language="en"))
    for words in ("3 things wait for me", "1 of them late", "2 working days left", "due today", "2 working days late", "2011-12-29"):
        assert words in shown


def test_rows_are_asked_for_this_user_and_this_office_day(sources):
    make.office_date(TODAY)
    asked = []
    desk.register(lambda user, today: asked.append((user, today)) or [])
    person = make.user(Role.DIRECTOR)
    page(person)
    assert set(asked) == {(person, TODAY)}


def test_an_empty_desk_says_what_to_do_next(sources):
    assert "都办完了" in page(make.user())
