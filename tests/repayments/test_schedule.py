"""Schedules: the golden table to the fen, promises kept by thousands of generated loans, edges, refusals, the command."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans.forms_of_repayment import Form
from loans.money import fen
from repayments.schedule import (
    GivenRowsRefused,
    PrincipalRefused,
    RateRefused,
    Row,
    TermRefused,
    add_months,
    balance_on,
    maturity,
    rows,
    settlement_days,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "schedules.csv"
QUARTERLY = (Form.BULLET_QUARTERLY, Form.GRACE_QUARTERLY)
MONTHLY = (Form.ANNUITY_MONTHLY, Form.EQUAL_PRINCIPAL_MONTHLY)

with GOLDEN.open(encoding="utf-8") as file:
    CASES = [list(lines) for _case, lines in groupby(csv.DictReader(file), key=lambda line: line["case"])]

LOANS = st.fixed_dictionaries(
    {
        "form": st.sampled_from([form for form in Form if form != Form.CUSTOM]),
        "principal": st.decimals(min_value=D("100"), max_value=D("4000000"), places=2),
        "rate": st.decimals(min_value=D("0"), max_value=D("24"), places=3),
        "disbursed": st.dates(date(2002, 12, 24), date(2030, 12, 31)),
        "term": st.integers(1, 120),
        "grace": st.integers(0, 40),
    }
)


@pytest.mark.parametrize("lines", CASES, ids=lambda lines: f"{lines[0]['case']}-{lines[0]['form']}")
def test_golden_schedules_to_the_fen(lines):
    loan = lines[0]
    schedule = rows(Form(loan["form"]), D(loan["principal"]), D(loan["rate_percent"]), date.fromisoformat(loan["disbursed"]), int(loan["term_months"]))
    wanted = [(line["seq"], line["due"], line["due_principal"], line["due_interest"], line["balance_after"]) for line in lines]
    assert [tuple(map(str, row)) for row in schedule] == wanted


def keeps_its_promises(*, form, principal, rate, disbursed, term, grace):
    schedule = rows(form, principal, rate, disbursed, term, grace=grace)
    end = maturity(disbursed, term)
    assert sum(row.principal for row in schedule) == principal
    assert all(earlier < later for earlier, later in pairwise([disbursed, *(row.due for row in schedule)]))
    assert schedule[-1].due == end
    assert schedule[-1].balance_after == 0
    assert [row.seq for row in schedule] == list(range(1, len(schedule) + 1))
    assert all(amount >= 0 and amount.as_tuple().exponent == -2 for row in schedule for amount in row[2:])
    before, since = principal, disbursed
    for row in schedule:
        share = D(30) if form in MONTHLY else D((row.due - since).days)
        assert row.interest == fen(before * rate * share / 36000)
        assert row.balance_after == before - row.principal
        before, since = row.balance_after, row.due
    promises_of_its_form(form, schedule, disbursed, end, term, grace)


def promises_of_its_form(form, schedule, disbursed, end, term, grace):
    paying = [row for row in schedule if row.principal]
    if form in QUARTERLY:
        assert all((row.due.month % 3, row.due.day) == (0, 21) for row in schedule[:-1])
    if form in MONTHLY:
        assert len(schedule) == term
    if form == Form.GRACE_QUARTERLY:
        assert paying == [schedule[-1]] or all(row.due >= add_months(disbursed, grace) for row in paying)
        assert len({row.principal for row in paying[:-1]}) <= 1
    if form in (Form.BULLET_QUARTERLY, Form.SINGLE_AT_MATURITY):
        assert paying == [schedule[-1]]
        assert paying[0].due == end
    if form == Form.ANNUITY_MONTHLY and all(row.balance_after for row in schedule[:-1]):
        assert len({row.principal + row.interest for row in schedule[:-1]}) <= 1


@given(LOANS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_every_generated_loan_keeps_its_promises(loan):
    keeps_its_promises(**loan)


@pytest.mark.drill
@given(LOANS)
@settings(max_examples=20_000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_twenty_thousand_generated_loans_keep_their_promises(loan):
    keeps_its_promises(**loan)


@given(LOANS, st.integers(0, 4000))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_scheduled_balance_falls_on_the_due_day_itself(loan, days):
    schedule, day = rows(**loan), loan["disbursed"] + timedelta(days)
    assert balance_on(schedule, loan["principal"], day) == loan["principal"] - sum(row.principal for row in schedule if row.due <= day)


# --- Days ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2011, 1, 31), 1, date(2011, 2, 28)),
        (date(2008, 2, 29), 12, date(2009, 2, 28)),
        (date(2008, 2, 29), 48, date(2012, 2, 29)),
        (date(2011, 11, 30), 3, date(2012, 2, 29)),
        (date(2011, 12, 15), 1, date(2012, 1, 15)),
        (date(2011, 8, 31), 6, date(2012, 2, 29)),
        (date(2012, 3, 31), -1, date(2012, 2, 29)),
    ],
)
def test_a_day_that_the_month_lacks_becomes_its_last_day(day, months, then):
    assert add_months(day, months) == then


def test_month_ends_come_back_where_the_month_has_them():
    schedule = rows(Form.ANNUITY_MONTHLY, D(12000), D("5.49"), date(2011, 12, 31), 4)
    assert [row.due for row in schedule] == [date(2012, 1, 31), date(2012, 2, 29), date(2012, 3, 31), date(2012, 4, 30)]


def test_settlement_days_lie_strictly_between():
    assert settlement_days(date(2009, 3, 21), date(2009, 9, 21)) == [date(2009, 6, 21)]
    assert settlement_days(date(2009, 3, 20), date(2009, 3, 22)) == [date(2009, 3, 21)]
    assert settlement_days(date(2009, 12, 21), date(2010, 3, 21)) == []


def test_lent_on_a_settlement_day_the_first_row_is_a_whole_quarter_later_and_the_last_is_maturity_alone():
    schedule = rows(Form.BULLET_QUARTERLY, D(20000), D("5.76"), date(2004, 12, 21), 12)
    assert [row.due for row in schedule] == [date(2005, 3, 21), date(2005, 6, 21), date(2005, 9, 21), date(2005, 12, 21)]
    assert schedule[0].interest == D("288.00")  # 20000 × 5.76 % / 360 × 90 days


def test_lent_the_day_before_a_settlement_day_one_day_of_interest_is_due_next_day():
    first = rows(Form.BULLET_QUARTERLY, D(20000), D("5.40"), date(2009, 3, 20), 24)[0]
    assert (first.due, first.interest) == (date(2009, 3, 21), D("3.00"))


def test_maturity_the_day_after_a_settlement_day_has_a_row_of_its_own():
    schedule = rows(Form.GRACE_QUARTERLY, D(20000), D("5.40"), date(2009, 3, 22), 12)
    assert [(row.due, row.principal) for row in schedule[-2:]] == [(date(2010, 3, 21), D("6666.67")), (date(2010, 3, 22), D("6666.66"))]
    assert schedule[-1].interest == D("1.00")


def test_a_settlement_day_exactly_when_grace_ends_repays_principal():
    schedule = rows(Form.GRACE_QUARTERLY, D(20000), D("5.76"), date(2004, 12, 21), 24)
    assert next(row.due for row in schedule if row.principal) == date(2005, 6, 21)


@pytest.mark.parametrize(("term", "grace"), [(6, 6), (6, 12), (3, 6), (24, 24), (24, 36)])
def test_grace_beyond_the_last_settlement_day_leaves_all_for_maturity(term, grace):
    schedule = rows(Form.GRACE_QUARTERLY, D(20000), D("5.76"), date(2005, 4, 11), term, grace=grace)
    assert [(row.due, row.principal) for row in schedule if row.principal] == [(maturity(date(2005, 4, 11), term), D(20000))]


def test_without_grace_every_due_day_repays():
    assert all(row.principal for row in rows(Form.GRACE_QUARTERLY, D(20000), D("5.76"), date(2005, 4, 11), 24, grace=0))


def test_a_month_between_two_settlement_days_has_maturity_alone():
    schedule = rows(Form.BULLET_QUARTERLY, D(20000), D("6.00"), date(2009, 3, 31), 1)
    assert schedule == [Row(1, date(2009, 4, 30), D("20000.00"), D("100.00"), D("0.00"))]


def test_a_tiny_long_annuity_is_cleared_early_and_never_owes_less_than_nothing():
    schedule = rows(Form.ANNUITY_MONTHLY, D(100), D(24), date(2009, 1, 31), 120)
    assert min(row.principal for row in schedule) >= 0
    assert schedule[-1].balance_after == 0


# --- Agreed schedules --------------------------------------------------------------------------------------------------
def agreed(*lines, term=12):
    return rows(Form.CUSTOM, D(10000), D("7.20"), date(2011, 1, 10), term, given=lines)


def test_an_agreed_schedule_has_interest_by_days_where_none_is_given():
    schedule = agreed((date(2011, 3, 1), D(4000), None), (date(2011, 7, 1), D(6000), D("88.80")))
    assert schedule == [
        Row(1, date(2011, 3, 1), D("4000.00"), D("100.00"), D("6000.00")),
        Row(2, date(2011, 7, 1), D("6000.00"), D("88.80"), D("0.00")),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [(date(2011, 3, 1), D(4000), None)],
        [(date(2011, 3, 1), D(4000), None), (date(2011, 3, 1), D(6000), None)],
        [(date(2011, 1, 10), D(10000), None)],
        [(date(2011, 3, 1), D(-1), None), (date(2011, 4, 1), D(10001), None)],
        [(date(2011, 3, 1), D(10000), D("-0.01"))],
        [(date(2011, 3, 1), D("9999.995"), None), (date(2011, 4, 1), D("0.005"), None)],
        [(date(2012, 1, 11), D(10000), None)],
    ],
)
def test_rows_that_do_not_repay_the_loan_are_refused(lines):
    with pytest.raises(GivenRowsRefused):
        agreed(*lines)


def test_given_rows_belong_to_agreed_schedules_only():
    with pytest.raises(GivenRowsRefused):
        rows(Form.SINGLE_AT_MATURITY, D(10000), D("7.2"), date(2011, 1, 10), 12, given=[(date(2012, 1, 10), D(10000), None)])


# --- Refusals ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"principal": D("99.99")}, PrincipalRefused),
        ({"principal": D("100.005")}, PrincipalRefused),
        ({"principal": D("NaN")}, PrincipalRefused),
        ({"principal": D("1e12")}, PrincipalRefused),
        ({"rate": D("-0.01")}, RateRefused),
        ({"rate": D("24.01")}, RateRefused),
        ({"rate": D("Infinity")}, RateRefused),
        ({"term": 0}, TermRefused),
        ({"term": 121}, TermRefused),
        ({"grace": -1}, TermRefused),
    ],
)
def test_what_no_loan_is_is_refused(changed, refusal):
    loan = {"form": Form.GRACE_QUARTERLY, "principal": D(20000), "rate": D("5.76"), "disbursed": date(2005, 4, 11), "term": 24, "grace": 6} | changed
    with pytest.raises(refusal):
        rows(**loan)


# --- The command -------------------------------------------------------------------------------------------------------
def command(**given):
    arguments = {"form": "grace_quarterly", "principal": "20000", "rate": "5.76", "disbursed": "2005-04-11", "term": "24"} | given
    out = io.StringIO()
    call_command("loan_schedule", *(f"--{name}={value}" for name, value in arguments.items()), stdout=out)
    return out.getvalue()


def test_the_command_prints_the_schedule_as_csv():
    lines = command().split("\n")
    assert lines[:4] == [
        "seq,due,due_principal,due_interest,balance_after",
        "1,2005-06-21,0.00,227.20,20000.00",
        "2,2005-09-21,0.00,294.40,20000.00",
        "3,2005-12-21,2857.14,291.20,17142.86",
    ]
    assert lines[-2:] == ["9,2007-04-11,2857.16,9.60,0.00", ""]


def test_the_command_takes_a_grace_period():
    assert command(grace="12").split("\n")[5] == "5,2006-06-21,4000.00,294.40,16000.00"


@pytest.mark.parametrize(
    "given",
    [{"principal": "20k"}, {"principal": "99"}, {"form": "custom"}, {"disbursed": "2005-02-30"}, {"term": "2.5"}, {"rate": "30"}, {"grace": "-1"}],
)
def test_the_command_says_what_is_wrong(given):
    with override("en"), pytest.raises(CommandError, match=next(iter(given.values())).removeprefix("-")):
        command(**given)
