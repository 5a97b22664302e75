"""Promises that nobody lent on lapse by night: each on its own day, once, and its room is free to the fen."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from guarantees import actions, queries
from guarantees.models import Promise
from loans.models import Loan
from loans.states import NotAllowedFromHere, State
from staff import jobs
from staff.models import DayOff, Event, OfficeDate, Role
from tests import make
from tests.threads import at_once, refusals

DAY = make.TODAY
LAST = date(2012, 3, 4)  # a Sunday: sixty days after the promise
NIGHT = LAST + timedelta(1)


def nights(first, last):
    """The office sleeps from one day to another, and then makes up every night."""
    OfficeDate.objects.update_or_create(only=True, defaults={"jobs_done_on": first})
    return jobs.run_due(last)


def ends():
    return list(Promise.objects.order_by("id").values_list("end", "ended_on"))


def room(on):
    return queries.room(make.bank(), on=on)


@pytest.mark.django_db
def test_missed_nights_are_made_up_each_promise_ends_on_its_own_day_and_its_room_is_free_to_the_fen():
    make.fund("200000")
    before = room(DAY)
    for n, amount in enumerate(("50000", "30000.55", "20000")):
        make.promised(make.case_at(State.CONFIRMED, amount=D(amount)), on=DAY + timedelta(n))
    assert before - room(DAY) == D("100000.55")
    assert len(nights(LAST - timedelta(2), LAST + timedelta(2))) == 4
    assert ends() == [("lapsed", NIGHT), ("lapsed", NIGHT + timedelta(1)), ("", None)]
    assert before - room(NIGHT + timedelta(1)) == D("20000")
    told = Event.objects.filter(kind="loan.moved", data__now="lapsed").order_by("id")
    assert [event.on for event in told] == list(Loan.objects.filter(state=State.LAPSED).order_by("id").values_list("closed_on", flat=True))
    assert {event.by.name for event in told} == {"系统自动"}
    assert nights(LAST, LAST + timedelta(2))
    assert told.count() == 2, "a night done again finds nothing to do"


@pytest.mark.django_db
def test_a_contract_signed_on_the_last_day_is_good_that_day_and_lapses_with_the_night_unless_the_bank_pays():
    signed = make.contracted(make.case_at(State.PROMISED), on=LAST)
    assert signed.promise.valid_until == LAST
    assert actions.lapse_due(on=LAST) == []
    paid = make.contracted(make.case_at(State.PROMISED), on=LAST)
    make.disbursed(paid, on=LAST)
    assert [loan.number for loan in actions.lapse_due(on=NIGHT)] == [signed.number]
    with pytest.raises(NotAllowedFromHere):
        make.disbursed(Loan.objects.get(pk=signed.pk), on=NIGHT)
    assert Loan.objects.get(pk=paid.pk).state == State.LIVE


@pytest.mark.django_db
def test_a_renewed_promise_is_good_for_its_days_once_more():
    loan = make.case_at(State.LIVE)
    actions.undo_disbursement(loan=loan, reason="误登记。", by=make.clerk(loan), on=LAST)
    actions.renew_promise(loan=loan, reason="银行下周放款。", by=make.staff(Role.DIRECTOR), on=LAST)
    assert actions.lapse_due(on=NIGHT) == []
    renewed = Promise.objects.get().valid_until
    assert renewed == LAST + timedelta(60)
    assert len(actions.lapse_due(on=renewed + timedelta(1))) == 1


@pytest.mark.django_db
def test_promises_lapse_on_days_off_too_and_beyond_the_calendar_on_record_with_a_warning_only():
    day = date(2031, 9, 1)
    DayOff.objects.create(day=day + timedelta(61), working=False)
    loan = make.case_at(State.PROMISED, on=day)
    make.office_date(day)
    assert "日期为推算" in make.browser(make.clerk(loan)).get(f"/cases/{loan.number}/").content.decode()
    nights(day, day + timedelta(61))
    assert ends() == [("lapsed", day + timedelta(61))]


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_one_night_and_a_bank_that_pays_meanwhile_end_every_promise_once():
    make.fund("200000")
    lapses, paid = make.case_at(State.PROMISED), make.case_at(State.CONTRACTED)
    before = room(DAY)
    OfficeDate.objects.update_or_create(only=True, defaults={"jobs_done_on": LAST})
    bank, last = make.clerk(paid), {"day": LAST, "amount": paid.amount_granted, "iou_number": "NJ201299999", "difference_reason": ""}
    paying = lambda: actions.confirm_disbursement(loan=paid, by=bank, on=NIGHT, **last)  # noqa: E731
    answers = at_once(lambda: jobs.run_due(NIGHT), lambda: jobs.run_due(NIGHT), paying)
    assert sorted(map(len, answers[:2])) == [0, 1]
    assert refusals(answers) in ([], ["NotAllowedFromHere"])
    moved = Event.objects.filter(kind="loan.moved", data__now__in=["lapsed", "live"])
    assert moved.count() == 2
    assert Event.objects.filter(kind="day.begun").count() == 1
    gone = Loan.objects.get(pk=paid.pk).state
    assert Loan.objects.get(pk=lapses.pk).state == State.LAPSED
    assert room(NIGHT) - before == lapses.amount_granted + (paid.amount_granted if gone == State.LAPSED else 0)
