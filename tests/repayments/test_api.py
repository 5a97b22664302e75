"""The API of a live loan: a bank's system reports repayments, each booked once however often it is sent."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.states import State
from repayments import actions, ledger
from repayments.models import Entry
from staff.models import Role
from tests import make
from tests.guarantees.test_api import problem
from tests.threads import at_once

pytestmark = pytest.mark.django_db

DUE = date(2012, 3, 21)
SLIP = {"reference": "LS000001", "value_date": "2012-03-21", "principal": "5000.00", "interest": "1032.01"}


@pytest.fixture
def live():
    loan = make.case_at(State.LIVE)
    make.office_date(DUE)
    return loan


def report(loan, by=None, **changes):
    """What the API answers to this report of the bank's system."""
    caller = make.browser(by or make.clerk(loan))
    return caller.post(f"/api/loans/{loan.iou_number}/report-repayment/", SLIP | changes, content_type="application/json")


def undo(loan, reference):
    actions.reverse_receipt(entry=Entry.objects.get(reference=reference), reason="金额录错。", by=make.clerk(loan), on=DUE)


def test_reporting_does_what_the_page_does(live):
    answer = report(live)
    entry = Entry.objects.get(reference="LS000001")
    assert answer.status_code == 201
    assert answer.json() == {
        "entry": entry.pk,
        "reference": "LS000001",
        "case_number": live.number,
        "iou_number": live.iou_number,
        "value_date": "2012-03-21",
        "booked_on": "2012-03-21",
        "principal": "5000.00",
        "interest": "1032.01",
        "penalty": "0.00",
        "overpaid": "0.00",
        "outstanding": "45000.00",
        "state": "live",
    }
    assert (entry.bank, entry.booked_by, ledger.outstanding(live)) == (live.bank, make.clerk(live), D("45000.00"))


def test_the_same_report_again_answers_the_same_entry(live):
    first, again = report(live), report(live, principal="5000.00", overpaid="0.00")
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert ledger.outstanding(live) == 45000


def test_the_same_report_again_finds_the_loan_settled(live):
    last = {"principal": "50000.00", "overpaid": "100.00"}
    first, again = report(live, **last), report(live, **last)
    assert (first.status_code, again.status_code, again.json()["state"], again.json()["overpaid"]) == (201, 200, "settled", "100.00")
    assert first.json() == again.json()


@pytest.mark.parametrize(
    "changes", [{"principal": "5000.01"}, {"interest": "0.00"}, {"value_date": "2012-03-20"}, {"principal": "50000.00", "overpaid": "1.00"}]
)
def test_another_report_under_the_same_reference_is_refused(live, changes):
    report(live)
    problem(report(live, **changes), 409, "urn:yidai:ReportedOtherwise")
    assert ledger.outstanding(live) == 45000


def test_a_reference_belongs_to_one_loan(live):
    other = make.case_at(State.LIVE)
    report(live)
    problem(report(other), 409, "urn:yidai:ReportedOtherwise")
    problem(report(other, reference=live.iou_number), 409, "urn:yidai:ReportedOtherwise")
    assert ledger.outstanding(other) == 50000


def test_two_banks_may_use_the_same_reference(live):
    other = make.case_at(State.LIVE, bank=make.bank("邮政储蓄银行", "邮储"))
    assert (report(live).status_code, report(other).status_code) == (201, 201)


def test_after_a_reversal_a_corrected_report_may_follow_under_the_same_reference(live):
    report(live)
    undo(live, "LS000001")
    first, again = report(live, principal="4000.00"), report(live, principal="4000.00")
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert first.json()["reference"] == "LS000001/2" and ledger.outstanding(live) == 46000
    problem(report(live), 409, "urn:yidai:AlreadyReversed")


def test_repeating_a_report_does_not_undo_its_reversal(live):
    report(live)
    undo(live, "LS000001")
    problem(report(live), 409, "urn:yidai:AlreadyReversed")
    report(live, principal="4000.00")
    undo(live, "LS000001/2")
    problem(report(live, principal="4000.00"), 409, "urn:yidai:AlreadyReversed")
    assert ledger.outstanding(live) == 50000


def test_more_than_is_owed_is_refused_by_its_rule(live):
    body = problem(report(live, principal="50000.01"), 409, "urn:yidai:RepaidMoreThanOwed")
    assert live.number in body["detail"] and "50,000.01" in body["detail"]
    assert not Entry.objects.filter(reference="LS000001").exists()


def test_an_iou_number_may_hold_a_stroke():
    loan = make.disbursed(make.case_at(State.CONTRACTED), iou_number="NJ/2012/1")
    make.office_date(DUE)
    assert report(loan).status_code == 201


def test_mistakes_are_named_by_field(live):
    body = problem(report(live, reference="", value_date="21/03/2012", principal=5000), 400, "urn:yidai:InvalidRequest")
    assert {mistake["pointer"] for mistake in body["errors"]} == {"#/reference", "#/value_date", "#/principal"}


def test_a_body_that_is_no_json_object_is_refused(live):
    caller, address = make.browser(make.clerk(live)), f"/api/loans/{live.iou_number}/report-repayment/"
    problem(caller.post(address, "[]", content_type="application/json"), 400, "urn:yidai:InvalidRequest")
    problem(caller.post(address, "{", content_type="application/json"), 400, "about:blank")


def test_another_banks_loan_is_not_found(live):
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    problem(report(live, by=stranger), 404, "about:blank")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BANK])
def test_nobody_else_reports_for_a_bank(live, role):
    problem(report(live, by=make.user(role)), 403, "about:blank")


def test_a_stranger_reports_nothing(live):
    problem(make.browser().post(f"/api/loans/{live.iou_number}/report-repayment/", SLIP, content_type="application/json"), 403, "about:blank")
    assert ledger.outstanding(live) == 50000


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("principal", ["5000.00", "50000.00"])
def test_two_identical_reports_at_once_are_booked_once(live, principal):
    clerk = make.clerk(live)
    answers = at_once(*[lambda: report(live, by=clerk, principal=principal)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json() == answers[1].json()
    assert ledger.outstanding(live) == 50000 - D(principal)
