"""The pages from approval to the last repayment: what they propose, what they show, whom they let in."""

from datetime import date
from decimal import Decimal

import pytest

from guarantees.compensation import required
from guarantees.models import Demand, Promise, RequiredPaper
from loans.models import Loan
from loans.states import State
from repayments import ledger
from repayments.models import Entry, Visit
from staff.models import Role
from tests import make

TODAY = make.TODAY


@pytest.fixture(autouse=True)
def _the_first_morning(db):
    make.office_date()


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_director_approves_beside_the_room_before_and_after():
    loan = make.case_at(State.CONFIRMED)
    make.fund("20000", bank=loan.bank)
    browser = make.browser(make.staff(Role.DIRECTOR))
    shown = page(browser, f"/cases/{loan.number}/approve/")
    assert "100,000.00" in shown
    assert "− 50,000.00" in shown
    answer = browser.post(f"/cases/{loan.number}/approve/", {"amount": "50,000.00", "term": "24", "remark": "同意"})
    assert answer.status_code == 302
    assert Promise.objects.get(loan=loan).amount == Decimal(50000)


def test_a_promise_above_the_room_is_refused_on_the_page_and_nothing_changes():
    loan = make.case_at(State.CONFIRMED)
    make.fund("9000", bank=loan.bank)
    answer = make.browser(make.staff(Role.DIRECTOR)).post(f"/cases/{loan.number}/approve/", {"amount": "50000", "term": "24"})
    assert answer.status_code == 200
    assert "45,000.00" in answer.content.decode()
    assert not Promise.objects.exists()


def test_the_bank_signs_pays_out_and_reports_with_what_is_proposed():
    loan = make.case_at(State.PROMISED)
    browser = make.browser(make.clerk(loan))
    for act in ("contract", "disbursement", "receive"):
        form = browser.get(f"/cases/{loan.number}/{act}/").context["form"]
        proposed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        said = {name: value for name, value in proposed.items() if value not in (None, "")} | ({"reference": "LS1"} if act == "receive" else {})
        answer = browser.post(f"/cases/{loan.number}/{act}/", said)
        assert answer.status_code == 302, answer.context["form"].errors
    loan.refresh_from_db()
    assert (loan.state, loan.rate) == (State.LIVE, Decimal("9.65"))
    assert Entry.objects.filter(kind=Entry.Kind.RECEIPT, lines__loan=loan).exists()


def test_less_than_promised_needs_its_reason_on_the_page():
    loan = make.case_at(State.CONTRACTED)
    slip = {"day": "2012-01-04", "amount": "40000", "iou_number": "NJ201200009"}
    browser = make.browser(make.clerk(loan))
    assert "请说明原因" in browser.post(f"/cases/{loan.number}/disbursement/", slip).content.decode()
    said = slip | {"difference_reason": "借款人只需四万元"}
    seen = browser.post(f"/cases/{loan.number}/disbursement/", said)
    assert "立即释放10,000.00元" in seen.content.decode() and Loan.objects.get().state == State.CONTRACTED
    assert [(before - after) for _label, before, after in seen.context["shown"]["rows"]] == [-40000, 50000, -10000]
    more = browser.post(f"/cases/{loan.number}/disbursement/", said | {"amount": "50000.01"})
    assert "银行放款不得超过承诺" in more.content.decode()
    assert browser.post(f"/cases/{loan.number}/disbursement/", said | {"shown": seen.context["seal"]}).status_code == 302


def test_another_bank_finds_nothing(postal_officer):
    loan = make.case_at(State.CONTRACTED)
    make.fund("10000", bank=postal_officer.bank)
    browser = make.browser(postal_officer)
    assert browser.get(f"/cases/{loan.number}/disbursement/").status_code == 404
    assert loan.number not in page(browser, "/bank/")
    assert loan.bank.name not in page(browser, "/fund/")


def test_the_banks_desk_shows_what_waits_falls_due_and_is_late():
    loan = make.case_at(State.LIVE)
    make.office_date(date(2012, 10, 8))
    shown = page(make.browser(make.clerk(loan)), "/bank/")
    assert "逾期" in shown
    assert loan.iou_number in shown


