"""Services after the class: recorded, on the trainer's desk until then."""

from datetime import date
from decimal import Decimal

import pytest

from staff import desk
from staff.errors import NotYours
from staff.models import Role
from tests import make
from training import actions
from training.actions import WrongServiceDay

TODAY = date(2012, 1, 4)
ADVICE = {"kind": "appraisal", "words": "项目可行,建议先租后买。", "on": TODAY}


@pytest.fixture
def chosen(db):
    """One of the ten of 2011."""
    trainee = make.trainee()
    trainee.training_class.year, trainee.training_class.last_day = 2011, date(2011, 5, 19)
    trainee.training_class.save()
    trainee.attendance, trainee.exam, trainee.plan = Decimal(95), Decimal(90), Decimal(80)
    trainee.save()
    return trainee


def test_last_years_chosen_wait_on_the_trainers_desk_until_they_are_served(chosen, trainer):
    assert [row.who for row in desk.waiting(trainer, TODAY)] == [chosen.applicant.name]
    actions.record_follow_up(trainee=chosen, service_day=TODAY, by=trainer, **ADVICE)
    assert desk.waiting(trainer, TODAY) == []


@pytest.mark.parametrize("day", [date(2011, 5, 18), date(2012, 1, 5)])
def test_a_service_lies_between_the_class_and_today(chosen, trainer, day):
    with pytest.raises(WrongServiceDay):
        actions.record_follow_up(trainee=chosen, service_day=day, by=trainer, **ADVICE)


def test_banks_record_no_services(chosen, bank_officer):
    with pytest.raises(NotYours):
        actions.record_follow_up(trainee=chosen, service_day=TODAY, by=bank_officer, **ADVICE)


def test_the_page_records_it_and_shows_it_afterwards(chosen, trainer):
    make.office_date()
    browser = make.browser(trainer)
    address = f"/training/trainees/{chosen.pk}/follow-up/"
    answer = browser.post(address, {"kind": "guidance", "service_day": "2012-01-04", "words": "讲解贴息政策"})
    assert answer.status_code == 302
    assert "讲解贴息政策" in browser.get(address).content.decode()
    assert make.staff(Role.TRAINER).name in browser.get(address).content.decode()
