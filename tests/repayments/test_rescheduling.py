"""A schedule that changes: what was due stays, what follows repays the rest, and every fen of interest has its days."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction
from itertools import pairwise

import pytest

from loans.forms_of_repayment import Form
from loans.money import fen
from repayments.rescheduling import ALL_AT_ONCE, MONTHLY, NotEarly, NothingLeft, PaymentCannotStay, Plan, accrued, extended, later, repaid, repriced
from repayments.schedule import add_months, maturity, rows

LENT = date(2012, 1, 11)
AGREED = [(date(2012, 6, 30), D(10000), None), (date(2013, 1, 31), D(15000), None), (date(2014, 1, 11), D(25000), None)]


def plan(form=Form.GRACE_QUARTERLY, *, amount="50000", rate="9.65", disbursed=LENT, term=24, grace=6, given=None):
    agreed = given or (AGREED if form == Form.CUSTOM else None)
    made = rows(form, D(amount), D(rate), disbursed, term, grace=grace, given=agreed)
    return Plan(form, D(amount), disbursed, maturity(disbursed, term), ((disbursed, D(rate)),), tuple(made), grace)


def printed(changed, after=date.min):
    return [f"{row.due} {row.principal} {row.interest} {row.balance_after}" for row in changed.rows if row.due > after]


# --- Hand-worked ---------------------------------------------------------------------------------------------------------------
def test_an_extension_spreads_what_is_left_over_the_longer_time():
    old = plan()
    new = extended(old, date(2013, 11, 20), later(old, 12))
    assert new.rows[:7] == old.rows[:7]
    assert [str(row.due) for row in old.rows[7:]] == ["2013-12-21", "2014-01-11"]
    assert printed(new, after=date(2013, 11, 20)) == [
        "2013-12-21 2380.95 348.47 11904.75",
        "2014-03-21 2380.95 287.20 9523.80",
        "2014-06-21 2380.95 234.87 7142.85",
        "2014-09-21 2380.95 176.15 4761.90",
        "2014-12-21 2380.95 116.16 2380.95",
        "2015-01-11 2380.95 13.40 0.00",
    ]


def test_paid_early_in_part_the_term_may_stay():
    old = plan(Form.EQUAL_PRINCIPAL_MONTHLY, amount="24000", rate="7.2")
    new = repaid(old, date(2012, 6, 26), D(9500))
    assert printed(new)[4:8] == [
        "2012-06-11 1000.00 120.00 19000.00",
        "2012-06-26 9500.00 57.00 9500.00",  # 15 days on 19,000
        "2012-07-11 500.00 28.50 9000.00",  # 15 days on 9,500
        "2012-08-11 500.00 54.00 8500.00",
    ]
    assert (len(new.rows), new.maturity) == (25, old.maturity)


def test_or_the_payment_may_stay_and_the_loan_ends_sooner():
    old = plan(Form.EQUAL_PRINCIPAL_MONTHLY, amount="24000", rate="7.2")
    new = repaid(old, date(2012, 6, 26), D(9500), keep_payment=True)
    assert [row.principal for row in new.rows[6:]] == [D(1000)] * 9 + [D(500)]
    assert new.maturity == date(2013, 4, 11)


def test_level_payments_stay_level():
    old = plan(Form.ANNUITY_MONTHLY)
    level = old.rows[0].principal + old.rows[0].interest
    shorter = repaid(old, date(2012, 6, 11), D(20000), keep_payment=True)
    assert {row.principal + row.interest for row in shorter.rows[5:-1]} == {level}
    assert 0 < shorter.rows[-1].principal + shorter.rows[-1].interest <= level
    smaller = repaid(old, date(2012, 6, 11), D(20000))
    assert len({row.principal + row.interest for row in smaller.rows[5:-1]}) == 1
    assert [row.due for row in smaller.rows] == [row.due for row in old.rows]


def test_interest_of_a_single_payment_comes_with_its_principal():
    old = plan(Form.SINGLE_AT_MATURITY, amount="10000", rate="7.2", term=12)
    new = repaid(old, date(2012, 4, 20), D(4000))  # 100 days
    assert printed(new) == ["2012-04-20 4000.00 80.00 6000.00", "2013-01-11 6000.00 439.20 0.00"]  # 366 days


def test_a_step_cuts_the_period_it_falls_into():
    old = plan(Form.BULLET_QUARTERLY, amount="36000", rate="10")
    new = repriced(old, date(2012, 4, 2), [(date(2012, 5, 21), D(8))])
    assert [row.interest for row in new.rows[1:4]] == [D("858.00"), D("736.00"), D("728.00")]  # 61 days × 10 + 31 days × 8; 92 and 91 × 8
    assert new.rows[0] == old.rows[0]


def test_a_step_entered_late_leaves_what_was_due():
    old = plan(Form.BULLET_QUARTERLY, amount="36000", rate="10")
    new = repriced(old, date(2012, 7, 2), [(date(2012, 5, 21), D(8))])
    assert new.rows[:2] == old.rows[:2]
    assert new.rows[2].interest == D("736.00")


def test_agreed_rows_keep_their_days():
    old = plan(Form.CUSTOM)
    smaller = repaid(old, date(2012, 12, 10), D(20000))
    assert [(row.due, row.principal) for row in smaller.rows] == [
        (date(2012, 6, 30), D(10000)),
        (date(2012, 12, 10), D(20000)),
        (date(2013, 1, 31), D(7500)),
        (date(2014, 1, 11), D(12500)),
    ]
    fewer = repaid(old, date(2012, 12, 10), D(30000), keep_payment=True)
    assert [(row.due, row.principal) for row in fewer.rows[2:]] == [(date(2013, 1, 31), D(10000))]
    longer = extended(old, date(2013, 12, 1), date(2014, 7, 11))
    assert [row.due for row in longer.rows] == [date(2012, 6, 30), date(2013, 1, 31), date(2014, 7, 11)]


def test_everything_paid_early_ends_the_schedule():
    new = repaid(plan(), date(2012, 10, 1), D("42857.14"))
    assert printed(new, after=date(2012, 9, 21)) == ["2012-10-01 42857.14 114.88 0.00"]


def test_paid_on_a_due_day_stands_in_its_row():
    old = plan()
    new = repaid(old, date(2012, 9, 21), D(1000))
    assert (new.rows[2].principal, new.rows[2].interest) == (D("8142.86"), old.rows[2].interest)


@pytest.mark.parametrize("form", ALL_AT_ONCE)
def test_one_payment_cannot_be_kept(form):
    with pytest.raises(PaymentCannotStay):
        repaid(plan(form), date(2012, 10, 1), D(100), keep_payment=True)


def test_what_cannot_change():
    with pytest.raises(NothingLeft):
        extended(plan(), date(2014, 1, 11), date(2014, 7, 11))
    with pytest.raises(NotEarly):
        repaid(plan(), date(2013, 11, 20), D(50000))
    with pytest.raises(NotEarly):
        repaid(plan(), date(2013, 11, 20), D(0))


def test_months_are_counted_from_the_disbursement():
    short = plan(disbursed=date(2012, 8, 31), term=6)
    assert (short.maturity, later(short, 1)) == (date(2013, 2, 28), date(2013, 3, 31))
    assert later(replace(short, maturity=date(2013, 3, 21)), 2) == date(2013, 5, 21)


# --- Against an oracle that knows only days --------------------------------------------------------------------------------------
def naive_interest(new, row, since):
    """Day by day at the rate of each; a whole month of a monthly form bears a twelfth of its year."""
    balance = row.balance_after + row.principal
    if new.form == Form.SINGLE_AT_MATURITY:
        balance, since = row.principal, new.disbursed
    days = [since + timedelta(n) for n in range((row.due - since).days)]
    rates = [next(rate for step, rate in reversed(new.rates) if step <= day) for day in days]
    months = [add_months(new.disbursed, n) for n in range(150)] if new.form in MONTHLY else []
    if since in months and months[months.index(since) + 1] == row.due and len(set(rates)) == 1:
        return fen(balance * rates[0] / 1200)
    exact = sum(Fraction(balance) * Fraction(rate) / 36000 for rate in rates)
    return D(int(exact * 100 + Fraction(1, 2))) / 100


def changed_at_random(now, dice, day):
    """One more change to a plan on this day, and the day from which it counts."""
    kind = dice.choice(("extended", "repriced", "repaid", "kept"))
    if kind == "extended":
        return extended(now, day, later(now, dice.randint(1, 12)))
    if kind == "repriced":
        return repriced(now, day, [*now.rates[1:], (day + timedelta(dice.randint(-60, 200)), D(dice.randint(0, 1500)) / 100)])
    early = max(D("0.01"), fen(now.left_on(day) * dice.randint(1, 100) / 100))
    return repaid(now, day, early, keep_payment=kind == "kept")


@pytest.mark.parametrize("form", Form)
def test_whatever_changes_the_rest_is_repaid_and_every_day_bears_its_rate(form):
    dice, changes = random.Random(f"{form}"), 0
    for _ in range(15):
        disbursed = date(2010, 1, 1) + timedelta(dice.randint(0, 1000))
        amount, term = D(dice.randint(10000, 20_000_000)) / 100, dice.randint(2, 36)
        given = None
        if form == Form.CUSTOM:
            part = fen(amount * dice.randint(0, 80) / 100)
            given = [(add_months(disbursed, 1), part, None), (add_months(disbursed, term), amount - part, None)]
        now = plan(form, amount=amount, rate=D(dice.randint(0, 2000)) / 100, disbursed=disbursed, term=term, given=given)
        day = disbursed
        while day < now.maturity and now.left_on(day) > 0:
            old = now
            try:
                now = changed_at_random(now, dice, day)
            except PaymentCannotStay:
                assert form in ALL_AT_ONCE
            changes += old is not now
            stays_as_it_was(old, now, day)
            repays_the_loan(now)
            bears_interest_by_the_day(old, now, day)
            day += timedelta(dice.randint(1, 150))
    assert changes > 30


def stays_as_it_was(old, new, day):
    before = [row for row in old.rows if row.due < day]
    assert list(new.rows[: len(before)]) == before


def repays_the_loan(new):
    assert sum(row.principal for row in new.rows) == new.principal
    assert new.rows[-1].balance_after == 0
    assert [row.seq for row in new.rows] == list(range(1, len(new.rows) + 1))
    assert all(earlier.due < row.due and earlier.balance_after - row.principal == row.balance_after for earlier, row in pairwise(new.rows))
    assert all(min(row.principal, row.interest, row.balance_after) >= 0 for row in new.rows)
    assert new.rows[-1].due <= new.maturity


def bears_interest_by_the_day(old, new, day):
    """Rows that follow a change; the row of an early payment on a due day bears what that row bore."""
    same = set(old.rows) | {row for row in new.rows if any(row.due == was.due == day for was in old.rows)}
    for since, row in zip([new.disbursed, *(row.due for row in new.rows)], new.rows, strict=False):
        if row not in same:
            assert row.interest == naive_interest(new, row, since), f"{new.form} {row}"


def test_what_accrues_by_the_day_is_what_the_row_of_the_day_bears():
    old = plan()
    for day in (LENT + timedelta(n) for n in range(1, 700, 13)):
        assert accrued(old, day, old.left_on(day - timedelta(1))) == repaid(old, day, old.left_on(day)).rows[-1].interest or day in {r.due for r in old.rows}
