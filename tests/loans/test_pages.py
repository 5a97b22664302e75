"""The pages of a case as people press them: each act by its form, the counter, the lists, and every bank its own."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from applicants.models import Applicant
from loans import acts
from loans.models import Loan
from loans.states import State
from staff import search
from staff.audit import history
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

FORMS = {  # act: what its form is sent with, and the state that follows
    "recommend": (State.APPLIED, {"words": "同意推荐"}, State.RECOMMENDED),
    "return_for_papers": (State.APPLIED, {"missing": ["licence"], "answer_by": "2012-01-18"}, State.RETURNED),
    "second_review": (State.INVESTIGATED, {"words": "无异议"}, State.CONFIRMED),
    "send_back": (State.INVESTIGATED, {"reason": "再看场地"}, State.REVIEWED),
    "refuse": (State.CONFIRMED, {"document": "银发〔2002〕394号", "rule": "第三条", "reason": "不符合"}, State.REFUSED),
    "withdraw": (State.REVIEWED, {"reason": "不再需要"}, State.WITHDRAWN),
}


@pytest.fixture(autouse=True)
def _day():
    make.office_date()


def address(act, loan):
    return reverse(acts.get(act).url_name, args=[loan.number])


def doer(act, state):
    return make.staff(acts.get(act).where[state][0])


@pytest.mark.parametrize("act", FORMS)
def test_an_act_is_done_on_its_page(act):
    state, typed, follows = FORMS[act]
    loan = make.case_at(state)
    browser = make.browser(doer(act, state))
    assert browser.get(address(act, loan)).status_code == 200
    answer = browser.post(address(act, loan), typed)
    assert answer["Location"] == reverse("loans:case", args=[loan.number])
    loan.refresh_from_db()
    assert loan.state == follows


def test_a_refusal_stands_on_the_form_and_changes_nothing():
    loan = make.case_at(State.RECOMMENDED)
    browser = make.browser(make.staff(Role.LOAN_OFFICER))
    answer = browser.post(address("first_review", loan), {"words": "符合", "micro_profit": "True"})
    assert answer.status_code == 200 and "尚缺：申请审核表、身份证" in answer.content.decode()
    loan.refresh_from_db()
    assert loan.state == State.RECOMMENDED


def test_first_review_settles_micro_profit():
    loan = make.papers(make.case_at(State.RECOMMENDED))
    make.browser(make.staff(Role.LOAN_OFFICER)).post(address("first_review", loan), {"words": "符合", "micro_profit": "False"})
    loan.refresh_from_db()
    assert (loan.state, loan.micro_profit) == (State.REVIEWED, False)


def test_a_visit_with_photos_and_three_opinions_by_their_pages():
    loan = make.case_at(State.REVIEWED)
    seen = {"visit_day": "2012-01-04", "place": "茂林镇", "who_went": "三方", "premises": "自有", "trade_seen": "修理", "own_money": "20,000", "note": ""}
    seen |= {"expected_income": "3.6e4", "debts": "0", "workers": "3", "agrees": "True"}
    browser = make.browser(make.staff(Role.LOAN_OFFICER))
    assert "收入" in browser.post(address("record_visit", loan), {**seen, "expected_income": "很多"}).content.decode()
    assert browser.post(address("record_visit", loan), {**seen, "photos": [make.picture(), make.picture()]}).status_code == 302
    for role in (Role.LOAN_OFFICER, Role.FINANCE, Role.BANK):
        person = make.staff(role, bank=loan.bank) if role == Role.BANK else make.staff(role)
        typed = {"stance": "for", "amount": "50,000.00", "term_months": "24", "reason": "同意"}
        assert make.browser(person).post(address("give_opinion", loan), typed).status_code == 302
    loan.refresh_from_db()
    assert loan.state == State.INVESTIGATED and loan.applicant.papers.filter(kind="photo").count() == 2


def test_papers_are_completed_on_their_page():
    loan = make.papers(make.case_at(State.RETURNED))
    make.browser(make.staff(Role.LOAN_OFFICER)).post(address("complete_papers", loan))
    loan.refresh_from_db()
    assert loan.state == State.RECOMMENDED


def test_a_page_pressed_too_late_says_why():
    loan = make.case_at(State.CONFIRMED)
    answer = make.browser(make.staff(Role.LOAN_OFFICER)).get(address("first_review", loan))
    assert answer.status_code == 409 and "复核通过" in answer.content.decode()


@pytest.mark.parametrize("state", make.STEPS)
def test_the_case_page_has_at_most_one_filled_button_and_it_is_mine_to_press(state):
    loan = make.case_at(state)
    for role in (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.FINANCE, Role.BANK, Role.AUDITOR):
        person = make.staff(role, bank=loan.bank) if role == Role.BANK else make.staff(role)
        page = make.browser(person).get(reverse("loans:case", args=[loan.number])).content.decode()
        mine = [act for act in acts.possible(loan, person) if act.stands_out]
        assert page.count("btn-primary") == (1 if mine else 0), role
        assert all(str(act.called) in page for act in mine), role


def test_the_number_is_masked_until_somebody_asks_and_the_look_is_kept():
    loan = make.application()
    browser = make.browser(make.staff(Role.AUDITOR))
    number = loan.applicant.identity_number
    page = browser.get(reverse("loans:case", args=[loan.number])).content.decode()
    assert number not in page and f"{number[:6]}********{number[-4:]}" in page
    assert number in browser.post(reverse("applicants:identity", args=[loan.applicant.pk])).content.decode()
    assert [event.kind for event in history(loan.applicant)].count("identity.seen") == 1


# --- The counter


def typed(**changes):
    usual = {
        "borrower_kind": "individual",
        "number": make.identity_number(),
        "name": "潘志国",
        "phone": "13904340001",
        "community": make.community().pk,
        "group": "registered_unemployed",
        "group_proof": "就业失业登记证",
        "project": "农机修理部",
        "trade": "修理修配",
        "place": "茂林镇",
        "own_funds": "20,000.00",
        "expected_workers": "3",
        "bank": make.bank().pk,
        "amount": "50,000.00",
        "term": "24",
        "form": "grace_quarterly",
        "grace_months": "6",
        "use": "购置设备",
        "paper-identity_card": "original",
        "guarantor-TOTAL_FORMS": "1",
        "guarantor-INITIAL_FORMS": "0",
        "guarantor-0-kind": "credit_community",
        "guarantor-0-reason": "茂林镇推荐",
        "group-TOTAL_FORMS": "1",
        "group-INITIAL_FORMS": "0",
        "group-0-group": "veteran",
        "group-0-proof": "退伍证",
    }
    return usual | changes


@pytest.fixture
def counter():
    make.credit_community("茂林镇")
    return make.browser(make.staff(Role.LOAN_OFFICER))


def test_one_page_registers_the_applicant_and_opens_the_case(counter):
    answer = counter.post(reverse("loans:apply"), typed())
    loan = Loan.objects.get()
    assert answer["Location"] == reverse("loans:case", args=[loan.number])
    assert (loan.applicant.name, loan.groups, loan.amount_asked) == ("潘志国", ["registered_unemployed", "veteran"], Decimal(50000))
    assert loan.counter_guarantees.get().kind == "credit_community" and loan.applicant.papers.get().held == "original"


def test_a_refused_application_names_every_rule_and_keeps_what_was_typed(counter):
    page = counter.post(reverse("loans:apply"), typed(amount="90000", term="36")).content.decode()
    assert "最高可贷50,000.00元" in page and "银发〔2008〕238号" in page and "期限最长24个月" in page and 'value="农机修理部"' in page
    assert not Applicant.objects.exists()


def test_a_mistyped_number_is_named(counter):
    assert "校验位" in counter.post(reverse("loans:apply"), typed(number="110105194912310021")).content.decode()


def test_a_known_number_fills_the_entry_and_shows_earlier_loans(counter):
    loan = make.application(make.person("潘志国", phone="13987654321"))
    page = counter.post(reverse("loans:look_up"), {"borrower_kind": "individual", "number": loan.applicant.identity_number}).content.decode()
    assert loan.number in page and "13987654321" in page
    assert "尚未登记" in counter.post(reverse("loans:look_up"), {"borrower_kind": "individual", "number": make.identity_number()}).content.decode()


def test_what_somebody_may_have_is_shown_while_typing(counter):
    bank = make.bank()
    page = counter.post(reverse("loans:allowed"), {"borrower_kind": "individual", "number": make.identity_number(sex="F"), "bank": bank.pk}).content.decode()
    assert "80,000 元" in page and "财金〔2009〕72号" in page and "担保余量" in page
    page = counter.post(reverse("loans:allowed"), typed(amount="60000")).content.decode()
    assert "最高可贷50,000.00元" in page


# --- Lists, search, banks


def test_the_list_shows_what_is_under_way_with_its_total(counter):
    make.case_at(State.APPLIED, amount=Decimal(30000))
    make.case_at(State.CONFIRMED, amount=Decimal(12000))
    make.case_at(State.WITHDRAWN)
    page = counter.get(reverse("loans:cases")).content.decode()
    assert "共 2 笔" in page and "42,000.00" in page
    assert "共 1 笔" in counter.get(reverse("loans:cases"), {"state": "ended"}).content.decode()
    assert "共 3 笔" in counter.get(reverse("loans:cases"), {"state": "all", "q": "pan"}).content.decode()
    assert "共 0 笔" in counter.get(reverse("loans:cases"), {"state": "all", "year": "2011"}).content.decode()


def test_the_list_of_loans_has_balances_and_their_sum(counter):
    loan = make.case_at(State.LIVE)
    make.repaid(loan, "20000", on=make.TODAY)
    page = counter.get(reverse("loans:lent")).content.decode()
    assert page.count("30,000.00") == 2 and page.count("50,000.00") == 2


def test_a_bank_sees_its_own_cases_and_nothing_of_others():
    loan = make.case_at(State.CONFIRMED)
    visited = make.case_at(State.REVIEWED)
    make.visited(visited, photos=[make.picture()])
    paper = visited.applicant.papers.get(kind="photo")
    other = make.user(Role.BANK, "外行", bank=make.bank("邮政储蓄银行", "邮储"))
    own = make.staff(Role.BANK, bank=loan.bank)
    for_banks = [reverse(f"loans:{page}", args=[loan.number]) for page in ("case", "form_pdf", "receipt_pdf", "attach")]
    for_banks += [reverse("loans:give_opinion", args=[visited.number]), reverse("applicants:person", args=[loan.applicant.pk])]
    for_banks += [reverse("applicants:paper", args=[paper.pk])]
    assert {page: make.browser(own).get(page).status_code for page in for_banks} == dict.fromkeys(for_banks, 200)
    assert {page: make.browser(other).get(page).status_code for page in for_banks} == dict.fromkeys(for_banks, 404)
    assert make.browser(other).post(reverse("applicants:identity", args=[loan.applicant.pk])).status_code == 404
    for name in ("cases", "lent"):
        assert loan.number not in make.browser(other).get(reverse(f"loans:{name}"), {"state": "all" if name == "cases" else ""}).content.decode()
    assert search.found(other, loan.number) == search.found(other, "潘志国") == []
    assert {found.url for found in search.found(own, loan.number)} == {reverse("loans:case", args=[loan.number])}


def test_a_paper_is_attached_to_the_step_that_it_signs():
    loan = make.case_at(State.CONFIRMED)
    sent = {"kind": "signed_form", "held": "scan", "step": "first_review", "file": make.picture()}
    assert make.browser(make.staff(Role.LOAN_OFFICER)).post(reverse("loans:attach", args=[loan.number]), sent).status_code == 302
    assert loan.applicant.papers.get(kind="signed_form").step == "first_review"


def test_the_applicants_page_shows_all_cases_of_the_person():
    person = make.person()
    first = make.withdrawn(make.application(person))
    second = make.application(person)
    page = make.browser(make.staff(Role.AUDITOR)).get(reverse("applicants:person", args=[person.pk])).content.decode()
    assert first.number in page and second.number in page


def test_the_register_is_corrected_on_its_pages():
    one, other, browser = make.person("潘志国"), make.person("李秀英", sex="F"), make.browser(make.staff(Role.LOAN_OFFICER))
    browser.post(reverse("applicants:correct", args=[one.pk]), {"name": "潘志国", "phone": "13800000000"})
    browser.post(reverse("applicants:add_group", args=[one.pk]), {"group": "veteran", "proof": "退伍证"})
    browser.post(reverse("applicants:household", args=[one.pk]), {"identity_number": other.identity_number, "zero_employment_proof": "证明"})
    browser.post(reverse("applicants:attach", args=[one.pk]), {"kind": "identity_card", "held": "copy"})
    one.refresh_from_db()
    assert one.phone == "13800000000" and one.memberships.filter(group="veteran").exists() and one.papers.get().held == "copy"
    assert one.household.zero_employment and one.household == Applicant.objects.get(pk=other.pk).household
    page = browser.post(reverse("applicants:add_group", args=[one.pk]), {"group": "veteran", "proof": "退伍证"}).content.decode()
    assert "已登记为“退役军人”" in page


def test_a_loan_from_the_old_ledger_has_its_page_with_a_shorter_path():
    day = date(2008, 9, 1)
    loan = make.case_at(State.LIVE, on=day)
    unknown = ("approved_on", "approved_by", "amount_granted", "term_granted", "reviewed_on", "reviewed_by", "confirmed_on", "confirmed_by")
    Loan.objects.filter(pk=loan.pk).update(imported=True, dates_assumed=True, **dict.fromkeys((*unknown, "recommended_on", "recommended_by")))
    page = make.browser(make.staff(Role.LOAN_OFFICER)).get(reverse("loans:case", args=[loan.number])).content.decode()
    assert "旧台账导入" in page and "申请日和合同日为推定" in page and "社区推荐</" not in page
    path = page[page.index('class="path"') : page.index("</ol>")]
    assert [step in path for step in ("申请", "合同", "放款", "还款", "初审", "审定")] == [True, True, True, True, False, False]


def test_papers_of_the_case_stand_in_its_history():
    loan = make.papers(make.application(), but=["licence"])
    page = make.browser(make.staff(Role.AUDITOR)).get(reverse("loans:case", args=[loan.number])).content.decode()
    assert "登记材料：身份证，已验原件" in page
