"""`subsidy_claim`: the due subsidy of a bank's quarter as CSV, to be summed by whoever checks it."""

import csv
import io
from collections import defaultdict
from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import CommandError, call_command

from repayments.claims.due import Due, due_of
from repayments.subsidy import Piece, Quarter
from tests import make
from tests.repayments.half_year import made as book

pytestmark = pytest.mark.django_db


def written(tmp_path, bank="农信社", quarter="2011-Q3"):
    path = tmp_path / "claim.csv"
    call_command("subsidy_claim", quarter, "--bank", bank, "--csv", str(path), stdout=io.StringIO())
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_one_line_a_loan_and_the_total_last(tmp_path):
    first, second = book.loan(iou_number="NJ1"), book.loan(iou_number="NJ2", lent=date(2010, 11, 1))
    assert written(tmp_path) == [
        ["iou", "days", "base", "rate", "subsidy_yuan"],
        [first.iou_number, "92", "15000.00", "9.00", "345.00"],
        [second.iou_number, "92", "18000.00", "9.00", "414.00"],
        ["total", "", "", "", "759.00"],
    ]
    assert written(tmp_path, bank="农村信用合作联社") == written(tmp_path)


def test_a_loan_whose_base_changes_has_a_line_for_each_stretch_and_they_sum_to_it(tmp_path):
    loan = book.loan(iou_number="NJ1")
    for day, amount in ((1, "6100.07"), (2, "100.03"), (3, "100.01"), (11, "33.33")):
        book.repaid(loan, date(2011, 8, day), amount)
    _head, *lines, total = written(tmp_path)
    assert sum(int(days) for _iou, days, *_ in lines) == 92
    assert sum(D(amount) for *_, amount in lines) == D(total[-1]) == due_of(loan.bank, Quarter(2011, 3))[0].amount
    for _iou, days, base, rate, amount in lines:
        assert abs(int(days) * D(base) * D(rate) / 36000 - D(amount)) < D("0.01")


def test_an_empty_quarter_is_a_total_of_nothing(tmp_path):
    make.bank()
    assert written(tmp_path)[-1] == ["total", "", "", "", "0.00"]


@pytest.mark.parametrize(("bank", "quarter", "words"), [("建行", "2011-Q3", "农信社"), ("农信社", "2011-Q5", "2011-Q5")])
def test_what_is_no_bank_or_no_quarter_is_said(tmp_path, bank, quarter, words):
    make.bank()
    with pytest.raises(CommandError, match=words):
        written(tmp_path, bank, quarter)


def test_odd_fen_go_where_most_was_cut_off():
    day = date(2011, 6, 21)
    amounts = [D("1.004"), D("1.006"), D("1.005")]  # 3.015, rounded once: 3.02
    due = Due(None, Quarter(2011, 3), [Piece(day, day, 1, D(1), D(1), amount) for amount in amounts])
    assert [part for _piece, part in due.allotted] == [D("1.00"), D("1.01"), D("1.01")]


def test_many_loans_cost_no_more_queries_than_one(django_assert_num_queries):
    bank = make.bank()
    for _n in range(3):
        book.repaid(book.loan(), date(2011, 8, 1), "10000")
    with django_assert_num_queries(4):  # the loans, the rules, two tables of rates
        assert len(due_of(bank, Quarter(2011, 3))) == 3


def test_loans_of_all_banks_sum_to_the_banks(postal):
    loans = [book.loan(), book.loan(bank=postal)]
    by_bank = defaultdict(D)
    for loan in loans:
        for due in due_of(loan.bank, Quarter(2011, 3)):
            by_bank[due.lent.bank_id] += due.amount
    assert by_bank == {loan.bank_id: D("345.00") for loan in loans}
