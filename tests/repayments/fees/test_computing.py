"""Reward money, guarantee fee and handling fee of single loans, reckoned by hand."""

from datetime import date, timedelta
from decimal import Decimal as D

from loans.fees import Book, Kind, Rate
from loans.money import fen
from repayments.fees.computing import Backed, Days, average, guarantee_fee, handling_fee, reward

YEAR = Days(date(2011, 1, 1), date(2011, 12, 31))


def rate(kind, percent, since=date(2002, 12, 24), *, lifted=None, document="394"):
    return Rate(since, 1, kind, percent and D(percent), "local=1.00", lifted, document, 1, "confirmed", "")


def loan(*balances, lent_on=date(2010, 3, 1), lent="36500", enterprise=False):
    """A loan with its balance from each of these days on."""
    kept = [(day, D(balance)) for day, balance in balances] or [(date(2010, 3, 1), D(lent))]
    return Backed(1, "L1", "NJ1", "潘志国", 1, enterprise, lent_on, D(lent), kept)


def fee(one, *rates, days=YEAR):
    lines = guarantee_fee([one], Book(rates or [rate(Kind.GUARANTEE_FEE, "1")]), days)
    return lines[0] if lines else None


def test_a_loan_that_stands_all_year_costs_exactly_one_per_cent_in_a_leap_year_too():
    assert fee(loan()).amount == D("365.00")
    assert fee(loan(), days=Days(date(2012, 1, 1), date(2012, 12, 31))).amount == D("365.00")


def test_a_day_of_repayment_is_not_counted_with_what_was_repaid():
    line = fee(loan((date(2010, 3, 1), "36500"), (date(2011, 7, 1), "20000")))
    assert [(piece.first, piece.last, piece.days, piece.base) for piece in line.pieces] == [
        (date(2011, 1, 1), date(2011, 6, 30), 181, D(36500)),
        (date(2011, 7, 1), date(2011, 12, 31), 184, D(20000)),
    ]
    assert line.amount == D("281.82")  # 181.00 + 100.8219
    assert [part for _piece, part in line.parts] == [D("181.00"), D("100.82")]


def test_the_day_of_disbursement_counts_and_nothing_before_it_or_after_the_balance_is_gone():
    line = fee(loan((date(2011, 12, 1), "36500"), (date(2011, 12, 11), "0")))
    assert [(piece.first, piece.days) for piece in line.pieces] == [(date(2011, 12, 1), 10)]
    assert line.amount == D("10.00")
    assert fee(loan((date(2010, 3, 1), "36500"), (date(2011, 1, 1), "0"))) is None


def test_a_rule_that_changes_in_the_year_cuts_the_days_and_a_lifted_one_ends_them():
    changed = fee(loan(), rate(Kind.GUARANTEE_FEE, "1"), rate(Kind.GUARANTEE_FEE, "0.8", date(2011, 7, 1), document="local"))
    assert [(piece.first, piece.rate.document) for piece in changed.pieces] == [(date(2011, 1, 1), "394"), (date(2011, 7, 1), "local")]
    assert changed.amount == D("328.20")  # 181 × 1.00 + 184 × 0.80
    lifted = fee(loan(), rate(Kind.GUARANTEE_FEE, "1", lifted=date(2011, 7, 1)))
    assert (lifted.amount, lifted.pieces[1].rate) == (D("181.00"), None)


def test_the_pieces_of_a_line_are_what_the_days_of_it_come_to_one_by_one():
    odd = loan((date(2010, 3, 1), "33333.33"), (date(2011, 2, 11), "22222.22"), (date(2011, 10, 29), "11111.11"))
    each = [YEAR.first + timedelta(n) for n in range(365)]
    by_day = sum(next(balance for since, balance in reversed(odd.balances) if since <= day) / 36500 for day in each)
    line = fee(odd)
    assert line.amount == fen(by_day) == sum(part for _piece, part in line.parts)
    assert average([line], YEAR) == fen(by_day * 100)


def test_reward_money_is_a_share_of_loans_lent_while_the_rule_held():
    book = Book([rate(Kind.REWARD, "1", date(2011, 7, 27))])
    before, first = (reward([loan(lent_on=date(2011, 7, day), lent="50000")], book, YEAR)[0] for day in (26, 27))
    assert (before.amount, before.pieces[0].rate) == (0, None)
    assert first.amount == D("500.00")
    assert [reward([loan(lent_on=day)], book, YEAR) for day in (date(2010, 12, 31), date(2012, 1, 1), None)] == [[], [], []]


def test_a_handling_fee_is_for_enterprises_only_and_falls_in_its_calendar_quarter():
    book = Book([rate(Kind.HANDLING_FEE, "0.5")])
    lines = handling_fee([loan(lent_on=date(2011, 3, 31), lent="1000000", enterprise=True), loan(lent_on=date(2011, 4, 1))], book, YEAR)
    assert [(line.amount, line.quarter) for line in lines] == [(D("5000.00"), 1)]
    assert handling_fee([loan(lent_on=date(2011, 4, 1), enterprise=True)], book, YEAR)[0].quarter == 2
