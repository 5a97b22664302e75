"""Every reason against, each with its document: a plain function over records, without database or clock."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.eligibility import Ages, Asking, Backing, Counter, Earlier, GuarantorMost, Named, Proof, Repeat, Rules, Trade, reasons_against
from loans.policy import terms
from loans.policy_files import read_rules

DAY = date(2012, 1, 4)
ROWS = read_rules()
COUNTER = "双辽本地规定(反担保)"
RULES = Rules(
    groups={"registered_unemployed": Named(date(2006, 1, 1), "银发〔2006〕5号"), "graduate": Named(date(2013, 10, 1), "财金〔2013〕84号")},
    ages=Ages(16, 60, "银发〔2002〕394号"),
    trades=(Trade("网吧", "国家限制行业(本地清单)"),),
    proofs=(Proof("registered_unemployed", "就业失业登记证", "双辽本地规定(人群证明)"),),
    repeat=Repeat(3, 0, False, "财金〔2018〕22号"),
    guarantor=GuarantorMost(2, COUNTER),
    counters=(Counter("", True, None, COUNTER), Counter("siyb_excellent", False, None, "SIYB"), Counter("", False, D(10000), "财金〔2020〕21号")),
)
MORTGAGE = Backing("mortgage", thing="住宅", certificate="1号", owner="潘志国", value=D(80000))
SERVANT = Backing("civil_servant", name="赵科长", person="z", employer="农业局")
GOOD = Asking(
    kind="individual",
    amount=D(50000),
    term=24,
    group="registered_unemployed",
    groups=frozenset({"registered_unemployed"}),
    trade="修理修配",
    project="农机修理部",
    born=date(1973, 5, 8),
    person="a",
    home=1,
    community="茂林镇",
    backings=(MORTGAGE,),
)


def against(asking=GOOD, rules=RULES, on=DAY):
    return reasons_against(asking, terms(ROWS, kind=asking.kind, groups=asking.groups, application_on=on), rules, on)


def documents(asking, **more):
    return [str(reason.document) for reason in against(asking, **more)]


def behind(*backings, **changes):
    return documents(replace(GOOD, backings=backings, **changes))


def test_nothing_stands_against_an_ordinary_application():
    assert against() == []


# --- New hires (policy/facts.md §10.3) -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "staff", "hires", "passes"),
    [
        ("2020-04-15", 40, 6, True),  # 15 % exactly
        ("2020-04-15", 40, 5, False),
        ("2020-04-15", 120, 10, True),  # 8.33 % passes the rule of over 100
        ("2020-04-15", 120, 9, False),
        ("2020-04-15", 100, 10, False),  # exactly 100 is still in the higher class: 10 % of 15
        ("2020-04-15", 100, 15, True),
        ("2020-04-15", 101, 9, True),
        ("2020-04-15", 100, 14, False),
        ("2020-04-15", 1201, 96, False),  # 7.99 %
        ("2023-09-04", 100, 10, True),
        ("2023-09-04", 100, 9, False),
        ("2012-01-04", 100, 29, False),  # the Jilin paper of 2008 sets no shares of its own
    ],
)
def test_an_enterprises_share_of_new_hires(day, staff, hires, passes):
    firm = replace(GOOD, kind="enterprise", group="labour_intensive_firm", groups=frozenset({"labour_intensive_firm"}), born=None, staff=staff, new_hires=hires)
    sentences = [reason for reason in against(firm, on=date.fromisoformat(day)) if f"{staff}" in reason.sentence]
    assert (sentences == []) == passes


def test_a_row_that_reads_100_and_more_says_so_itself():
    rows = [replace(row, lower_share_from=100) if row.new_hire_share_over_100 else row for row in ROWS]
    found = terms(rows, kind="enterprise", groups=[], application_on=date(2020, 4, 15))
    assert [found.hires_needed(staff).value for staff in (99, 100)] == [D("0.15"), D("0.08")]


def test_every_refusal_names_its_document():
    bad = replace(
        GOOD,
        amount=D(900000),
        term=99,
        trade="网吧",
        born=date(1920, 1, 1),
        group="graduate",
        groups=frozenset(),
        earlier=(Earlier("1", 5, True),) * 3,
        own_open=("A1",),
        household_open=("A2",),
        own_owed=("A3",),
        household_owed=("A4",),
        siyb_excellent=True,
        backings=(),
    )
    reasons = against(bad)
    assert len(reasons) == 17
    assert [reason.sentence for reason in reasons if not str(reason.document).strip()] == []


# --- Group and proof ---------------------------------------------------------------------------------------------------------
def test_a_paper_that_is_not_good_any_more_is_named_beside_the_one_that_is():
    stale = replace(GOOD, groups=frozenset(), stale={"registered_unemployed": "再就业优惠证"})
    (reason,) = against(stale)
    assert "再就业优惠证" in reason.sentence and "就业失业登记证" in reason.sentence and reason.document == "双辽本地规定(人群证明)"


def test_a_group_that_comes_later_is_refused_by_the_document_that_brings_it():
    assert documents(replace(GOOD, group="graduate", groups=frozenset({"graduate"}))) == ["财金〔2013〕84号"]


# --- Earlier loans -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("earlier", "number"),
    [
        ((), 0),
        ((Earlier("1"), Earlier("2")), 0),
        ((Earlier("1"), Earlier("2"), Earlier("3")), 1),
        ((Earlier("1", days_late=1),), 1),
        ((Earlier("1", fund_paid=True),), 1),
        ((Earlier("1", days_late=3), Earlier("2", fund_paid=True), Earlier("3", days_late=9)), 4),
    ],
)
def test_who_borrowed_before(earlier, number):
    assert documents(replace(GOOD, earlier=earlier)) == ["财金〔2018〕22号"] * number


def test_where_no_document_sets_a_number_who_repaid_late_may_borrow_again():
    rules = replace(RULES, repeat=Repeat(None, None, False, "双辽本地规定(再次借款)"))
    assert against(replace(GOOD, earlier=(Earlier("1", days_late=90),) * 5), rules) == []


def test_a_loan_owed_to_the_fund_stands_against_person_and_household():
    assert len(against(replace(GOOD, own_owed=("A1",), household_owed=("A2",)))) == 2


# --- Who stands behind -------------------------------------------------------------------------------------------------------
def test_somebody_or_something_stands_behind_the_borrower():
    assert behind() == [COUNTER]
    assert behind(SERVANT) == []


@pytest.mark.parametrize("field", ["thing", "certificate", "owner", "value"])
def test_a_mortgage_names_its_thing_certificate_owner_and_value(field):
    assert behind(replace(MORTGAGE, **{field: None})) == [COUNTER, COUNTER]


@pytest.mark.parametrize(("stands_for", "number"), [((), 0), (("A1",), 0), (("A1", "A2"), 2)])
def test_one_person_stands_for_so_many_loans_at_a_time(stands_for, number):
    found = against(replace(GOOD, backings=(replace(SERVANT, stands_for=stands_for),)))
    assert len(found) == number and all(name in found[-1].sentence for name in stands_for if number)


def test_the_applicant_and_the_household_do_not_stand_for_themselves():
    assert behind(MORTGAGE, replace(SERVANT, person="a")) == [COUNTER]
    assert behind(MORTGAGE, replace(SERVANT, home=1)) == [COUNTER]


@pytest.mark.parametrize(
    ("people", "homes", "number"),
    [("bc", (2, 3), 0), ("bc", (None, None), 0), ("b", (2,), 2), ("bc", (2, 2), 2), ("bb", (2, 3), 2)],
)
def test_a_joint_guarantee_is_of_three_households_or_more(people, homes, number):
    rows = [Backing("joint", name=person, person=person, home=home) for person, home in zip(people, homes, strict=True)]
    assert len(behind(*rows)) >= number if number else behind(*rows) == []


def test_a_credit_community_stands_once_it_is_marked():
    assert behind(Backing("credit_community")) == [COUNTER, COUNTER]
    assert behind(Backing("credit_community"), credit_community=True) == []


def test_a_rule_lets_a_group_or_a_small_sum_off():
    best = {"groups": frozenset({"registered_unemployed", "siyb_excellent"}), "siyb_excellent": True, "siyb_selected": True}
    assert behind(**best) == [] == behind(amount=D(10000))
    assert behind(Backing("exempt", group="siyb_excellent"), **best) == []
    assert behind(Backing("exempt", group="siyb_excellent")) == [COUNTER, COUNTER]


# --- Whatever is asked -------------------------------------------------------------------------------------------------------
FLAWS = {
    "too old": {"born": date(1940, 1, 1)},
    "no proof": {"groups": frozenset()},
    "trade": {"trade": "网吧"},
    "too long": {"term": 99},
    "too much": {"amount": D(900000)},
    "open case": {"own_open": ("A1",)},
    "household": {"household_open": ("A2",)},
    "owed": {"own_owed": ("A3",)},
    "household owes": {"household_owed": ("A4",)},
    "fund paid": {"earlier": (Earlier("A5", fund_paid=True),)},
    "not selected": {"siyb_excellent": True},
    "hires": {"staff": 40, "new_hires": 0},
    "nobody behind": {"backings": ()},
}


@pytest.mark.parametrize(("one", "other"), list(combinations(FLAWS, 2)))
def test_a_second_flaw_never_removes_the_first_ones_reason(one, other):
    limits = terms(ROWS, kind="individual", groups=GOOD.groups, application_on=DAY)
    hires = replace(limits, **{name: getattr(terms(ROWS, kind="enterprise", groups=[], application_on=DAY), name) for name in ("new_hire_share",)})
    first, second, both = (
        set(reasons_against(replace(GOOD, **changes), hires, RULES, DAY)) for changes in (FLAWS[one], FLAWS[other], FLAWS[one] | FLAWS[other])
    )
    assert first and second and first | second <= both


@st.composite
def askings(draw):
    words, people = st.text(max_size=4), st.sampled_from(["", "a", "b", "c"])
    backing = st.builds(
        Backing,
        kind=st.sampled_from(["civil_servant", "person", "firm", "mortgage", "pledge", "joint", "credit_community", "exempt"]),
        name=words,
        person=people,
        home=st.none() | st.integers(1, 3),
        stands_for=st.lists(words, max_size=3).map(tuple),
        employer=words,
        value=st.none() | st.decimals(0, 10**6, places=2),
        group=st.sampled_from(["", "siyb_excellent", "graduate"]),
    )
    groups = ["registered_unemployed", "graduate", "woman", "siyb_excellent", "nobody_knows"]
    return Asking(
        kind=draw(st.sampled_from(["individual", "partnership", "enterprise"])),
        amount=draw(st.decimals(-1000, 10**7, places=2)),
        term=draw(st.integers(-1, 200)),
        group=draw(st.sampled_from([*groups, ""])),
        groups=frozenset(draw(st.sets(st.sampled_from(groups)))),
        trade=draw(st.sampled_from(["网吧", "修理", ""])),
        project=draw(words),
        born=draw(st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1))),
        partners=draw(st.none() | st.integers(0, 9)),
        siyb_excellent=draw(st.booleans()),
        siyb_graduate=draw(st.booleans()),
        staff=draw(st.none() | st.integers(0, 200)),
        new_hires=draw(st.none() | st.integers(0, 200)),
        earlier=tuple(Earlier(str(n), late) for n, late in enumerate(draw(st.lists(st.integers(0, 99), max_size=4)))),
        person="a",
        home=draw(st.none() | st.integers(1, 3)),
        backings=draw(st.none() | st.lists(backing, max_size=4).map(tuple)),
    )


@given(askings(), st.dates(date(2002, 12, 24), date(2026, 1, 1)))
def test_whatever_is_asked_there_is_an_answer_with_documents(asking, on):
    for reason in against(asking, on=on):
        assert reason.sentence and str(reason.document)