def test_a_receipt_is_reversed_by_a_counter_entry_and_both_stay_in_sight():
    loan = make.case_at(State.LIVE, on=date(2011, 7, 11))
    entry = make.repaid(loan, "1000", on=TODAY)
    browser = make.browser(make.clerk(loan))
    assert browser.post(f"/cases/{loan.number}/entries/{entry.pk}/reverse/", {"reason": "记错户"}).status_code == 302
    assert ledger.outstanding(loan) == loan.principal
    assert f"{entry.reference}/reversed" in page(browser, f"/cases/{loan.number}/")


def test_an_overpayment_is_refunded_from_the_page():
    loan = make.case_at(State.LIVE, on=date(2011, 7, 11))
    make.repaid(loan, loan.principal, on=TODAY, overpaid="12.34")
    browser = make.browser(make.clerk(loan))
    slip = {"value_date": "2012-01-04", "amount": "12.34", "reference": "TK1"}
    seen = browser.post(f"/cases/{loan.number}/refund/", slip)
    assert browser.post(f"/cases/{loan.number}/refund/", slip | {"shown": seen.context["seal"]}).status_code == 302
    assert "12.34" not in page(browser, f"/cases/{loan.number}/refund/").split("<form")[0]


def test_a_demand_goes_from_desk_to_desk_until_it_is_paid():
    loan = make.case_at(State.LIVE)
    make.office_date(make.OVERDUE)
    clerk, officer = make.browser(make.clerk(loan)), make.browser(loan.officer)
    ticked = {f"brought_{kind}": "on" for kind in required(RequiredPaper.For.DEMAND, on=make.OVERDUE)}
    said = {"principal": "50000", "interest": "0", "reason": "多次催收未果"} | ticked
    assert clerk.post(f"/cases/{loan.number}/demand/", said).status_code == 302
    assert "核对材料" in page(officer, "/")
    found = {f"verdict_{paper.kind}": "good" for paper in Demand.objects.get().papers.all()}
    assert officer.post(f"/cases/{loan.number}/demand/check/", found).status_code == 302
    for role in (Role.REVIEWER, Role.FINANCE, Role.DIRECTOR):
        signer = make.browser(make.staff(role))
        assert "签批代偿" in page(signer, "/")
        assert signer.post(f"/cases/{loan.number}/demand/sign/", {"words": "同意代偿。"}).status_code == 302
    finance = make.browser(make.staff(Role.FINANCE))
    assert "支付代偿款" in page(finance, "/")
    assert "分担" in page(finance, f"/cases/{loan.number}/demand/pay/")
    assert finance.post(f"/cases/{loan.number}/demand/pay/", {"day": f"{make.OVERDUE}", "document": "双财代〔2014〕1号"}).status_code == 302
    case = page(finance, f"/cases/{loan.number}/")
    assert "已代偿" in case and "双财代〔2014〕1号" in case and "登记追偿" in case


def test_finance_pays_in_and_cannot_take_away_what_the_fund_stands_on():
    loan = make.case_at(State.PROMISED)
    account = loan.bank.fund_account
    browser = make.browser(make.staff(Role.FINANCE))
    said = {"account": account.pk, "amount": "1000", "document": "双财〔2012〕9号", "value_date": "2012-01-04"}
    assert browser.post("/fund/pay-in/", said).status_code == 302
    assert "双财〔2012〕9号" in page(browser, "/fund/")
    refused = browser.post("/fund/withdrawal/", said | {"amount": "195000", "document": "双财〔2012〕10号"})
    assert refused.status_code == 200
    assert "191,000.00" in refused.content.decode()


def test_a_business_not_visited_for_a_quarter_is_visited_from_the_list():
    loan = make.case_at(State.LIVE, on=date(2011, 7, 11))
    officer = loan.officer
    browser = make.browser(officer)
    assert loan.iou_number in page(browser, "/visits/")
    said = {"visit_day": "2012-01-04", "business": "difficult", "workers": "2", "remark": "淡季"}
    assert browser.post(f"/cases/{loan.number}/business-visit/?next=/visits/", said).url == "/visits/"
    assert Visit.objects.get().workers == 2
    assert loan.iou_number not in page(browser, "/visits/")


def test_a_page_comes_back_to_no_other_host():
    loan = make.case_at(State.LIVE)
    said = {"visit_day": "2012-01-04", "business": "normal", "workers": "2"}
    answer = make.browser(loan.officer).post(f"/cases/{loan.number}/business-visit/?next=//elsewhere.example/", said)
    assert answer.url == f"/cases/{loan.number}/"
