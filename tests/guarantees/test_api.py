"""The API of a promised case: a bank's system reads what waits for it and confirms what it has paid out."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from guarantees import actions, queries
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import State
from repayments.models import Entry
from staff.models import Role
from tests import make
from tests.make import TODAY as DAY
from tests.threads import at_once

pytestmark = pytest.mark.django_db

PENDING = "/api/pending-confirmations/"
SLIP = {"iou_number": "NJ201200001", "disbursed_on": "2012-01-04", "amount": "50000.00"}


@pytest.fixture(autouse=True)
def office():
    make.office_date()


@pytest.fixture
def contracted():
    return make.case_at(State.CONTRACTED)


def confirm(loan, by=None, **changes):
    """What the API answers to this confirmation of the bank's system."""
    caller = make.browser(by or make.clerk(loan))
    return caller.post(f"/api/cases/{loan.number}/confirm-disbursement/", SLIP | changes, content_type="application/json")


def problem(answer, status, kind):
    """The body of a refusal, once it is one."""
    body = answer.json()
    assert (answer.status_code, body["status"], body["type"]) == (status, status, kind)
    assert answer["Content-Type"] == "application/problem+json" and body["title"] and body["detail"]
    return body


# --- What waits ----------------------------------------------------------------------------------------------------------------
def test_a_bank_reads_what_waits_for_it_and_nothing_of_another_bank(contracted):
    promised, elsewhere = make.case_at(State.PROMISED), make.case_at(State.CONTRACTED, bank=make.bank("邮政储蓄银行", "邮储"))
    make.case_at(State.LIVE)
    mine = make.browser(make.clerk(contracted)).get(PENDING).json()
    assert [(row["case_number"], row["state"]) for row in mine] == [(contracted.number, "contracted"), (promised.number, "promised")]
    assert mine[0]["amount"] == "50000.00" and mine[0]["rate"] == "9.6500" and mine[0]["valid_until"] == contracted.promise.valid_until.isoformat()
    assert mine[1]["contract_number"] is None
    theirs = make.browser(make.clerk(elsewhere)).get(PENDING).json()
    assert [row["case_number"] for row in theirs] == [elsewhere.number]


def test_identity_numbers_stay_masked(contracted):
    [row] = make.browser(make.clerk(contracted)).get(PENDING).json()
    assert row["identity_number"] == contracted.applicant.masked_number != contracted.applicant.identity_number


# --- Confirming ----------------------------------------------------------------------------------------------------------------
def test_confirming_does_what_the_page_does(contracted):
    answer = confirm(contracted)
    body = answer.json()
    assert answer.status_code == 201 and body["state"] == "live" and body["amount"] == "50000.00" and body["maturity"] == "2014-01-04"
    assert body["schedule"][0] == {"seq": 1, "due": "2012-03-21", "principal": "0.00", "interest": "1032.01", "balance_after": "50000.00"}
    assert sum(D(row["principal"]) for row in body["schedule"]) == 50000
    contracted.refresh_from_db()
    assert (contracted.state, contracted.disbursed_on, contracted.disbursed_by) == (State.LIVE, DAY, make.clerk(contracted))
    assert Entry.objects.get(reference="NJ201200001").booked_by == make.clerk(contracted)
    fund = queries.position(contracted.bank, on=DAY)
    assert (fund.used, fund.reserved) == (50000, 0)


def test_the_same_confirmation_again_changes_nothing(contracted):
    first, again = confirm(contracted), confirm(contracted)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert Entry.objects.filter(kind=Entry.Kind.DISBURSEMENT).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "49999.00", "difference_reason": "借款人自愿"},
        {"iou_number": "NJ201200002"},
        {"disbursed_on": "2012-01-03"},
        {"difference_reason": "借款人自愿"},
    ],
)
def test_another_confirmation_of_the_same_case_is_refused(contracted, changes):
    confirm(contracted)
    body = problem(confirm(contracted, **changes), 409, "urn:yidai:ReportedOtherwise")
    assert contracted.number in body["detail"] and "50,000.00" in body["detail"]


def test_a_refusal_names_the_rule_in_the_users_language(contracted):
    body = problem(confirm(contracted, amount="50000.01"), 409, "urn:yidai:LentMoreThanPromised")
    assert "50,000.00" in body["detail"]
    assert problem(confirm(make.case_at(State.PROMISED)), 409, "urn:yidai:NotAllowedFromHere")["title"] == "目前这一步不能这样办"


def test_an_agreed_schedule_is_given_with_its_rows():
    loan = make.case_at(State.CONTRACTED, form=Form.CUSTOM)
    problem(confirm(loan), 409, "urn:yidai:GivenRowsRefused")
    rows = [{"due": "2012-07-04", "principal": "20000.00"}, {"due": "2013-01-04", "principal": "30000.00", "interest": "1500.00"}]
    first, again = confirm(loan, agreed_rows=rows), confirm(loan, agreed_rows=rows)
    assert (first.status_code, again.status_code) == (201, 200)
    assert [(row["due"], row["principal"], row["interest"]) for row in first.json()["schedule"]] == [
        ("2012-07-04", "20000.00", "2439.31"),
        ("2013-01-04", "30000.00", "1500.00"),
    ]
    rows[0]["interest"] = "1.00"
    problem(confirm(loan, agreed_rows=rows), 409, "urn:yidai:ReportedOtherwise")


