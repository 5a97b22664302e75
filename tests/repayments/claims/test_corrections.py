"""What becomes known after a claim is approved enters the next one, with the entries behind it; the approved one stays as it was."""

from datetime import date
from decimal import Decimal as D

import pytest

from repayments.claims.queries import four_of, with_paid
from repayments.models import Entry, Schedule
from tests.repayments.claims import made
from tests.repayments.half_year import made as book

pytestmark = pytest.mark.django_db
Q4_DUE = D("273.00")  # 12,000 at 9 % for 91 days


def corrections(claim):
    return [(line.of_quarter, line.iou, line.before, line.due, line.entries) for line in claim.lines.exclude(of_quarter=claim.quarter)]


def test_without_corrections_the_next_claim_holds_its_own_quarter_only():
    book.loan()
    made.approved(made.claim())
    claim = made.claim(Q4_DUE, quarter=made.Q4)
    assert corrections(claim) == [] and claim.lines.get().due == Q4_DUE


def test_a_receipt_booked_late_takes_off_in_the_next_claim():
    loan = book.loan()
    first = made.approved(made.claim())
    late = book.repaid(loan, date(2011, 8, 1), "10000")  # from then on 11,000 instead of 15,000 for 51 days
    claim = made.claim("250.25", quarter=made.Q4)  # 11,000 for 91 days
    assert corrections(claim) == [("2011-Q3", loan.iou_number, D("345.00"), D("-51.00"), [late.pk])]
    assert first.lines.get().due == D("345.00")
    claim = made.approved(claim)
    assert four_of(claim, with_paid(claim.lines.all())).approved == D("199.25")
    made.paid(claim, "199.25")


def test_a_correction_is_taken_up_once():
    loan = book.loan()
    made.approved(made.claim())
    book.repaid(loan, date(2011, 8, 1), "10000")
    made.approved(made.claim("250.25", quarter=made.Q4))
    third = made.claim("0", quarter=made.Q4.next, on=date(2012, 3, 21))
    assert corrections(third) == []


def test_a_reversed_receipt_gives_back_what_it_took():
    loan = book.loan()
    early = book.repaid(loan, date(2011, 8, 1), "10000")
    made.approved(made.claim("294.00"))
    undone = book.reversed_(early)
    claim = made.claim(Q4_DUE, quarter=made.Q4)
    assert corrections(claim) == [("2011-Q3", loan.iou_number, D("294.00"), D("51.00"), [undone.pk])]


def test_a_loan_nobody_knew_of_is_taken_up_with_its_entry():
    made.approved(made.claim("0"))
    loan = book.loan()
    disbursed = Entry.objects.get(lines__loan=loan, kind="disbursement", lines__account="principal")
    assert corrections(made.claim(Q4_DUE, quarter=made.Q4)) == [("2011-Q3", loan.iou_number, D(0), D("345.00"), [disbursed.pk])]


def test_a_longer_schedule_never_raises_the_subsidy():
    loan = book.loan()
    made.approved(made.claim())
    first = loan.schedules.get()
    kept = Schedule.objects.create(
        loan=loan, version=2, in_force_from=date(2011, 7, 1), form=loan.form, rate=loan.rate, made_on=date(2011, 7, 1), made_by=first.made_by
    )
    kept.instalments.create(sequence=1, due=date(2013, 7, 5), principal=D(21000), interest=D(0), balance_after=D(0))
    claim = made.claim(Q4_DUE, quarter=made.Q4)
    assert corrections(claim) == [] and claim.lines.get().due == Q4_DUE


def test_a_first_plan_that_was_cancelled_does_not_count():
    loan = book.loan()
    first = loan.schedules.get()
    Schedule.objects.filter(pk=first.pk).update(cancelled_on=date(2011, 1, 1), cancelled_by=first.made_by)
    kept = Schedule.objects.create(
        loan=loan, version=2, in_force_from=date(2010, 7, 5), form=loan.form, rate=loan.rate, made_on=date(2011, 1, 1), made_by=first.made_by
    )
    kept.instalments.create(sequence=1, due=date(2012, 7, 5), principal=D(21000), interest=D(0), balance_after=D(0))
    assert made.claim("0").lines.get().due == D("483.00")  # 21,000 for 92 days


def test_what_corrections_take_off_is_set_against_the_payment_first():
    paid_up, other = book.loan(), book.loan()
    made.approved(made.claim("690.00"))
    book.repaid(paid_up, date(2011, 6, 21), "21000")
    claim = made.approved(made.claim(Q4_DUE, quarter=made.Q4))
    payment = made.paid(claim, D("-72.00"))  # 345.00 too much paid before, 273.00 due now: the bank pays back
    assert {part.line.iou: part.amount for part in payment.lines.all()} == {paid_up.iou_number: D("-345.00"), other.iou_number: Q4_DUE}
