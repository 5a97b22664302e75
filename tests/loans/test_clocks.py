"""The clock of each step: working days with 调休, stopped while papers are awaited, the same for what is past."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans import actions, clock_parts, step_times, turns
from loans.clocks import Move, Pause, Stay, due_day, measured, stays
from loans.models import LegalLimit, Loan, StepLimit
from loans.states import State
from staff import desk
from staff.models import DayOff, Role
from staff.workdays import is_working_day, working_days_between
from tests import make

DAYS = st.dates(date(2005, 1, 1), date(2011, 12, 31))
WED, THU, FRI, MON = date(2012, 1, 4), date(2012, 1, 5), date(2012, 1, 6), date(2012, 1, 9)


def move(on, was, now):
    return Move(on, State(was), State(now), None)


def complete(loan, on):
    make.papers(loan, on=on)
    return actions.complete_papers(loan=loan, by=make.staff(Role.LOAN_OFFICER), on=on)


# --- Arithmetic -----------------------------------------------------------------------------------------------------------------


@given(DAYS, st.lists(st.integers(0, 12), max_size=7), st.booleans(), st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_used_and_paused_make_up_the_elapsed_working_days_and_each_is_what_a_count_day_by_day_gives(began, gaps, ends, kept):
    days = [began]
    for gap in gaps:
        days.append(days[-1] + timedelta(gap))
    pauses = [Pause(*pair) for pair in zip(days[1::2], [*days[2::2], None], strict=False)]
    is_paused = bool(pauses) and pauses[-1].ended is None
    today = days[-1] + timedelta(9)
    stay = Stay(State.RECOMMENDED, began, days[-1] if ends and not is_paused else None, None, pauses)
    step = measured(stay, 5, today, kept)
    until = stay.ended or today
    counted = [began + timedelta(n) for n in range(1, (until - began).days + 1) if is_working_day(began + timedelta(n), kept)]
    waited = [day for day in counted if any(pause.began < day <= (pause.ended or until) for pause in pauses)]
    assert (step.used, step.paused) == (len(counted) - len(waited), len(waited))
    assert step.used + step.paused == working_days_between(began, until, kept)


@given(DAYS, st.integers(0, 20), st.integers(1, 20), st.integers(0, 20), st.integers(1, 9))
def test_the_day_a_step_is_due_is_the_first_on_which_its_limit_is_used_up(began, first, pause, then, limit):
    back = began + timedelta(first + pause)
    stay = Stay(State.RECOMMENDED, began, None, None, [Pause(began + timedelta(first), back)])
    due = due_day(stay, limit)
    before, after = (measured(stay, limit, day) for day in (due - timedelta(1), due))
    assert after.left <= 0 or due < back, "used up by then"
    assert measured(stay, limit, max(due, back)).left == 0 or due < back
    assert due <= began + timedelta(first) or before.left == 1


def test_a_return_stops_the_step_it_came_from_and_its_completion_lets_it_go_on():
    told = [
        move(WED, "applied", "recommended"),
        move(FRI, "recommended", "returned"),
        move(date(2012, 1, 12), "returned", "recommended"),
        move(date(2012, 1, 16), "recommended", "reviewed"),
    ]
    applied, review, investigation = stays(date(2012, 1, 4), told)
    assert (applied.state, applied.ended) == (State.APPLIED, WED)
    step = measured(review, 5, date(2012, 1, 20))
    assert (step.used, step.paused, step.overdue, step.due) == (4, 4, 0, date(2012, 1, 17))
    assert (investigation.began, investigation.ended) == (date(2012, 1, 16), None)


def test_a_case_refused_while_papers_are_awaited_ends_its_step():
    [_applied, review] = stays(WED, [move(WED, "applied", "recommended"), move(THU, "recommended", "returned"), move(MON, "returned", "refused")])
    step = measured(review, 5, date(2012, 2, 1))
    assert (step.ended, step.used, step.paused, step.paused_since) == (MON, 1, 2, None)


def test_sent_back_for_another_visit_the_investigation_has_a_new_clock():
    told = [move(WED, "reviewed", "investigated"), move(THU, "investigated", "confirmed"), move(FRI, "confirmed", "reviewed")]
    assert [stay.state for stay in stays(WED, [move(WED, "applied", "reviewed"), *told])] == ["applied", "reviewed", "investigated", "confirmed", "reviewed"]


def test_a_step_paused_has_no_due_day_unless_it_was_late_before():
    paused = Stay(State.RECOMMENDED, WED, None, None, [Pause(FRI)])
    assert measured(paused, 5, MON).due is None
    assert measured(paused, 1, MON).due == THU
    assert measured(paused, 1, MON).overdue == 1


# --- On cases -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def returned(db):
    """Recommended on Wednesday, returned for papers on Friday: two working days of first review are used."""
    make.office_date(MON)
    return make.returned(make.case_at(State.RECOMMENDED, on=WED), on=FRI)


def test_while_papers_are_awaited_the_case_says_since_when_it_is_paused_and_what_was_used_before(returned, officer):
    [turn] = turns.turns(returned, date(2012, 1, 13))
    assert (turn.role, turn.step.paused_since, turn.step.used, turn.step.limit) == ("", FRI, 2, 5)
    shown = make.browser(officer).get(f"/cases/{returned.number}/").content.decode()
    assert "自1月6日起暂停计时，此前已用 2/5 个工作日。" in shown


def test_completed_the_step_goes_on_with_the_days_it_had_left(returned):
    complete(returned, date(2012, 1, 13))
    returned.refresh_from_db()
    [turn] = turns.turns(returned, date(2012, 1, 13))
    assert (turn.due, turn.left, turn.since) == (date(2012, 1, 18), 3, WED)
    [row] = [row for row in desk.waiting(returned.officer, date(2012, 1, 19)) if row.case == returned.number]
    assert (row.due, row.left) == (date(2012, 1, 18), -1)


def test_the_spring_festival_and_its_worked_weekends_count_as_the_calendar_has_them(db):
    loan = make.case_at(State.RECOMMENDED, on=date(2012, 1, 19))
    [turn] = turns.turns(loan, date(2012, 1, 30))
    assert turn.due == date(2012, 1, 31)  # Fri 20, Sat 21 worked, Sun 29 worked, Mon 30, Tue 31
    assert turn.left == 1


def test_a_closing_day_of_the_office_moves_the_limit(db):
    DayOff.objects.create(day=THU, working=False, note="停电")
    loan = make.case_at(State.INVESTIGATED, on=WED)
    assert turns.turns(loan, WED)[0].due == date(2012, 1, 10)


def test_beyond_the_calendar_on_record_weekdays_count_and_the_page_says_that_the_day_is_guessed(db, officer):
    day = date(2031, 9, 30)
    make.office_date(day)
    DayOff.objects.create(day=date(2031, 10, 1), working=False)
    DayOff.objects.create(day=date(2031, 10, 4), working=True)  # a Saturday
    loan = make.case_at(State.INVESTIGATED, on=day)
    [turn] = turns.turns(loan, day)
    assert (turn.due, turn.step.guessed) == (date(2031, 10, 4), True)
    assert "日期为推算" in make.browser(officer).get(f"/cases/{loan.number}/").content.decode()


def test_a_limit_changed_since_does_not_touch_a_step_begun_before(db):
    loan = make.case_at(State.RECOMMENDED, on=WED)
    StepLimit.objects.create(step="recommended", working_days=1, effective_from=FRI, standing="in_effect")
    assert step_times.steps_of(loan, MON)[-1].limit == 5


def test_the_past_steps_stand_on_the_case_with_who_did_them(db, officer):
    make.office_date(MON)
    loan = make.recommended(make.application(on=WED), on=date(2012, 1, 9))
    loan = make.reviewed(loan, on=date(2012, 1, 9))
    applied, review, investigation = step_times.steps_of(loan, MON)
    assert (applied.used, applied.limit, applied.overdue, applied.by.by) == (3, 3, 0, make.staff(Role.LOAN_OFFICER))
    assert (review.used, investigation.is_open) == (0, True)
    assert "各环节用时" in make.browser(officer).get(f"/cases/{loan.number}/").content.decode()


def test_the_director_sees_whose_step_is_over_its_limit(db):
    make.office_date(date(2012, 1, 20))
    make.staff(Role.REVIEWER)
    loan = make.case_at(State.INVESTIGATED, on=WED)
    [row] = clock_parts.late(make.staff(Role.DIRECTOR), date(2012, 1, 20))
    assert (row.loan, row.person, row.step.overdue) == (loan, make.NAMES[Role.REVIEWER], 9)
    shown = make.browser(make.staff(Role.DIRECTOR)).get("/").content.decode()
    assert "超时限环节" in shown
    assert "超 9 个工作日" in shown
    assert "超时限环节" not in make.browser(make.staff(Role.FINANCE)).get("/").content.decode()


def test_a_step_on_time_or_paused_is_on_nobodys_list_of_late_ones(returned):
    assert clock_parts.late(make.staff(Role.DIRECTOR), date(2012, 2, 20)) == []


def test_a_case_that_waits_for_its_bank_names_the_last_day_that_the_document_leaves(db, officer):
    make.office_date(WED)
    loan = make.case_at(State.PROMISED, on=WED)
    [turn] = turns.turns(loan, WED)
    assert (turn.legal[0], turn.legal[1].number) == (date(2012, 1, 25), "银发〔2002〕394号")
    assert "按银发〔2002〕394号最迟1月25日" in make.browser(officer).get(f"/cases/{loan.number}/").content.decode()


@pytest.mark.parametrize(
    ("what", "since", "last"),
    [
        (LegalLimit.What.BANK_ANSWERS, date(2012, 1, 4), date(2012, 1, 25)),
        (LegalLimit.What.COMPENSATION, date(2011, 11, 30), date(2012, 2, 29)),
        (LegalLimit.What.REFUSAL_TOLD, date(2012, 1, 4), date(2012, 1, 11)),
    ],
)
def test_what_documents_say_of_time(db, what, since, last):
    assert step_times.latest_day(step_times.legal_limit(what, since), since) == last


def test_the_help_page_shows_the_work_flow_with_its_limits(db, officer):
    make.office_date()
    shown = make.browser(officer).get("/help/").content.decode()
    for words in ("工作流程和时限", "三方考察", "7 个工作日", "银发〔2002〕394号", "3 周", "3 个月"):
        assert words in shown


def test_many_cases_cost_few_queries(db, django_assert_max_num_queries):
    for _n in range(4):
        make.case_at(State.RECOMMENDED, on=WED)
    with django_assert_max_num_queries(4):
        step_times.steps_of_many(list(Loan.objects.all()), MON)
