"""Three people sign a compensation, two a write-off: whoever signs for another stands there with both names, and never twice."""

import pytest

from guarantees import actions, compensation_part
from guarantees.models import DemandSignature
from loans import acts
from loans.states import State
from staff import actions as staff_actions
from staff.delegations import acting
from staff.errors import NotYours
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db
LATE = make.OVERDUE


def for_the_director(delegate, *, on=LATE):
    """This person with the director's written authority."""
    director, document = make.staff(Role.DIRECTOR), f"双授〔2014〕{delegate.pk}号"
    given = staff_actions.delegate_signature(holder=director, delegate=delegate, first_day=on, last_day=on, document=document, by=director, on=on)
    return acting(delegate, given)


def signs(loan, by):
    return actions.sign_compensation(loan=loan, words="同意代偿。", by=by, on=LATE)


def test_a_delegate_does_not_sign_a_second_time_and_the_signature_shows_both_names():
    make.fund()
    loan = make.case_at(State.LIVE)
    make.checked(loan)
    reviewer, officer = make.staff(Role.REVIEWER), make.user(Role.LOAN_OFFICER, "高兰")
    signs(loan, reviewer)
    signs(loan, make.staff(Role.FINANCE))

    second_hat = for_the_director(reviewer)
    with pytest.raises(NotYours, match="须为不同的人"):
        signs(loan, second_hat)
    assert not acts.allowed("sign_compensation", loan=loan, by=second_hat)
    assert [row.act for row in compensation_part.waiting(second_hat, LATE)] == []
    assert len(compensation_part.waiting(make.staff(Role.DIRECTOR), LATE)) == 1

    signs(loan, for_the_director(officer))
    signature = DemandSignature.objects.get(part="director")
    assert signature.name == f"高兰 代 {make.NAMES[Role.DIRECTOR]}签，授权书双授〔2014〕{officer.pk}号"
    make.office_date(LATE)
    assert signature.name in make.browser(reviewer).get(f"/cases/{loan.number}/").content.decode()

    actions.pay_compensation(loan=loan, day=LATE, document="双财代〔2014〕1号", by=make.staff(Role.FINANCE), on=LATE)
    make.write_off_proposed(loan, by=officer)
    actions.sign_write_off(loan=loan, words="同意核销。", by=make.staff(Role.FINANCE), on=LATE)
    with pytest.raises(NotYours):  # the one who proposed it does not decide on it
        actions.sign_write_off(loan=loan, words="同意核销。", by=acting(officer, signature.delegation), on=LATE)