def test_mistakes_in_a_request_are_told_all_at_once_with_their_places(contracted):
    rows = [{"due": "2012-07-04", "principal": "20000.00"}, {"due": "next year", "principal": "1"}]
    body = problem(confirm(contracted, amount=50000, iou_number="", agreed_rows=rows), 400, "urn:yidai:InvalidRequest")
    assert {mistake["pointer"] for mistake in body["errors"]} == {"#/amount", "#/iou_number", "#/agreed_rows/1/due", "#/agreed_rows/1/principal"}
    assert {"pointer": "#/amount", "detail": "金额须写成带两位小数的文本，如“5000.00”。"} in body["errors"]
    contracted.refresh_from_db()
    assert contracted.state == State.CONTRACTED


@pytest.mark.parametrize("amount", [50000, 50000.0, "50000", "50000.0", "5e4", "-50000.00", "50,000.00", "\uff150000.00", "NaN", None, True, []])
def test_amounts_are_text_with_two_decimals(contracted, amount):
    assert [m["pointer"] for m in problem(confirm(contracted, amount=amount), 400, "urn:yidai:InvalidRequest")["errors"]] == ["#/amount"]


# --- Who -----------------------------------------------------------------------------------------------------------------------
def test_another_banks_case_is_not_found(contracted):
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    problem(confirm(contracted, by=stranger), 404, "about:blank")
    assert Loan.objects.get().state == State.CONTRACTED


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BANK])
def test_nobody_else_confirms_or_reads_for_a_bank(contracted, role):
    problem(confirm(contracted, by=make.user(role)), 403, "about:blank")
    problem(make.browser(make.user(role)).get(PENDING), 403, "about:blank")


def test_a_stranger_gets_nothing(contracted):
    for answer in (make.browser().get(PENDING), make.browser().post(f"/api/cases/{contracted.number}/confirm-disbursement/", SLIP)):
        problem(answer, 403, "about:blank")
    assert make.browser().get("/api/").status_code == make.browser().get("/api/schema/").status_code == 302


def test_a_session_alone_is_not_enough_to_write(contracted):
    caller = make.sign_in(APIClient(enforce_csrf_checks=True), make.clerk(contracted))
    problem(caller.post(f"/api/cases/{contracted.number}/confirm-disbursement/", SLIP, format="json"), 403, "about:blank")


@pytest.mark.parametrize(("method", "content", "status"), [("get", "application/json", 405), ("post", "application/x-www-form-urlencoded", 415)])
def test_only_json_posts_are_taken(contracted, method, content, status):
    caller = make.browser(make.clerk(contracted))
    answer = getattr(caller, method)(f"/api/cases/{contracted.number}/confirm-disbursement/", content_type=content)
    problem(answer, status, "about:blank")


# --- Twice at once ---------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_identical_confirmations_at_once_are_one(contracted):
    answers = at_once(*[lambda: confirm(contracted)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json() == answers[1].json()
    assert Entry.objects.filter(kind=Entry.Kind.DISBURSEMENT).count() == 1


# --- The description ---------------------------------------------------------------------------------------------------------------
def test_the_description_is_valid_and_complete(tmp_path):
    call_command("spectacular", file=str(tmp_path / "api.yml"), validate=True, fail_on_warn=True)
    told = (tmp_path / "api.yml").read_text(encoding="utf-8")
    for operation in ("pending_confirmations", "confirm_disbursement", "report_repayment"):
        assert f"operationId: {operation}" in told
    assert told.count("application/problem+json") == 9


@pytest.mark.parametrize("role", [Role.BANK, Role.ADMINISTRATOR, Role.AUDITOR])
def test_its_page_holds_no_inline_script_and_asks_no_other_host(role):
    browser = make.browser(make.user(role))
    page, schema = browser.get("/api/"), browser.get("/api/schema/")
    assert page.status_code == schema.status_code == 200
    text = page.content.decode()
    assert text.count("<script") == text.count("<script src=") and "https://" not in text
    script = browser.get("/api/?script=")
    assert script["Content-Type"].startswith("application/javascript") and '"validatorUrl": null' in script.content.decode()


def test_the_description_speaks_the_users_language():
    person = make.user(Role.BANK)
    assert "确认放款" in make.browser(person).get("/api/schema/").content.decode()
    person.language = "en"
    person.save()
    told = make.browser(person).get("/api/schema/").content.decode()
    assert "Confirm the disbursement" in told and not any("\u4e00" <= sign <= "\u9fff" for sign in told)


def test_dates_before_the_contract_are_refused_as_on_the_page(contracted):
    make.office_date(date(2012, 1, 10))
    problem(confirm(contracted, disbursed_on="2012-01-03"), 409, "urn:yidai:DayRefused")


def test_a_confirmation_repeated_by_the_banks_system_does_not_undo_the_undoing(contracted):
    confirm(contracted)
    undone = actions.undo_disbursement(loan=contracted, reason="录错", by=make.clerk(contracted), on=DAY)
    assert "NJ201200001" in problem(confirm(contracted), 409, "urn:yidai:AlreadyReversed")["detail"]
    assert (Loan.objects.get().state, undone.state) == (State.CONTRACTED, State.CONTRACTED)
    right = confirm(contracted, amount="42000.00", difference_reason="实际放款")
    assert (right.status_code, right.json()["amount"], len(right.json()["schedule"]) > 1) == (201, "42000.00", True)
