"""Room over the next twelve months: it begins with what stands, and every later figure is the one before and what moved."""

import itertools
from datetime import date, timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantees import forecast, queries
from guarantees.forecast import Flow, Why, ahead, month_ends, runs_out, still_planned
from guarantees.models import PlanQuarter
from guarantees.outlook import outlook
from loans.models import Loan
from loans.states import State
from repayments import queries as repayments
from repayments.schedule import rows
from staff.models import Role
from tests import make
from tests.make import TODAY
from tests.repayments.half_year import made

ON = date(2012, 1, 4)


def position(capacity="500000", used="300000", reserved="50000"):
    return SimpleNamespace(bank=SimpleNamespace(pk=1), capacity=D(capacity), used=D(used), reserved=D(reserved))


def test_the_months_are_the_next_twelve_ends():
    assert [month_ends(ON)[at] for at in (0, 1, 11)] == [date(2012, 1, 31), date(2012, 2, 29), date(2012, 12, 31)]
    assert month_ends(date(2012, 1, 31))[0] == date(2012, 2, 29)
    assert month_ends(date(2011, 12, 31))[-1] == date(2012, 12, 31)


amounts = st.decimals(0, 99999, places=2)
flows = st.lists(st.builds(Flow, st.sampled_from([1, 2]), st.integers(0, 500).map(lambda n: ON + timedelta(n)), amounts, st.sampled_from(list(Why))))


@given(flows)
def test_the_first_line_is_what_stands_and_every_month_is_the_one_before_and_what_moved(flows):
    months = ahead(position(), flows, ON)
    assert (months[0].last, months[0].used, months[0].reserved, months[0].room) == (ON, 300000, 50000, 150000)
    for before, month in itertools.pairwise(months):
        assert month.used == before.used - month.due + month.paid_out + month.planned + month.proposed
        assert month.room == before.room + month.due - month.planned - month.proposed
    within = [flow for flow in flows if flow.bank == 1 and flow.day <= month_ends(ON)[-1]]
    for why in Why:
        assert sum(getattr(month, why) for month in months) == sum(flow.amount for flow in within if flow.why == why)


def test_paying_a_promise_out_moves_no_room():
    months = ahead(position(), [Flow(1, date(2012, 3, 4), D(50000), Why.PAID_OUT)], ON)
    assert {month.room for month in months} == {150000}
    assert (months[3].used, months[3].reserved) == (350000, 0)


def test_the_month_in_which_room_runs_out_is_named():
    flows = [Flow(1, date(2012, 2, 10), D(100000), Why.PLANNED), Flow(1, date(2012, 5, 3), D("50000.01"), Why.PLANNED)]
    assert runs_out(ahead(position(), flows, ON)) == date(2012, 5, 31)
    assert runs_out(ahead(position(), flows[:1], ON)) is None


CELLS = {(1, 1): D(300), (1, 2): D(100), (1, 3): D(0), (1, 4): D(50)}


def test_the_plan_lends_what_is_missing_over_the_months_left_of_each_quarter():
    found = still_planned(CELLS, {1: D(60)}, year=2012, on=date(2012, 2, 10))
    assert [(flow.day, flow.amount) for flow in found[:2]] == [(date(2012, 2, 29), 120), (date(2012, 3, 31), 120)]
    assert [flow.amount for flow in found[2:5]] == [D("33.33"), D("33.33"), D("33.34")]
    assert sum(flow.amount for flow in found) == 450 - 60


def test_what_earlier_quarters_left_undone_comes_first_and_what_is_ahead_is_taken_off():
    behind = still_planned(CELLS, {1: D(100)}, year=2012, on=date(2012, 6, 3))
    assert [(flow.day, flow.amount) for flow in behind if flow.day.month == 6] == [(date(2012, 6, 30), 300)]
    before = still_planned(CELLS, {1: D(420)}, year=2012, on=date(2012, 6, 3))
    assert [(flow.day.month, flow.amount) for flow in before] == [(10, 10), (11, 10), (12, 10)]
    assert still_planned(CELLS, {1: D(450)}, year=2012, on=date(2012, 6, 3)) == []


