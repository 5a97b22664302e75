"""The annual plan: both cuts sum to it, two departments sign, a change is another version, and each day knows which one held."""

from copy import copy
from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import checks, plans
from guarantees.actions import plan as actions
from guarantees.actions.plan import DraftIsOpen, PlanDoesNotAddUp, PlanIsSettled, PlanYearIsOver
from guarantees.models import AnnualPlan, PlanQuarter
from guarantees.plans import Figures
from loans.actions.leaving import ReasonMissing
from loans.states import State
from reports import figures, plan_parts
from reports.periods import period
from staff.errors import NotYours
from staff.models import Role
from tests import make
from tests.make import TODAY
from tests.threads import at_once, refusals

pytestmark = pytest.mark.django_db

GROUP = "registered_unemployed"


def test_a_plan_is_in_force_once_both_departments_signed():
    plan = make.drawn_up_plan()
    assert (plan.loans, plan.amount, plan.jobs) == (4, 160000, 16)
    actions.sign(plan=plan, by=make.staff(Role.FINANCE), on=TODAY)
    assert plans.in_force(2012, TODAY) is None
    signed = actions.sign(plan=plan, by=make.staff(Role.DIRECTOR), on=date(2012, 1, 6))
    assert signed.in_force_from == date(2012, 1, 6)
    assert plans.in_force(2012, date(2012, 1, 5)) is None
    assert plans.in_force(2012, date(2012, 1, 6)) == plan


def test_a_change_is_another_version_and_each_day_knows_its_own():
    first = make.signed_plan()
    second = make.drawn_up_plan(on=date(2012, 6, 1), amount="50000", reason="省里追加任务")
    assert plans.in_force(2012, date(2012, 6, 1)) == first
    for role in (Role.DIRECTOR, Role.FINANCE):
        actions.sign(plan=second, by=make.staff(role), on=date(2012, 6, 4))
    held = [plans.in_force(2012, day).version for day in (TODAY, date(2012, 6, 3), date(2012, 6, 4))]
    assert held == [1, 1, 2]
    assert [figures.plans(on=day)[2012].amount for day in (date(2012, 6, 3), date(2012, 12, 31))] == [160000, 200000]


@pytest.mark.parametrize(
    ("groups", "said"),
    [({GROUP: Figures(4, D(160000), 15)}, "16.*15"), ({GROUP: Figures(4, D("159999.99"), 16)}, "160,000.*159,999.99"), ({}, "4.*0")],
)
def test_both_cuts_sum_to_the_plan(groups, said):
    grid = make.plan_grid()._replace(groups=groups)
    with pytest.raises(PlanDoesNotAddUp, match=said):
        actions.draw_up(year=2012, grid=grid, reason="", by=make.staff(Role.FINANCE), on=TODAY)
    assert not AnnualPlan.objects.exists()


def test_loans_and_amount_go_together_and_an_empty_plan_is_none():
    grid = make.plan_grid()
    bank = next(iter(grid.quarters))[0]
    half = grid._replace(quarters={**grid.quarters, (bank, 4): Figures(0, D(40000), 4)})
    for odd, said in ((half, "农村信用合作联社"), (grid._replace(quarters={}, groups={}), "空")):
        with pytest.raises(PlanDoesNotAddUp, match=said):
            actions.draw_up(year=2012, grid=odd, reason="", by=make.staff(Role.FINANCE), on=TODAY)


def test_who_draws_up_who_signs_and_once_for_each_department():
    with pytest.raises(NotYours):
        actions.draw_up(year=2012, grid=make.plan_grid(), reason="", by=make.staff(Role.DIRECTOR), on=TODAY)
    plan = make.drawn_up_plan()
    with pytest.raises(NotYours):
        actions.sign(plan=plan, by=make.staff(Role.REVIEWER), on=TODAY)
    actions.sign(plan=plan, by=make.staff(Role.FINANCE), on=TODAY)
    with pytest.raises(PlanIsSettled):
        actions.sign(plan=plan, by=make.user(Role.FINANCE), on=TODAY)


def test_who_drew_it_up_does_not_sign_for_the_director_not_even_by_delegation():
    plan = make.drawn_up_plan()
    officer = copy(plan.drawn_up_by)
    officer.role = Role.DIRECTOR
    with pytest.raises(NotYours, match=officer.name):
        actions.sign(plan=plan, by=officer, on=TODAY)


def test_one_version_waits_at_a_time_and_a_change_says_why():
    make.drawn_up_plan()
    with pytest.raises(DraftIsOpen):
        make.drawn_up_plan(reason="再来一版")
    with pytest.raises(ReasonMissing):
        make.drawn_up_plan()
    with pytest.raises(PlanYearIsOver):
        make.drawn_up_plan(2011)


