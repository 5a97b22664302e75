"""Who are the year's ten: the office's rule, on invented trainees."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from training.selection import Candidate, Rule, qualifies, ranked, rule_of

RULE = Rule(2004, 2, D(90), D(60), D(60))
AMY = Candidate(1, D(95), D(80), D(70), date(1980, 5, 1), "220399198005010021")


def order(*candidates, rule=RULE):
    return [place.trainee for place in ranked(candidates, rule)]


def test_the_exam_decides():
    better = replace(AMY, trainee=2, exam=D(81), plan=D(60), identity_number="B")
    assert order(AMY, better) == [2, 1]


def test_ties_go_to_the_better_plan_then_the_elder_then_the_smaller_number():
    plan = replace(AMY, trainee=2, plan=D(71), identity_number="Z")
    elder = replace(AMY, trainee=3, birth_date=date(1980, 4, 30), identity_number="Y")
    number = replace(AMY, trainee=4, identity_number="220399198005010013")
    assert order(AMY, number, elder, plan) == [2, 3, 4, 1]


@pytest.mark.parametrize("cell", ["attendance", "exam", "plan"])
def test_exactly_the_least_mark_is_enough_and_less_is_not(cell):
    least = getattr(RULE, cell)
    assert qualifies(replace(AMY, **{cell: least}), RULE)
    assert not qualifies(replace(AMY, **{cell: least - D("0.01")}), RULE)
    assert not qualifies(replace(AMY, **{cell: None}), RULE)


def test_only_as_many_as_there_are_places_are_chosen():
    three = [replace(AMY, trainee=n, exam=D(90 - n), identity_number=str(n)) for n in (1, 2, 3)]
    assert [(place.rank, place.selected) for place in ranked(three, RULE)] == [(1, True), (2, True), (3, False)]


def test_who_sat_in_two_classes_is_ranked_once_by_the_better_one():
    again = replace(AMY, trainee=2, exam=D(88))
    assert order(AMY, again) == [2]


def test_the_offices_rule_chooses_ten():
    rule = rule_of(2011)
    assert (rule.places, rule.attendance, rule.exam, rule.plan) == (10, 90, 60, 60)
