import pytest

from staff import search
from staff.search import Found
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """What the one room that is registered here was asked for; it finds 潘志国 whatever one types."""
    texts = []
    monkeypatch.setattr(search, "_finders", [])
    search.register(lambda user, text: texts.append(text) or [Found("借款人", "潘志国", "茂林镇 · 农机修理部", "/people/")])
    return texts


def test_the_page_shows_what_the_rooms_find(asked):
    shown = make.browser(make.user()).post("/search/", {"q": " 潘志国 "}).content.decode()
    assert asked == ["潘志国"]
    assert "找到 1 项" in shown
    assert "茂林镇 · 农机修理部" in shown


def test_while_typing_only_the_list_comes_back(asked):
    shown = make.browser(make.user()).post("/search/", {"q": "潘志"}, headers={"HX-Request": "true"}).content.decode()
    assert shown.startswith('<ul class="found-list">')


def test_one_letter_asks_nothing(asked):
    make.browser(make.user()).post("/search/", {"q": "潘"}, headers={"HX-Request": "true"})
    assert asked == []


def test_words_are_not_taken_from_the_address_where_logs_would_keep_them(asked):
    make.browser(make.user()).get("/search/?q=220399197001014118")
    assert asked == []


def test_nothing_found_says_what_to_try(monkeypatch):
    monkeypatch.setattr(search, "_finders", [])
    shown = make.browser(make.user()).post("/search/", {"q": "无此人"}).content.decode()
    assert "没有找到" in shown
    assert "拼音首字母" in shown
