"""What one person enters takes effect once another, a director or a finance officer, confirms it."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from loans import confirmation, rulebook
from loans.confirmation import ChangeWaits, DayTaken, NoReason, NotWaiting, OwnEntry
from loans.models import BenchmarkRate, PolicyDocument, PolicyRow, Standing
from loans.queries import terms_for
from staff.audit import history
from staff.errors import NotYours
from staff.history import words
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2012, 1, 4)


def women():
    """The row that lets women borrow 80,000 yuan."""
    return PolicyRow.objects.in_effect().get(document__number="财金〔2009〕72号", borrower_kind="individual")


def entered(cap="90000", *, by=None, replaces=None):
    """That row with another cap, entered by an administrator."""
    row = women()
    row.lending_cap_yuan = D(cap)
    return confirmation.enter(row=row, replaces=replaces or women(), by=by or make.staff(Role.ADMINISTRATOR), on=DAY)


def womens_cap():
    return terms_for(kind="individual", groups=["woman"], on=DAY).cap()


def test_what_ships_is_in_effect_and_nobody_entered_it():
    assert set(PolicyRow.objects.values_list("standing", "entered_by")) == {(Standing.IN_EFFECT, None)}
    assert len(rulebook.rules()) == 41


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.FINANCE])
def test_a_change_counts_once_a_second_person_confirms_it_and_the_old_row_is_kept(role):
    old, row = women(), entered()
    assert womens_cap() == 80000
    confirmation.confirm(row=row, by=make.staff(role), on=date(2012, 1, 5))
    assert womens_cap() == 90000
    old.refresh_from_db()
    row.refresh_from_db()
    assert (old.standing, old.lending_cap_yuan) == (Standing.REPLACED, 80000)
    assert (row.entered_by.role, row.entered_on, row.confirmed_by.role, row.confirmed_on) == (Role.ADMINISTRATOR, DAY, role, date(2012, 1, 5))


def test_an_added_row_counts_once_it_is_confirmed():
    document = PolicyDocument.objects.create(number="双财社〔2012〕1号", level="local")
    new = PolicyRow(document=document, effective_from=DAY, borrower_kind="individual", groups="woman", lending_cap_yuan=D(120000), status="confirmed")
    row = confirmation.enter(row=new, by=make.staff(Role.ADMINISTRATOR), on=DAY)
    assert (womens_cap(), len(rulebook.rules())) == (80000, 41)
    confirmation.confirm(row=row, by=make.staff(Role.FINANCE), on=DAY)
    assert (womens_cap(), len(rulebook.rules())) == (120000, 42)


def test_a_row_sent_back_changes_nothing_says_why_and_can_be_entered_anew():
    row = entered("900000")
    with pytest.raises(NoReason):
        confirmation.send_back(row=row, reason=" ", by=make.staff(Role.DIRECTOR), on=DAY)
    confirmation.send_back(row=row, reason="多写了一个零", by=make.staff(Role.DIRECTOR), on=DAY)
    row.refresh_from_db()
    assert (womens_cap(), row.standing, row.sent_back_reason) == (80000, Standing.SENT_BACK, "多写了一个零")
    confirmation.confirm(row=entered(), by=make.staff(Role.DIRECTOR), on=DAY)
    assert womens_cap() == 90000


@pytest.mark.parametrize("role", [role for role in Role if role not in confirmation.CONFIRMERS])
def test_only_directors_and_finance_confirm(role):
    with pytest.raises(NotYours):
        confirmation.confirm(row=entered(by=make.staff(Role.DIRECTOR)), by=make.staff(role), on=DAY)


@pytest.mark.parametrize("act", [confirmation.confirm, lambda **given: confirmation.send_back(reason="错", **given)])
def test_nobody_judges_what_they_entered_themselves(act):
    director = make.staff(Role.DIRECTOR)
    with pytest.raises(OwnEntry):
        act(row=entered(by=director), by=director, on=DAY)
    assert womens_cap() == 80000


def test_the_database_itself_wants_two_persons():
    row = entered()
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(standing=Standing.IN_EFFECT)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyRow.objects.filter(pk=row.pk).update(standing=Standing.IN_EFFECT, confirmed_by=row.entered_by, confirmed_on=DAY)


def test_what_was_judged_is_not_judged_again():
    row = entered()
    confirmation.confirm(row=row, by=make.staff(Role.DIRECTOR), on=DAY)
    for act in (confirmation.confirm, confirmation.take_back):
        with pytest.raises(NotWaiting):
            act(row=row, by=make.staff(Role.FINANCE), on=DAY)


def test_one_change_of_a_row_waits_at_a_time_until_it_is_taken_back():
    row = entered()
    with pytest.raises(ChangeWaits):
        entered("95000")
    with pytest.raises(NotYours):
        confirmation.take_back(row=row, by=make.staff(Role.DIRECTOR), on=DAY)
    confirmation.take_back(row=row, by=make.staff(Role.ADMINISTRATOR), on=DAY)
    confirmation.confirm(row=entered("95000"), by=make.staff(Role.DIRECTOR), on=DAY)
    assert womens_cap() == 95000


def test_two_rates_for_one_day_are_refused_when_the_second_is_confirmed():
    last = BenchmarkRate.objects.in_effect().latest("effective_from")
    twice = confirmation.enter(row=BenchmarkRate.objects.get(pk=last.pk), by=make.staff(Role.ADMINISTRATOR), on=DAY)
    with pytest.raises(DayTaken):
        confirmation.confirm(row=twice, by=make.staff(Role.FINANCE), on=DAY)
    assert BenchmarkRate.objects.waiting().get() == twice


def test_who_may_confirm_sees_what_waits_but_not_their_own():
    director = make.staff(Role.DIRECTOR)
    row = entered(by=director)
    assert confirmation.waiting_for(make.staff(Role.FINANCE)) == [row]
    assert [confirmation.waiting_for(make.staff(role)) for role in (Role.DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR)] == [[], [], []]


def test_the_history_of_a_row_tells_who_did_what():
    row = entered("900000")
    confirmation.send_back(row=row, reason="多写了一个零", by=make.staff(Role.DIRECTOR), on=DAY)
    told = [(event.by.role, words(event)) for event in history(row)]
    assert [role for role, _sentence in told] == [Role.ADMINISTRATOR, Role.DIRECTOR]
    assert "多写了一个零" in told[1][1]
