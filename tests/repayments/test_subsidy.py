"""Interest subsidy: the golden table exactly, every regime by hand, edges, the audit trace, what the borrower pays."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from loans.forms_of_repayment import Form
from loans.money import fen
from loans.policy import Regime
from repayments.management.commands.subsidy_check import facts
from repayments.schedule import add_months, maturity, rows
from repayments.subsidy import (
    LoanFacts,
    NoReferenceRate,
    NotAQuarter,
    Quarter,
    borrower_part,
    quarter_of,
    quarters,
    subsidised_rate,
    subsidy,
    trace,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "subsidy.json"
CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))
DISBURSED = date(2009, 3, 1)


def lent(
    regime: Regime | None = Regime.B,
    principal="50000",
    rate="8.40",
    disbursed=DISBURSED,
    term=24,
    form=Form.BULLET_QUARTERLY,
    cap="50000",
    receipts=(),
    reference=None,
    steps=(),
):
    schedule = rows(form, D(principal), D(rate), disbursed, term)
    return LoanFacts(
        regime=regime,
        principal=D(principal),
        rate=D(rate),
        disbursed=disbursed,
        maturity=maturity(disbursed, term),
        cap=D(cap),
        schedule=schedule,
        receipts=[(day, D(amount)) for day, amount in receipts],
        reference=reference and D(reference),
        steps=[(day, D(then)) for day, then in steps],
    )


# --- The golden table ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_golden_cases_exactly(case):
    loan = facts(case)
    assert {quarter: str(subsidy(loan, Quarter.parse(quarter))) for quarter in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_quarters_that_the_golden_table_does_not_name_carry_nothing(case):
    loan = facts(case)
    around = [Quarter(year, n) for year in range(loan.disbursed.year - 1, loan.maturity.year + 2) for n in (1, 2, 3, 4)]
    carrying = [str(quarter) for quarter in around if subsidy(loan, quarter)]
    assert carrying == list(case["expected"])


def test_the_command_finds_the_quarters_by_itself(tmp_path):
    cases = [{name: value for name, value in case.items() if name != "expected"} for case in CASES]
    (tmp_path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    out = io.StringIO()
    call_command("subsidy_check", str(tmp_path / "cases.json"), stdout=out)
    assert [answer["computed"] for answer in json.loads(out.getvalue())] == [case["expected"] for case in CASES]


def test_the_command_answers_as_scripts_expect():
    out = io.StringIO()
    call_command("subsidy_check", str(GOLDEN), stdout=out)
    assert {answer["case"]: answer["computed"] for answer in json.loads(out.getvalue())} == {case["case"]: case["expected"] for case in CASES}


@pytest.mark.parametrize("text", ["{", '[{"case": "X"}]', '[{"case": "X", "regime": "Z"}]'])
def test_the_command_says_when_a_file_is_no_table_of_cases(tmp_path, text):
    (tmp_path / "cases.json").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"cases\.json"):
        call_command("subsidy_check", str(tmp_path / "cases.json"))


# --- Quarters ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2008, 12, 20), "2008-Q4"),
        (date(2008, 12, 21), "2009-Q1"),
        (date(2008, 12, 31), "2009-Q1"),
        (date(2009, 1, 1), "2009-Q1"),
        (date(2009, 3, 20), "2009-Q1"),
        (date(2009, 3, 21), "2009-Q2"),
        (date(2009, 6, 20), "2009-Q2"),
        (date(2009, 9, 30), "2009-Q4"),
    ],
)
def test_a_quarter_ends_the_day_before_its_own_settlement_day(day, quarter):
    assert str(quarter_of(day)) == quarter


@given(st.dates(date(2002, 1, 1), date(2040, 12, 31)))
def test_every_day_lies_in_its_quarter_and_quarters_meet(day):
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.last + timedelta(1) == quarter.next.first
    assert Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["2009-Q5", "2009Q1", "2009-Q0", "", "2009-Q11"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(NotAQuarter):
        Quarter.parse(text)


def test_the_quarters_of_a_loan_run_from_disbursement_to_the_day_before_maturity():
    assert [str(quarter) for quarter in quarters(date(2008, 12, 20), date(2009, 3, 21))] == ["2008-Q4", "2009-Q1"]
    assert [str(quarter) for quarter in quarters(date(2008, 12, 20), date(2009, 3, 22))] == ["2008-Q4", "2009-Q1", "2009-Q2"]


# --- Regimes -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("regime", "reference", "expected"),
    [
        (Regime.A, None, "8.40"),
        (Regime.A_HALF, None, "4.20"),
        (Regime.B, None, "8.40"),
        (Regime.B_HALF, None, "4.20"),
        (Regime.C, "5.60", "2.80"),
        (Regime.D, None, "8.40"),
        (Regime.E, None, "8.40"),
        (Regime.F, "4.30", "2.15"),
        (Regime.G, "3.85", "6.05"),
        (Regime.H, None, "4.20"),
        (None, None, "0"),
    ],
)
def test_subsidised_rate_of_each_regime(regime, reference, expected):
    assert subsidised_rate(regime, D("8.40"), reference and D(reference), DISBURSED, DISBURSED) == D(expected)


@pytest.mark.parametrize("regime", [Regime.C, Regime.F, Regime.G])
def test_without_the_reference_rate_of_its_day_there_is_no_answer(regime):
    with pytest.raises(NoReferenceRate):
        subsidised_rate(regime, D("8.40"), None, DISBURSED, DISBURSED)


def test_regime_g_never_takes_from_the_borrower():
    assert subsidised_rate(Regime.G, D("2.00"), D("3.85"), DISBURSED, DISBURSED) == 0


@pytest.mark.parametrize(
    ("day", "thirds"), [(date(2010, 2, 28), 3), (date(2010, 3, 1), 2), (date(2011, 2, 28), 2), (date(2011, 3, 1), 1), (date(2012, 3, 1), 0)]
)
def test_regime_e_steps_down_on_the_anniversary(day, thirds):
    assert fen(subsidised_rate(Regime.E, D("8.40"), None, DISBURSED, day)) == fen(D("8.40") * thirds / 3)


def test_regime_e_of_a_loan_lent_on_29_february_steps_down_on_the_28th():
    loan = lent(Regime.E, rate="6.30", disbursed=date(2016, 2, 29), term=36, cap="100000")
    assert [(piece.first, piece.last, piece.days) for piece in trace(loan, Quarter(2017, 1))] == [
        (date(2016, 12, 21), date(2017, 2, 27), 69),
        (date(2017, 2, 28), date(2017, 3, 20), 21),
    ]


# The check values of facts.md §10.3
@pytest.mark.parametrize(
    ("loan", "quarter", "amount"),
    [
        (lent(), "2009-Q2", "1073.33"),
        (lent(), "2009-Q1", "233.33"),
        (lent(Regime.G, "200000", "5.35", date(2021, 1, 21), 36, cap="200000", reference="3.85"), "2021-Q2", "1533.33"),
        (lent(Regime.H, "300000", "3.50", date(2024, 3, 21), 36, cap="300000"), "2024-Q2", "1341.67"),
    ],
)
def test_values_worked_by_hand(loan, quarter, amount):
    assert subsidy(loan, Quarter.parse(quarter)) == D(amount)


# --- Days --------------------------------------------------------------------------------------------------------------
def test_a_receipt_counts_from_its_own_day_and_the_scheduled_balance_falls_on_the_due_day():
    early = lent(receipts=[(date(2009, 5, 1), "20000")])
    assert [(piece.first, piece.base) for piece in trace(early, Quarter(2009, 2))] == [(date(2009, 3, 21), 50000), (date(2009, 5, 1), 30000)]
    late = lent(form=Form.GRACE_QUARTERLY, receipts=[(date(2009, 10, 1), "8333.33")])
    assert [(piece.first, fen(piece.base)) for piece in trace(late, Quarter(2009, 4))] == [
        (date(2009, 9, 21), D("42857.14")),
        (date(2009, 10, 1), D("41666.67")),
    ]


def test_receipts_come_in_any_order_and_a_correction_takes_one_back():
    receipts = [(date(2009, 5, 1), "20000"), (date(2009, 4, 1), "10000"), (date(2009, 5, 1), "-20000")]
    assert [(piece.first, piece.base) for piece in trace(lent(receipts=receipts), Quarter(2009, 2))] == [
        (date(2009, 3, 21), 50000),
        (date(2009, 4, 1), 40000),
    ]


def test_what_was_paid_beyond_the_loan_takes_nothing_back():
    assert subsidy(lent(receipts=[(date(2009, 3, 1), "60000")]), Quarter(2009, 2)) == 0


def test_nothing_from_maturity_on_nor_before_disbursement():
    loan = lent(disbursed=date(2009, 3, 21), term=6)
    assert [str(quarter) for quarter in (Quarter(2009, n) for n in (1, 2, 3, 4)) if subsidy(loan, quarter)] == ["2009-Q2", "2009-Q3"]


def test_lent_on_a_settlement_day_the_quarter_is_whole():
    assert trace(lent(disbursed=date(2009, 3, 21)), Quarter(2009, 2))[0].days == 92


def test_lent_the_day_before_a_settlement_day_one_day_counts():
    assert [(piece.days, piece.amount) for piece in trace(lent(disbursed=date(2009, 3, 20), rate="7.20"), Quarter(2009, 1))] == [(1, D("10"))]


def test_half_a_fen_made_of_thirds_goes_up():
    """27,000 × 4.75 % × 1/3 / 360 × 6 days is 7.125 exactly, though a third of 4.75 has no end in figures."""
    loan = lent(Regime.E, "27000", "4.75", date(2018, 6, 27), 36)
    assert subsidy(loan, Quarter(2021, 3)) == D("7.13")
    assert borrower_part(loan, loan.schedule[-1]) == fen(loan.schedule[-1].interest * 2 / 3)


# --- The trace agrees with counting day by day -------------------------------------------------------------------------
def by_days(loan, quarter):
    """The definition of domain.md §4 taken literally, one day after the other, in whole numbers over 360 × 3."""
    hundredths = 0
    for n in range((quarter.last - quarter.first).days + 1):
        day = quarter.first + timedelta(n)
        if loan.disbursed <= day < loan.maturity:
            actual = loan.principal - sum(amount for received, amount in loan.receipts if received <= day)
            scheduled = loan.principal - sum(row.principal for row in loan.schedule if row.due <= day)
            contract = loan.rate
            for since, then in sorted(loan.steps):
                contract = then if since <= day else contract
            rate = subsidised_rate(loan.regime, contract, loan.reference, loan.disbursed, day)
            hundredths += max(D(0), min(actual, scheduled, loan.cap)) * (rate * 3).quantize(D("1e-12"))
    return fen(hundredths / (360 * 3 * 100))


@given(
    st.sampled_from([form for form in Form if form != Form.CUSTOM]),
    st.sampled_from([*Regime, None]),
    st.decimals(min_value=D("100"), max_value=D("400000"), places=2),
    st.decimals(min_value=D("0.01"), max_value=D("12"), places=2),
    st.dates(date(2003, 1, 1), date(2025, 12, 31)),
    st.integers(1, 40),
    st.sampled_from(["0", "15000", "20000", "500000"]),
    st.lists(st.tuples(st.integers(0, 1300), st.decimals(min_value=D("0.01"), max_value=D("50000"), places=2)), max_size=5),
    st.dictionaries(st.integers(1, 1300), st.decimals(min_value=D("0"), max_value=D("12"), places=2), max_size=3),
)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_pieces_are_the_days_put_together(form, regime, principal, rate, disbursed, term, cap, receipts, steps):
    receipts = [(disbursed + timedelta(days), amount) for days, amount in receipts]
    steps = [(disbursed + timedelta(days), then) for days, then in steps.items()]
    loan = lent(regime, principal, rate, disbursed, term, form, cap, receipts, reference="4.15", steps=steps)
    for quarter in quarters(disbursed, loan.maturity)[:6]:
        pieces = trace(loan, quarter)
        assert subsidy(loan, quarter) == by_days(loan, quarter)
        assert all(earlier.last < later.first for earlier, later in pairwise(pieces))
        assert all(quarter.first <= piece.first <= piece.last <= quarter.last for piece in pieces)
        assert all(piece.days == (piece.last - piece.first).days + 1 for piece in pieces)
        assert not any(
            earlier.last + timedelta(1) == later.first and (earlier.base, earlier.rate) == (later.base, later.rate) for earlier, later in pairwise(pieces)
        )


# --- Where the contract reprices ---------------------------------------------------------------------------------------
def test_a_dated_step_counts_from_its_own_day():
    loan = lent(steps=[(date(2009, 4, 21), "7.20"), (date(2009, 6, 1), "6.00")])
    assert [(piece.first, piece.days, piece.rate) for piece in trace(loan, Quarter(2009, 2))] == [
        (date(2009, 3, 21), 31, D("8.40")),
        (date(2009, 4, 21), 41, D("7.20")),
        (date(2009, 6, 1), 20, D("6.00")),
    ]
    assert subsidy(loan, Quarter(2009, 2)) == fen(D(50000) * (31 * D("8.40") + 41 * D("7.20") + 20 * D("6.00")) / 36000)


def test_half_of_the_benchmark_does_not_move_with_the_contract():
    loan = lent(Regime.C, reference="5.60", steps=[(date(2009, 4, 21), "7.20")])
    assert [piece.rate for piece in trace(loan, Quarter(2009, 2))] == [D("2.80")]


def test_under_half_the_borrower_pays_half_of_a_row_across_a_step():
    loan = lent(Regime.H, steps=[(date(2009, 4, 21), "7.20")])
    row = loan.schedule[1]
    assert borrower_part(loan, row) == fen(row.interest / 2)


def test_under_g_a_row_across_a_step_is_shared_by_its_days():
    """Finance pays 6.05 points of 8.40 for 31 days, then 4.85 of 7.20 for 61."""
    loan = lent(Regime.G, reference="3.85", steps=[(date(2009, 4, 21), "7.20")])
    row = loan.schedule[1]
    own, whole = D("2.35") * 92, D("8.40") * 31 + D("7.20") * 61
    assert borrower_part(loan, row) == fen(row.interest * own / whole)


# --- What the borrower pays --------------------------------------------------------------------------------------------
def test_under_full_subsidy_the_borrower_pays_no_interest_whatever_the_form():
    for form in (Form.BULLET_QUARTERLY, Form.GRACE_QUARTERLY, Form.ANNUITY_MONTHLY, Form.EQUAL_PRINCIPAL_MONTHLY, Form.SINGLE_AT_MATURITY):
        loan = lent(form=form)
        assert {borrower_part(loan, row) for row in loan.schedule} == {D("0.00")}


def test_without_subsidy_and_under_c_the_borrower_pays_all():
    for loan in (lent(None), lent(Regime.C, reference="5.40")):
        assert [borrower_part(loan, row) for row in loan.schedule] == [row.interest for row in loan.schedule]


def test_where_the_bank_agreed_so_the_borrower_pays_all_and_finance_owes_as_much():
    direct, refunded, none = lent(), replace(lent(), pays_first=True), replace(lent(None), pays_first=True)
    assert [borrower_part(refunded, row) for row in refunded.schedule] == [row.interest for row in refunded.schedule]
    assert subsidy(refunded, Quarter(2009, 2)) == subsidy(direct, Quarter(2009, 2)) > 0
    assert refunded.borrower_pays_first and not direct.borrower_pays_first and not none.borrower_pays_first


def test_above_the_cap_the_borrower_pays_his_share():
    loan = lent(cap="20000")
    assert [borrower_part(loan, row) for row in loan.schedule[:2]] == [D("140.00"), D("644.00")]


def test_half_of_an_odd_row_is_rounded_once():
    loan = lent(Regime.A_HALF, "20000", "6.03", date(2006, 4, 17), cap="20000")
    third = loan.schedule[2]
    assert (third.due, third.interest, borrower_part(loan, third)) == (date(2006, 12, 21), D("304.85"), D("152.43"))


def test_under_e_a_row_across_the_anniversary_is_shared_by_days():
    loan = lent(Regime.E, "36000", "7.30", date(2017, 2, 27), 36, cap="100000")
    row = next(row for row in loan.schedule if row.due == date(2018, 3, 21))
    assert row.interest == D("657.00")
    assert borrower_part(loan, row) == fen(D(22) * 36000 * D("7.30") / 3 / 36000)


def test_an_extension_is_the_borrowers_own():
    loan = lent(term=6)
    stretched = LoanFacts(
        **{
            **vars_of(loan),
            "schedule": rows(
                Form.CUSTOM, loan.principal, loan.rate, DISBURSED, 12, given=[(date(2009, 6, 1), D(0), None), (date(2009, 11, 1), D(50000), None)]
            ),
        }
    )
    first, last = stretched.schedule
    assert borrower_part(stretched, first) == 0
    assert borrower_part(stretched, last) == fen(D(50000) * D("8.40") * (date(2009, 11, 1) - add_months(DISBURSED, 6)).days / 36000)


def vars_of(loan):
    return {name: getattr(loan, name) for name in LoanFacts.__dataclass_fields__}
