"""A contract or IOU number was entered wrongly: the bank names the right one, the office confirms it, and the case is found by both."""

import pytest

from loans import actions
from loans.models import CorrectedNumber, Loan
from loans.states import State
from repayments import ledger
from staff import desk, search
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.book import printed

pytestmark = pytest.mark.django_db

RIGHT = "NJ201299999"


@pytest.fixture
def loan():
    make.office_date()
    return make.case_at(State.LIVE)


def asked(loan, page, data, role=Role.BANK):
    who = make.clerk(loan) if role == Role.BANK else make.staff(role)
    return make.browser(who).post(f"/cases/{loan.number}/{page}/", data)


def lines(user, text):
    return [found.line for found in search.found(user, text)]


def test_from_the_banks_desk_to_the_search_box(loan):
    was, said = loan.iou_number, {"which": "iou", "now": f" {RIGHT} ", "reason": "录入时看错一位"}
    shown = asked(loan, "correct-number", said).content.decode()
    assert was in shown and f"<b>{RIGHT}</b>" in shown and not CorrectedNumber.objects.exists()
    seal = shown.split('name="shown" value="')[1].split('"')[0]
    assert asked(loan, "correct-number", said | {"shown": seal}).status_code == 302
    reviewer = make.staff(Role.REVIEWER)
    assert [(row.act, row.circumstances) for row in desk.waiting(reviewer, make.TODAY)] == [("确认更正号码", f"借据号 {was} → {RIGHT}")]
    assert Loan.objects.get().iou_number == was  # one person alone changes nothing
    page = make.browser(reviewer).get(f"/cases/{loan.number}/confirm-number/").content.decode()
    assert "录入时看错一位" in page and RIGHT in page
    asked(loan, "confirm-number", {"which": "iou"}, Role.REVIEWER)
    assert Loan.objects.get().iou_number == RIGHT
    assert lines(reviewer, was)[0].endswith(f"{RIGHT} · 原号码{was}")
    assert was not in lines(reviewer, RIGHT)[0]
    case = make.browser(make.staff(Role.AUDITOR)).get(f"/cases/{loan.number}/").content.decode()
    assert f"更正借据号：{was} → {RIGHT}（录入时看错一位）" in case and "李志强于2012-01-04确认" in case
    assert loan.number in make.browser(reviewer).get(f"/loans/?q={was}").content.decode()
    assert printed(loan).split()[1] == was and ledger.outstanding(loan) == 50000  # the book stays as it was written


def test_what_another_case_bears_is_refused_also_where_it_came_in_between(loan):
    other = make.case_at(State.LIVE)
    with pytest.raises(actions.NumberTaken):
        make.misnumbered(loan, other.iou_number)
    with pytest.raises(actions.NothingToCorrect):
        make.misnumbered(loan, loan.contract_number, which="contract")
    make.misnumbered(loan)
    with pytest.raises(actions.CorrectionWaits):
        make.misnumbered(loan, "NJ201299998")
    make.disbursed(make.case_at(State.CONTRACTED), iou_number=RIGHT)
    with pytest.raises(actions.NumberTaken):
        actions.confirm_correction(loan=loan, which="iou", by=make.staff(Role.REVIEWER), on=make.TODAY)
    assert "农村信用合作联社" in asked(loan, "confirm-number", {"which": "iou"}, Role.REVIEWER).content.decode()
    actions.refuse_correction(loan=loan, which="iou", reason="已用于他户", by=make.staff(Role.REVIEWER), on=make.TODAY)
    assert Loan.objects.get(pk=loan.pk).iou_number == loan.iou_number
    with pytest.raises(NotAllowedFromHere):
        actions.confirm_correction(loan=loan, which="iou", by=make.staff(Role.REVIEWER), on=make.TODAY)


def test_it_stands_under_more_behind_what_is_done_every_day(loan):
    acts = make.browser(make.clerk(loan)).get(f"/cases/{loan.number}/").context
    assert [button.url for button in acts["beside"]] == [f"/cases/{loan.number}/receive/"]
    assert f"/cases/{loan.number}/correct-number/" in [button.url for button in acts["more"]]


def test_who_may(loan):
    with pytest.raises(NotYours):
        actions.ask_correction(loan=loan, which="iou", now=RIGHT, reason="x", by=make.staff(Role.REVIEWER), on=make.TODAY)
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    with pytest.raises(NotYours):
        actions.ask_correction(loan=loan, which="iou", now=RIGHT, reason="x", by=stranger, on=make.TODAY)
    make.misnumbered(loan)
    with pytest.raises(NotYours):
        actions.confirm_correction(loan=loan, which="iou", by=make.clerk(loan), on=make.TODAY)
    with pytest.raises(actions.ReasonMissing):
        actions.refuse_correction(loan=loan, which="iou", reason=" ", by=make.staff(Role.REVIEWER), on=make.TODAY)


def test_a_contract_number_before_the_money_and_a_number_that_went(loan):
    signed = make.case_at(State.CONTRACTED)
    was = signed.contract_number
    make.renumbered(signed, "NXD2012-9999", which="contract")
    assert Loan.objects.get(pk=signed.pk).contract_number == "NXD2012-9999"
    assert lines(make.staff(Role.REVIEWER), was)
    make.misnumbered(loan)
    Loan.objects.filter(pk=loan.pk).update(iou_number="NJ201200099")  # as if the disbursement had been undone and confirmed again
    with pytest.raises(actions.NothingToCorrect):
        actions.confirm_correction(loan=loan, which="iou", by=make.staff(Role.REVIEWER), on=make.TODAY)


def test_a_banks_report_finds_the_loan_by_its_old_number(loan):
    was = loan.iou_number
    make.renumbered(loan)
    report = {"reference": "LS1", "value_date": "2012-01-04", "principal": "100.00", "interest": "0.00"}
    answer = make.browser(make.clerk(loan)).post(f"/api/loans/{was}/report-repayment/", report, content_type="application/json")
    assert (answer.status_code, answer.json()["iou_number"], answer.json()["outstanding"]) == (201, RIGHT, "49900.00")