@given(st.dictionaries(st.tuples(st.just(1), st.integers(1, 4)), amounts), amounts, st.integers(0, 365))
def test_a_plan_never_lends_more_than_it_still_wants(cells, done, days):
    on = date(2012, 1, 1) + timedelta(days)
    found = still_planned(cells, {1: done}, year=2012, on=on)
    assert sum(flow.amount for flow in found) <= max(D(0), sum(cells.values()) - done)
    assert all(flow.day > on and flow.amount > 0 for flow in found)
    if on < date(2012, 10, 31):
        assert sum(flow.amount for flow in found) == max(D(0), sum(cells.values(), D(0)) - done)


# --- From the book ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def office(db):
    make.office_date()
    account = make.fund("100000")
    made.repaid(made.loan(lent=date(2010, 9, 1), principal="24000"), date(2011, 6, 21), "5000")  # late since then
    made.loan(lent=date(2011, 11, 1), principal="40000", name="许秀兰")
    make.case_at(State.PROMISED, on=TODAY, amount=D(30000))
    return account


def test_today_is_what_the_funds_page_shows(office):
    [one] = outlook(on=TODAY).banks
    here = queries.standing(office.bank, on=TODAY)
    assert (one.months[0].used, one.months[0].reserved, one.months[0].room) == (here.used, here.reserved, here.room)


def test_what_comes_back_is_what_the_schedules_say(office):
    [one] = outlook(on=TODAY).banks
    live = Loan.objects.filter(state=State.LIVE)
    shares = [share for loan in live for share in repayments.allocation(loan, TODAY)]
    late = sum(share.remaining for share in shares if share.due < TODAY)
    coming = sum(share.remaining for share in shares if TODAY <= share.due <= date(2012, 12, 31))
    promised = one.months[0].reserved
    back = sum(month.due for month in one.months) - _back_of_the_promise()
    assert late > 0
    assert back == coming
    assert one.months[-1].used == one.months[0].used + promised - sum(month.due for month in one.months)
    assert one.months[-1].used >= late


def _back_of_the_promise():
    """30,000 paid out 60 days from 2012-01-04, due on 2012-09-21 and 2012-12-21, then in five quarters more."""
    loan = Loan.objects.get(state=State.PROMISED)
    return sum(row.principal for row in forecast_rows(loan) if row.due <= date(2012, 12, 31))


def forecast_rows(loan):
    return rows(loan.form, loan.amount_granted, D(0), loan.promise.valid_until, loan.term_granted)


def test_the_plan_of_the_year_lends_what_is_neither_lent_nor_promised(office):
    plan = make.old_plan(2012, amount="100000")
    for quarter in range(1, 5):
        PlanQuarter.objects.create(plan=plan, bank=office.bank, quarter=quarter, loans=1, amount=25000, jobs=2)
    [one] = outlook(on=TODAY).banks
    assert sum(month.planned for month in one.months) == 100000 - 30000
    assert [one.months[at].planned for at in (1, 2, 3)] == [0, 0, 0]  # the promise is more than the first quarter wants
    assert outlook(on=TODAY, plans=[]).banks[0].months[-1].planned == 0


def test_the_page_and_the_shelf_show_the_same(office):
    finance = make.browser(make.staff(Role.FINANCE))
    shown = finance.get("/reports/ahead/").content.decode()
    assert f"{outlook(on=TODAY).banks[0].months[-1].room:,.2f}" in shown
    csv = b"".join(finance.get("/reports/forecast/as.csv")).decode()
    assert f"{outlook(on=TODAY).banks[0].months[-1].room:.2f}" in csv
    assert len(outlook(on=TODAY).banks[0].months) == forecast.MONTHS + 1
