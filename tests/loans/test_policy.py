"""Which rule holds on which day for whom: facts.md §0 and the resolved table of §3.1, over the office's own rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from loans.policy import Level, Regime, Rule, Status, terms
from loans.policy_files import group_codes, known_groups, read_groups, read_rates, read_rules
from loans.rates import NoRate, benchmark, rate_ceiling, reference, subsidy_reference

RULES, RATES = read_rules(), read_rates()


def on(day, *groups, kind="individual", contract=None, rules=RULES):
    return terms(rules, kind=kind, groups=groups, application_on=date.fromisoformat(day), contract_on=contract and date.fromisoformat(contract))


# --- Caps ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "groups", "lent", "subsidised", "document"),
    [
        ("2002-12-24", ["laid_off_soe"], 20000, 20000, "银发〔2002〕394号"),
        ("2008-08-03", ["laid_off_soe"], 20000, 20000, "银发〔2002〕394号"),
        ("2008-08-04", ["laid_off_soe"], 50000, 50000, "银发〔2008〕238号"),
        ("2005-06-01", ["laid_off_soe", "siyb_excellent"], 100000, 20000, "双辽本地规定(SIYB优秀学员)"),
        ("2009-01-01", ["laid_off_soe", "siyb_excellent"], 100000, 50000, "双辽本地规定(SIYB优秀学员)"),
        ("2009-07-27", ["laid_off_soe", "woman", "siyb_excellent"], 100000, 80000, "双辽本地规定(SIYB优秀学员)"),
        ("2005-12-31", ["zero_employment_family"], 20000, 20000, "银发〔2002〕394号"),
        ("2006-01-01", ["zero_employment_family"], 50000, 20000, "双辽本地规定(零就业家庭)"),
        ("2009-07-26", ["laid_off_soe", "woman"], 50000, 50000, "银发〔2008〕238号"),
        ("2009-07-27", ["laid_off_soe", "woman"], 80000, 80000, "财金〔2009〕72号"),
        ("2013-10-01", ["graduate", "woman"], 100000, 100000, "财金〔2013〕84号"),
        ("2013-10-01", ["veteran"], 50000, 50000, "银发〔2008〕238号"),
        ("2015-05-02", ["laid_off_soe", "woman"], 100000, 100000, "国发〔2015〕23号"),
        ("2015-08-18", ["graduate"], 150000, 100000, "吉林省2015就业政策"),
        ("2015-08-18", ["veteran"], 100000, 100000, "国发〔2015〕23号"),
        ("2018-12-05", ["graduate"], 150000, 150000, "国发〔2018〕39号"),
        ("2020-04-15", ["graduate", "woman"], 200000, 200000, "财金〔2020〕21号"),
        ("2023-09-04", [], 300000, 300000, "财金〔2023〕75号"),
    ],
)
def test_caps_of_persons(day, groups, lent, subsidised, document):
    found = on(day, *groups)
    assert (found.cap(), found.capped_for_subsidy(D(10**7)), found.lending_cap.rule.document_no) == (lent, subsidised, document)


@pytest.mark.parametrize(
    ("day", "lent", "subsidised"),
    [
        ("2004-03-01", 10**6, 10**6),
        ("2008-08-04", 2 * 10**6, 2 * 10**6),
        ("2008-09-01", 4 * 10**6, 2 * 10**6),
        ("2018-12-05", 4 * 10**6, 3 * 10**6),
        ("2023-09-04", 4 * 10**6, 4 * 10**6),
    ],
)
def test_caps_of_enterprises(day, lent, subsidised):
    found = on(day, "labour_intensive_firm", kind="enterprise")
    assert (found.cap(), found.capped_for_subsidy(D(10**8))) == (lent, subsidised)


def test_before_the_first_document_for_enterprises_nothing_holds():
    found = on("2004-02-29", kind="enterprise")
    assert found.cap() is None
    assert found.subsidy_regime is None
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("day", "partners", "groups", "cap"),
    [("2009-07-27", 3, ["woman"], 300000), ("2020-04-15", 4, [], 880000), ("2023-09-04", 4, [], 1320000), ("2023-09-04", 20, [], 4000000)],
)
def test_caps_of_partnerships_go_by_heads(day, partners, groups, cap):
    found = on(day, *groups, kind="partnership")
    assert found.cap(partners) == cap
    assert found.capped_for_subsidy(D(10**8), partners) == cap


def test_where_no_figure_is_set_none_is_enforced_and_a_warning_asks_for_one():
    found = on("2008-08-04", kind="partnership")
    assert found.cap(5) is None
    assert found.capped_for_subsidy(D(90000), 5) == 90000
    assert ["no cap is enforced" in doubt.note for doubt in found.warnings] == [True]


def test_part_of_a_loan_below_the_cap_is_subsidised_whole():
    assert on("2009-01-01").capped_for_subsidy(D("38000.00")) == D("38000.00")


# --- The other cells -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "groups", "regime", "split"),
    [
        ("2005-06-01", ["laid_off_soe"], Regime.A, "central=1.00"),
        ("2005-12-31", ["registered_unemployed"], Regime.A, "central=1.00"),
        ("2006-01-01", ["registered_unemployed"], Regime.A_HALF, "central=0.25;local=0.25;borrower=0.50"),
        ("2006-01-01", ["graduate", "woman"], Regime.A_HALF, "central=0.25;local=0.25;borrower=0.50"),
        ("2006-01-01", ["veteran"], Regime.A, "central=1.00"),
        ("2007-12-31", ["registered_unemployed"], Regime.A_HALF, "central=0.25;local=0.25;borrower=0.50"),
        ("2008-01-01", ["registered_unemployed"], Regime.B, "central=1.00"),
        ("2015-05-02", ["veteran"], Regime.D, None),
        ("2016-09-24", ["veteran"], Regime.E, None),
        ("2021-01-01", ["veteran"], Regime.G, None),
        ("2023-09-04", ["veteran"], Regime.H, None),
    ],
)
def test_subsidy_regimes_by_day_and_group_each_with_its_own_split(day, groups, regime, split):
    found = on(day, *groups)
    assert found.regime(micro_profit=True) == regime
    assert (found.finance_split and found.finance_split.value) == split


def test_regimes_a_and_b_need_a_micro_profit_project_the_later_ones_do_not():
    assert [on(day).regime(micro_profit=False) for day in ("2005-06-01", "2009-01-01", "2015-06-01", "2024-01-01")] == [
        None,
        None,
        Regime.D,
        Regime.H,
    ]
    assert on("2005-06-01", kind="enterprise").regime(micro_profit=False) == Regime.C


def test_application_day_decides_caps_and_term_contract_day_rate_and_regime():
    found = on("2008-08-03", "laid_off_soe", contract="2008-09-20")
    assert (found.cap(), found.rate_ceiling.value, found.subsidy_regime.value) == (20000, "benchmark+3.00", Regime.B)
    late = on("2015-05-01", contract="2016-09-24")
    assert (late.cap(), late.term_months.value, late.rate_ceiling.value, late.subsidy_regime.value) == (50000, 24, "old_lpr+2.00", Regime.E)


@pytest.mark.parametrize(
    ("day", "kind", "months"),
    [("2010-01-01", "individual", 24), ("2016-07-01", "individual", 36), ("2016-07-01", "enterprise", 24), ("2020-01-01", "partnership", 36)],
)
def test_terms_in_months(day, kind, months):
    assert on(day, kind=kind).term_months.value == months


@pytest.mark.parametrize(("day", "multiple"), [("2002-12-24", 5), ("2023-09-03", 5), ("2023-09-04", 10)])
def test_multiple_of_the_fund_and_the_rate_that_suspends(day, multiple):
    assert (on(day).leverage.value, on(day).suspend_compensation_rate.value) == (multiple, D("0.20"))


@pytest.mark.parametrize(
    ("day", "staff", "share"),
    [
        ("2005-01-01", 40, "0.30"),
        ("2008-08-04", 100, "0.30"),
        ("2008-08-04", 101, "0.15"),
        ("2020-04-15", 100, "0.15"),
        ("2020-04-15", 120, "0.08"),
        ("2023-09-04", 10, "0.10"),
    ],
)
def test_share_of_new_hires(day, staff, share):
    assert on(day, kind="enterprise").hires_needed(staff).value == D(share)


# --- How rows resolve, on rows made up ------------------------------------------------------------------------------------
def row(document, day, **cells):
    given = {"level": Level.NATIONAL, "borrower_kind": "individual", "status": Status.CONFIRMED} | cells
    return Rule(document_no=document, effective_from=date.fromisoformat(day), **given)


GENERAL = row("general", "2010-01-01", lending_cap_yuan=D(50000), subsidy_regime=Regime.B, rate_ceiling="benchmark+3.00")
WOMEN = frozenset({"woman"})
CAPS_A_HEAD = ((Level.NATIONAL, 100000), (Level.PROVINCIAL, 120000))


def caps(*rules, groups=("woman",), day="2012-01-01"):
    found = on(day, *groups, rules=rules)
    return found.cap(), found.subsidised_cap and found.subsidised_cap.value


def test_on_one_day_a_row_that_names_a_group_beats_the_general_one():
    assert caps(GENERAL, row("women", "2010-01-01", groups=WOMEN, lending_cap_yuan=D(30000))) == (30000, 30000)
    assert (
        on("2012-01-01", "woman", rules=[row("women", "2010-01-01", groups=WOMEN, subsidy_regime=Regime.B_HALF), GENERAL]).subsidy_regime.value == Regime.B_HALF
    )


def test_a_later_general_row_leaves_a_better_cap_of_a_group_alone_but_lifts_a_worse_one():
    earlier = row("women", "2009-01-01", groups=WOMEN, lending_cap_yuan=D(80000), subsidy_regime=Regime.B_HALF)
    assert caps(earlier, GENERAL) == (80000, 80000)
    assert caps(earlier, replace(GENERAL, lending_cap_yuan=D(100000))) == (100000, 100000)
    assert on("2012-01-01", "woman", rules=[earlier, GENERAL]).subsidy_regime.value == Regime.B  # only caps are kept so


def test_of_several_groups_the_best_cap_counts_and_a_group_without_a_row_stands_under_the_general_one():
    women, graduates = (row(name, "2011-01-01", groups=frozenset({name}), lending_cap_yuan=D(cap)) for name, cap in (("woman", 30000), ("graduate", 40000)))
    assert caps(GENERAL, women, graduates, groups=("woman", "graduate")) == (40000, 40000)
    assert caps(GENERAL, women, graduates, groups=("woman", "veteran")) == (50000, 50000)
    assert caps(GENERAL, women, graduates, groups=()) == (50000, 50000)


def test_a_provincial_row_raises_the_cap_where_larger_and_never_what_is_subsidised():
    lower, higher = (row("province", "2011-01-01", level=Level.PROVINCIAL, lending_cap_yuan=D(cap)) for cap in (40000, 60000))
    assert caps(GENERAL, lower) == (50000, 50000)
    assert caps(GENERAL, higher) == (60000, 50000)
    assert caps(GENERAL, higher, row("later", "2011-06-01", lending_cap_yuan=D(70000))) == (70000, 70000)
    assert caps(GENERAL, higher, row("lowered", "2011-06-01", level=Level.PROVINCIAL, lending_cap_yuan=D(45000))) == (50000, 50000)


def test_a_provincial_cap_per_partner_raises_what_is_lent_and_not_what_is_subsidised():
    nation, province = (row(level, "2010-01-01", level=level, borrower_kind="partnership", per_partner_cap_yuan=D(cap)) for level, cap in CAPS_A_HEAD)
    found = on("2012-01-01", kind="partnership", rules=[nation, province])
    assert (found.cap(3), found.capped_for_subsidy(D(10**7), 3)) == (360000, 300000)


def test_a_local_row_fills_other_cells_only_where_it_is_filled():
    local = row("local", "2011-01-01", level=Level.LOCAL, groups=WOMEN, subsidy_regime=Regime.B_HALF)
    found = on("2012-01-01", "woman", rules=[GENERAL, local])
    assert (found.subsidy_regime.value, found.subsidy_regime.rule.document_no) == (Regime.B_HALF, "local")
    assert (found.rate_ceiling.value, found.rate_ceiling.rule.document_no) == ("benchmark+3.00", "general")


def test_a_blank_cell_says_nothing_and_a_row_for_others_is_not_heard():
    found = on(
        "2012-01-01",
        "veteran",
        rules=[
            GENERAL,
            row("blank", "2011-01-01"),
            row("women", "2011-01-01", groups=WOMEN, lending_cap_yuan=D(1)),
            row("firms", "2011-01-01", borrower_kind="enterprise", lending_cap_yuan=D(2)),
        ],
    )
    assert (found.cap(), found.lending_cap.rule.document_no) == (50000, "general")


def test_a_row_holds_from_its_day():
    assert [caps(GENERAL, day=day) for day in ("2009-12-31", "2010-01-01")] == [(None, None), (50000, 50000)]


def test_a_split_is_not_carried_into_another_regime():
    first = row("first", "2008-01-01", subsidy_regime=Regime.A, finance_split="central=1.00")
    assert on("2012-01-01", rules=[first, GENERAL]).finance_split is None


def test_text_that_is_missing_fills_no_cell_and_only_warns():
    missing = row("unread", "2011-01-01", status=Status.TEXT_MISSING, lending_cap_yuan=D(90000), note="obtain the paper")
    found = on("2012-01-01", rules=[GENERAL, missing])
    assert found.cap() == 50000
    assert found.warnings == (("unread", date(2011, 1, 1), Status.TEXT_MISSING, "obtain the paper"),)
    assert on("2010-12-31", rules=[GENERAL, missing]).warnings == ()


def test_unconfirmed_rows_count_and_warn_only_where_they_are_used():
    doubtful = row("women", "2010-01-01", groups=WOMEN, status=Status.UNCONFIRMED, lending_cap_yuan=D(80000))
    assert [doubt.document_no for doubt in on("2012-01-01", "woman", rules=[GENERAL, doubtful]).warnings] == ["women"]
    assert on("2012-01-01", "veteran", rules=[GENERAL, doubtful]).warnings == ()


def test_terms_are_kept_with_their_documents_as_plain_data():
    kept = on("2012-01-04", "laid_off_soe", "woman").as_data()
    assert kept["lending_cap"] == {"value": "80000", "document": "财金〔2009〕72号", "status": "unconfirmed", "since": "2009-07-27"}
    assert kept["subsidy_regime"]["value"] == "B"
    assert {
        "document": "财金〔2011〕87号",
        "since": "2011-01-01",
        "status": "text_missing",
        "note": "obtain the paper; changes nothing here",
    } in kept["warnings"]
    assert "new_hire_share" not in kept


# --- Rates -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "months", "percent"),
    [
        ("2009-03-01", 24, "5.40"),
        ("2009-03-01", 6, "4.86"),
        ("2009-03-01", 7, "5.31"),
        ("2009-03-01", 12, "5.31"),
        ("2009-03-01", 13, "5.40"),
        ("2009-03-01", 36, "5.40"),
        ("2009-03-01", 37, "5.76"),
        ("2008-12-22", 24, "5.67"),
        ("2019-01-01", 60, "4.75"),
    ],
)
def test_benchmark_rates_by_day_and_term(day, months, percent):
    assert benchmark(RATES, date.fromisoformat(day), months) == D(percent)


@pytest.mark.parametrize(("day", "months"), [("2002-02-20", 12), ("2009-03-01", 61)])
def test_without_a_benchmark_rate_on_record_the_question_is_refused(day, months):
    with pytest.raises(NoRate):
        benchmark(RATES, date.fromisoformat(day), months)


def test_quoted_rates_by_series_and_day():
    assert reference(RATES, "old_lpr", date(2015, 9, 30)) == D("4.55")
    assert reference(RATES, "lpr", date(2021, 3, 8)) == D("3.85")
    with pytest.raises(NoRate):
        reference(RATES, "lpr", date(2019, 8, 19))


@pytest.mark.parametrize(
    ("day", "kind", "ceiling"),
    [
        ("2005-06-01", "individual", "5.76"),
        ("2009-03-01", "individual", "8.40"),
        ("2015-09-30", "individual", "7.55"),
        ("2017-02-27", "individual", "6.30"),
        ("2021-03-08", "individual", "5.35"),
        ("2005-06-01", "enterprise", None),
        ("2009-03-01", "enterprise", "8.40"),
        ("2017-02-27", "enterprise", None),
    ],
)
def test_rate_ceilings(day, kind, ceiling):
    found = rate_ceiling(on(day, kind=kind), RATES, contract_on=date.fromisoformat(day), term_months=24)
    assert found == (ceiling and D(ceiling))


@pytest.mark.parametrize(
    ("regime", "day", "months", "percent"),
    [
        (Regime.C, "2010-11-05", 24, "5.60"),
        (Regime.C, "2010-11-05", 12, "5.56"),
        (Regime.F, "2018-08-30", 24, "4.31"),
        (Regime.F, "2019-08-20", 24, "4.25"),
        (Regime.G, "2021-03-08", 36, "3.85"),
        (Regime.B, "2010-11-05", 24, None),
        (None, "2010-11-05", 24, None),
    ],
)
def test_what_a_subsidy_is_measured_against(regime, day, months, percent):
    assert subsidy_reference(regime, RATES, contract_on=date.fromisoformat(day), term_months=months) == (percent and D(percent))


# --- Groups ----------------------------------------------------------------------------------------------------------------
def test_the_offices_words_for_groups_have_codes():
    codes = group_codes()
    assert codes["国有企业下岗失业人员"] == "laid_off_soe"
    assert codes["SIYB优秀学员"] == "siyb_excellent"
    assert len(codes) == len(read_groups()) == 21


def test_groups_are_known_from_their_day():
    assert "woman" not in known_groups(date(2009, 7, 26))
    assert "woman" in known_groups(date(2009, 7, 27))


def test_rules_speak_only_of_groups_that_we_know():
    assert {group for rule in RULES for group in rule.groups} <= set(group_codes().values())
