"""Builders, issuers and bookings at the same moment: real threads, real transactions, real waiting."""

import time
from datetime import date
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from repayments.half_year.actions import PeriodIssued
from repayments.half_year.foot import Foot
from repayments.half_year.issue import BookHasChanged, issue
from repayments.models import HalfYearLedger, HalfYearLine, IssuedFile
from staff.models import Role
from tests import make
from tests.repayments.half_year import made
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2012, 1, 4)


@pytest.fixture
def loan(rural):
    return made.loan(bank=made.funded(rural))


def test_two_builds_of_one_period_leave_one_whole_draft(loan):
    by = made.clerk()
    first, second = sorted(at_once(*[lambda: made.draft(by=by)] * 2), key=lambda ledger: ledger.version)
    assert (first.version, second.version) == (1, 2)
    assert HalfYearLedger.objects.get().pk == second.pk
    assert HalfYearLine.objects.get().ledger_id == second.pk and first.checksum == second.checksum


def test_a_build_shows_the_book_before_or_after_a_receipt_and_never_between(loan):
    by = made.clerk()
    draft, entry = at_once(lambda: made.draft(by=by), lambda: made.repaid(loan, date(2011, 9, 21), 3000))
    known = draft.last_entry >= entry.pk
    line, (foot,) = draft.lines.get(), map(Foot.from_data, draft.foot)
    assert (line.paid, line.closing) == ((3000, 18000) if known else (0, 21000))
    assert foot.agrees and foot.total == line.closing


def test_a_build_does_not_wait_for_a_booking_and_does_not_see_half_of_it(loan):
    by = made.clerk()
    with transaction.atomic():
        entry = made.repaid(loan, date(2011, 9, 21), 3000)
        (draft,) = at_once(lambda: made.draft(by=by))
    assert draft.lines.get().closing == 21000 and draft.last_entry < entry.pk
    with pytest.raises(BookHasChanged, match=loan.iou_number):
        issue(ledger=draft, by=make.staff(Role.DIRECTOR), on=ON)


def test_two_directors_issue_and_one_is_told_who_was_first(loan):
    draft, people = made.draft(), [make.user(Role.DIRECTOR, name) for name in ("陈建国", "刘振东")]
    answers = at_once(*[lambda by=by: issue(ledger=draft, by=by, on=ON) for by in people])
    (refused,) = [answer for answer in answers if isinstance(answer, Exception)]
    kept = HalfYearLedger.objects.get()
    assert (kept.number, kept.issued_by) == ("双担台〔2012〕1号", people[answers.index(kept)])
    assert isinstance(refused, PeriodIssued) and str(refused) == "2011-H2台账已签发（双担台〔2012〕1号）；此后的更正计入下一期台账。"
    assert IssuedFile.objects.count() == 4


def test_an_issue_waits_for_a_booking_under_way_and_is_then_refused(loan):
    draft, by, answers = made.draft(), make.staff(Role.DIRECTOR), []
    with transaction.atomic():
        made.repaid(loan, date(2011, 9, 21), 3000)
        issuing = Thread(target=lambda: answers.extend(at_once(lambda: issue(ledger=draft, by=by, on=ON))) or connections.close_all())
        issuing.start()
        until_somebody_waits()
        assert answers == []
    issuing.join(60)
    (refused,) = answers
    assert isinstance(refused, BookHasChanged) and loan.iou_number in str(refused)
    assert not IssuedFile.objects.exists() and HalfYearLedger.objects.get().issued_on is None


def until_somebody_waits():
    """Until another connection waits for a lock of ours."""
    until = time.monotonic() + 55
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits")
