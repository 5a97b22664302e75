"""Every page speaks one language at a time: what the program says has one Chinese."""

import pytest

from tools import messages

UNFINISHED = {"loans", "repayments", "guarantees", "reports"}  # rooms whose catalogue is still being written
SPOKEN = [room for room in messages.ROOMS if room not in UNFINISHED]


def test_all_that_the_finished_rooms_say_is_said_in_chinese_and_in_one_way():
    assert messages.problems(SPOKEN) == []


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small house of one room, to see what the check finds."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "ROOMS", ("staff", "loans"))

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def catalogue(*pairs):
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    return head + "".join(f'\nmsgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in pairs)


PO = "locale/zh_Hans/LC_MESSAGES/django.po"


def test_a_sentence_without_chinese_is_listed_with_its_place(house):
    house("loans/views.py", 'x = _("Approve")\ny = ngettext("%(n)s day", "%(n)s days", n)\nz = other("Not said")\n')
    house(
        "templates/loans/case.html",
        '{% load i18n %}{% translate "Refuse" %}{% include "x" with t=_("Return") %}'
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}",
    )
    assert messages.problems() == [
        "no Chinese: 'Approve'  (loans/views.py:1)",
        "no Chinese: '%(n)s day'  (loans/views.py:2)",
        "no Chinese: 'Refuse'  (templates/loans/case.html)",
        "no Chinese: 'Return'  (templates/loans/case.html)",
        "no Chinese: '%(n)s case'  (templates/loans/case.html)",
    ]


def test_one_sentence_has_one_chinese_in_the_whole_house(house):
    house(f"staff/{PO}", catalogue(("Approve", "审定")))
    house(f"loans/{PO}", catalogue(("Approve", "批准")))
    assert messages.problems() == ["two ways: 'Approve': '批准' (loans), '审定' (staff)"]


def test_a_placeholder_that_the_sentence_lacks_is_listed(house):
    house(f"loans/{PO}", catalogue(("%(n)s days", "%(m)s 天")))
    assert messages.problems() == ["placeholders: '%(n)s days' -> '%(m)s 天'"]


def test_chinese_in_a_page_is_listed_but_papers_and_comments_may_have_it(house):
    house("templates/loans/case.html", "<h1>案件</h1>{# 说明 #}")
    house("templates/papers/letter.html", "<h1>担保承诺书</h1>")
    assert messages.problems() == ["Chinese in a template: templates/loans/case.html: 案件"]


def test_an_empty_translation_counts_as_none(house):
    house("loans/views.py", '_("Approve")')
    house(f"loans/{PO}", catalogue(("Approve", "")))
    assert messages.problems() == ["no Chinese: 'Approve'  (loans/views.py:1)"]
