"""Rounding, equal parts, amounts and days in words."""

import json
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.money import NotAnAmount, TooManyParts, fen, split, ticket_date, words

GOLDEN = Path(__file__).parent.parent / "golden"
WORDS = json.loads((GOLDEN / "rmb_words.json").read_text(encoding="utf-8"))
AMOUNTS = st.decimals(min_value=D("0"), max_value=D("999999999999.99"), places=2)


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.0049999", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00")])
def test_half_a_fen_goes_up(amount, rounded):
    assert str(fen(D(amount))) == rounded


def test_the_last_part_carries_the_odd_fen():
    assert split(D("50000"), 7) == [D("7142.86")] * 6 + [D("7142.84")]
    assert split(D("100"), 1) == [D("100")]


@pytest.mark.parametrize(("amount", "parts"), [("0.10", 18), ("100", 0)])
def test_an_amount_is_not_cut_into_parts_that_are_less_than_nothing(amount, parts):
    with pytest.raises(TooManyParts):
        split(D(amount), parts)


@given(st.decimals(min_value=D("100"), max_value=D("99999999.99"), places=2), st.integers(1, 120))
def test_parts_always_sum_to_the_whole(amount, parts):
    cut = split(amount, parts)
    assert sum(cut) == amount
    assert len(cut) == parts
    assert min(cut) >= 0
    assert len(set(cut[:-1])) <= 1


@pytest.mark.parametrize(("amount", "said"), WORDS.items())
def test_amounts_in_words_as_in_the_golden_table(amount, said):
    assert words(D(amount)) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("2000000", "人民币贰佰万元整"),
        ("100005", "人民币壹拾万零伍元整"),
        ("100005000", "人民币壹亿零伍仟元整"),
        ("120005000", "人民币壹亿贰仟万伍仟元整"),
        ("10000500", "人民币壹仟万零伍佰元整"),
        ("999999999999.99", "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("0.10", "人民币壹角"),
        ("0", "人民币零元整"),
    ],
)
def test_more_amounts_in_words(amount, said):
    assert words(D(amount)) == said


@given(AMOUNTS)
def test_words_can_be_read_back(amount):
    assert read_back(words(amount)) == amount


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000"])
def test_what_a_ticket_cannot_say_is_refused(amount):
    with pytest.raises(NotAnAmount):
        words(D(amount))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2012, 1, 15), "贰零壹贰年零壹月壹拾伍日"),
        (date(2009, 10, 20), "贰零零玖年零壹拾月零贰拾日"),
        (date(2008, 2, 29), "贰零零捌年零贰月贰拾玖日"),
        (date(2005, 3, 1), "贰零零伍年叁月零壹日"),
        (date(2011, 12, 31), "贰零壹壹年壹拾贰月叁拾壹日"),
        (date(2011, 11, 10), "贰零壹壹年壹拾壹月零壹拾日"),
        (date(2011, 9, 30), "贰零壹壹年玖月零叁拾日"),
    ],
)
def test_days_on_tickets(day, said):
    assert ticket_date(day) == said


def read_back(text):
    """A plain reader of such words, as a clerk would: figures times places, groups times 万 and 亿."""
    total, group, figure = D(0), D(0), D(0)
    places = {"仟": D(1000), "佰": D(100), "拾": D(10)}
    for sign in text.removeprefix("人民币").removesuffix("整"):
        if sign in places:
            group, figure = group + figure * places[sign], D(0)
        elif sign in "亿万元":
            total, group, figure = total + (group + figure) * {"亿": 10**8, "万": 10**4, "元": 1}[sign], D(0), D(0)
        elif sign in "角分":
            total, figure = total + figure * {"角": D("0.1"), "分": D("0.01")}[sign], D(0)
        else:
            figure = D("零壹贰叁肆伍陆柒捌玖".index(sign))
    return total