def test_an_unsigned_version_may_be_corrected_a_signed_one_is_given_up():
    plan = make.drawn_up_plan()
    who = {"by": make.staff(Role.LOAN_OFFICER), "on": TODAY}
    actions.correct(plan=plan, grid=make.plan_grid("30000"), reason="", **who)
    assert sum(cell.amount for cell in PlanQuarter.objects.filter(plan=plan)) == 120000
    actions.sign(plan=plan, by=make.staff(Role.DIRECTOR), on=TODAY)
    with pytest.raises(PlanIsSettled):
        actions.correct(plan=plan, grid=make.plan_grid(), reason="", **who)
    actions.give_up(plan=plan, reason="测算有误", **who)
    with pytest.raises(PlanIsSettled):
        actions.sign(plan=plan, by=make.staff(Role.FINANCE), on=TODAY)
    assert make.drawn_up_plan(reason="重新编制").version == 2


def test_a_plan_that_the_fund_cannot_carry_is_warned_about():
    make.fund("10000")  # may stand for 50,000
    said = plans.warnings(make.drawn_up_plan(amount="20000"), on=TODAY)
    assert len(said) == 2
    assert "80,000.00" in said[0]
    assert "50,000.00" in said[0]
    assert "2012年8月" in said[1]  # 20,000 a quarter: 40,000 by June, 53,333 by August
    assert "30,000.00" in said[1]


def test_plan_against_actual_by_bank_quarter_and_group_on_any_day():
    make.signed_plan(amount="60000")
    make.case_at(State.LIVE, amount=D(50000))
    found = {(row.cut, row.name): row for row in plan_parts.rows(period=period("2012-01-01..2012-01-04"))}
    assert (found["年度", "2012"].amount_planned, found["年度", "2012"].amount) == (240000, 50000)
    assert found["按季度", "第1季度"].amount_done == D("0.8333")
    assert found["按季度", "第2季度"].amount == 0
    assert (found["农信社", "第1季度"].loans, found["农信社", "第1季度"].loans_planned) == (1, 1)
    assert found["按人员类别", "城镇登记失业人员"].jobs_planned == 16
    by_bank = [row for (cut, _name), row in found.items() if cut == "按经办银行"]
    assert sum(row.amount for row in by_bank) == 50000
    assert plan_parts.rows(period=period("2011")) == []


def test_a_plan_from_the_grid_to_its_signatures():
    make.office_date()
    account = make.fund()
    officer, director, finance = (make.browser(make.staff(role)) for role in (Role.LOAN_OFFICER, Role.DIRECTOR, Role.FINANCE))
    typed = {f"q-{account.bank.pk}-1-loans": "２", f"q-{account.bank.pk}-1-amount": "100,000", f"q-{account.bank.pk}-1-jobs": "8"}
    wrong = officer.post("/fund/plan/draw-up/2012/", typed)
    assert wrong.status_code == 200
    assert "100,000" in wrong.content.decode()
    typed |= {f"g-{GROUP}-loans": "2", f"g-{GROUP}-amount": "100000", f"g-{GROUP}-jobs": "8"}
    page = officer.post("/fund/plan/draw-up/2012/", typed).url
    assert "2012年" in director.get("/").content.decode()
    for browser in (director, finance):
        assert browser.post(f"{page}sign/").status_code == 302
    assert plans.in_force(2012, TODAY).amount == 100000
    assert "100,000.00" in finance.get(page).content.decode()
    assert finance.get(f"{page}excel/").content[:2] == b"PK"
    assert finance.get(f"{page}print.pdf").content[:4] == b"%PDF"
    assert officer.get("/fund/plan/draw-up/2012/").context["form"].initial == {}


def test_the_nightly_check_finds_a_plan_that_is_not_the_sum_of_its_parts():
    plan = make.signed_plan()
    assert list(checks.plans_sum_to_their_parts()) == []
    PlanQuarter.objects.filter(plan=plan, quarter=1).update(jobs=5)
    assert len(list(checks.plans_sum_to_their_parts())) == 1


@pytest.mark.django_db(transaction=True)
def test_director_and_finance_sign_at_the_same_moment_and_it_is_in_force():
    plan = make.drawn_up_plan()
    people = [make.user(Role.DIRECTOR), make.user(Role.FINANCE), make.user(Role.FINANCE)]
    answers = at_once(*(lambda p=person: actions.sign(plan=plan, by=p, on=TODAY) for person in people))
    assert refusals(answers) == ["PlanIsSettled"]
    assert plans.in_force(2012, TODAY) == plan


@pytest.mark.django_db(transaction=True)
def test_two_versions_drawn_up_at_once_are_one():
    make.fund()
    grid, people = make.plan_grid(), [make.user(Role.LOAN_OFFICER), make.user(Role.FINANCE)]
    answers = at_once(*(lambda p=person: actions.draw_up(year=2012, grid=grid, reason="", by=p, on=TODAY) for person in people))
    assert len(refusals(answers)) == 1
    assert AnnualPlan.objects.count() == 1
