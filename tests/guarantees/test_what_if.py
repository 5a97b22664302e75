"""What if these were promised: each line takes room while there is some, and nothing is kept."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantees import actions, queries
from guarantees.models import Promise
from guarantees.whatif import Proposal, place
from loans.states import State
from staff.models import Role
from tests import make
from tests.make import TODAY


def rooms(*amounts):
    return {1: [D(amount) for amount in amounts]}


def lines(*wanted):
    return [Proposal("", 1, D(amount), month) for amount, month in wanted]


def test_each_line_leaves_less_for_the_next_and_one_that_does_not_fit_takes_none():
    placed = place(lines((60, 0), (50, 0), (40, 0)), rooms(100, 100))
    assert [(one.before, one.after, one.fits) for one in placed] == [(100, 40, True), (40, 40, False), (40, 0, True)]
    assert placed[1].missing == 10


def test_a_later_line_waits_for_the_room_of_its_month():
    placed = place(lines((80, 1), (80, 0)), rooms(50, 100))
    assert [one.fits for one in placed] == [True, False]


def test_room_that_an_earlier_line_needs_later_is_not_taken_today():
    placed = place(lines((100, 1), (10, 0)), rooms(50, 100))
    assert [one.fits for one in placed] == [True, False]


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 3))), st.lists(st.integers(-50, 500), min_size=4, max_size=4))
def test_no_month_ever_falls_below_nothing_by_what_fits(wanted, room):
    placed = [one for one in place(lines(*wanted), rooms(*room)) if one.fits]
    for month in range(4):
        taken = sum(one.proposal.amount for one in placed if one.proposal.month <= month)
        assert taken == 0 or room[month] - taken >= 0


@pytest.mark.django_db
def test_the_page_places_cases_and_amounts_and_keeps_nothing():
    make.office_date()
    one, two = make.case_at(State.CONFIRMED), make.case_at(State.REVIEWED)
    account = make.fund("16000", bank=one.bank)  # room for 80,000
    browser = make.browser(make.staff(Role.DIRECTOR))
    first = browser.get("/fund/what-if/")
    assert [placed.proposal.case for placed, _bank, _day in first.context["placed"]] == [one]  # what is ready is proposed
    both = browser.get("/fund/what-if/", {"asked": "1", "case": [one.number, two.number]})
    assert [(placed.fits, placed.before) for placed, _bank, _day in both.context["placed"]] == [(True, 80000), (False, 30000)]
    assert "20,000.00" in both.content.decode()
    free = {"asked": "1", "line0-bank": account.bank.pk, "line0-amount": "8万", "line0-month": "3"}
    assert browser.get("/fund/what-if/", free).context["placed"] == []  # no amount: refused where it stands
    free["line0-amount"] = "80000"
    [[placed, _bank, _day]] = browser.get("/fund/what-if/", free).context["placed"]
    assert (placed.fits, placed.after) == (True, 0)
    assert not Promise.objects.exists()
    assert queries.room(account.bank, on=TODAY) == 80000


@pytest.mark.django_db
def test_nothing_fits_at_a_suspended_bank_however_much_room_it_has_and_the_rule_is_named():
    make.office_date()
    waits = make.case_at(State.CONFIRMED)
    account = make.fund("16000", bank=waits.bank)
    other = make.fund("16000", bank=make.bank("邮政储蓄银行", "邮储"))
    browser = make.browser(make.staff(Role.DIRECTOR))
    actions.suspend(account=account, reason="代偿资料不实", by=make.staff(Role.DIRECTOR), on=TODAY)
    asked = {"asked": "1", "case": waits.number, "line0-bank": other.bank.pk, "line0-amount": "80000", "line0-month": "0"}
    page = browser.get("/fund/what-if/", asked)
    assert [(placed.fits, placed.missing, bool(placed.closed)) for placed, _bank, _day in page.context["placed"]] == [(False, 0, True), (True, 0, False)]
    assert "代偿资料不实" in page.content.decode()


@pytest.mark.django_db
def test_the_approval_page_leads_there():
    make.office_date()
    loan = make.case_at(State.CONFIRMED)
    make.fund(bank=loan.bank)
    shown = make.browser(make.staff(Role.DIRECTOR)).get(f"/cases/{loan.number}/approve/").content.decode()
    assert f"/fund/what-if/?case={loan.number}" in shown
