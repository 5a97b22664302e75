"""Cells as people type them: what is understood, and what is refused with which words."""

from datetime import date, datetime
from decimal import Decimal as D

import pytest

from reports.importing import cells
from reports.importing.cells import WAN, BadCell


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (20000.0, cells.YUAN, "20000.00"),
        (0.1 + 0.2, cells.YUAN, "0.30"),
        (2.0, WAN, "20000.00"),
        (1.23456, WAN, "12345.60"),
        ("３", WAN, "30000.00"),
        ("50,000元", WAN, "50000.00"),
        ("50，000 元", WAN, "50000.00"),
        ("3万元", cells.YUAN, "30000.00"),
        ("3万", WAN, "30000.00"),
        (" ¥1,234.50 ", cells.YUAN, "1234.50"),
        ("-5", WAN, "-50000.00"),
    ],
)
def test_amounts(cell, unit, yuan):
    assert str(cells.amount(cell, unit)) == yuan


@pytest.mark.parametrize("cell", ["见合同", "#REF!", "1.2.3", "五万", 0.005, 1.23456789, "1e3", "99999999999"])
def test_what_is_no_amount(cell):
    with pytest.raises(BadCell):
        cells.amount(cell)


@pytest.mark.parametrize(
    "cell",
    [date(2009, 7, 10), datetime(2009, 7, 10, 12), 40004.0, "40004", "2009年7月10日", "2009.7.10", "2009-07-10", "2009/7/10", "20090710", "２００９．７．１０"],  # noqa: DTZ001
)
def test_days(cell):
    assert cells.day(cell) == date(2009, 7, 10)


@pytest.mark.parametrize("cell", ["2010-02-31", "2009年13月1日", "昨天", 3.0, "7月10日", 40004.5, "09.7.10"])
def test_what_is_no_day(cell):
    with pytest.raises(BadCell):
        cells.day(cell)


@pytest.mark.parametrize(("cell", "percent"), [(8.4, "8.4"), ("8.4%", "8.4"), ("５．４９", "5.49"), (24.0, "24")])
def test_rates(cell, percent):
    assert cells.rate(cell) == D(percent)


@pytest.mark.parametrize("cell", [840.0, 0.0, -1.0, 24.1, "八厘", "nan"])
def test_what_is_no_rate(cell):
    with pytest.raises(BadCell):
        cells.rate(cell)


@pytest.mark.parametrize(("cell", "found"), [(24.0, 24), ("24", 24), ("２４", 24)])
def test_whole_numbers(cell, found):
    assert cells.whole(1, 120)(cell) == found


@pytest.mark.parametrize("cell", [0.0, 121.0, 24.5, "两年", "inf"])
def test_what_is_no_whole_number(cell):
    with pytest.raises(BadCell):
        cells.whole(1, 120)(cell)


def test_spaces_inside_a_chinese_name_go_and_those_of_other_names_stay_single():
    assert cells.name(" 王\u3000志军 ") == "王志军"
    assert cells.name("John   Smith") == "John Smith"


def test_a_number_that_excel_kept_as_a_figure_has_lost_its_last_places():
    with pytest.raises(BadCell, match="末几位已丢失"):
        cells.person(220399195407301233.0)


def test_telephone_numbers_may_come_as_figures():
    assert cells.phone(13904340001.0) == "13904340001"
    assert cells.phone("0434-7223344") == "0434-7223344"
    with pytest.raises(BadCell):
        cells.phone("无")


def test_an_error_of_excel_is_named():
    with pytest.raises(BadCell, match="#REF!"):
        cells.text("#REF!")
