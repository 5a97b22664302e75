"""Delegation of signature: written, dated, shown on the signature; the rules of who may sign hold for both."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from guarantees import actions as guarantees
from loans import actions as loans
from loans.papers import application_form
from loans.states import State
from staff import actions, desk
from staff.delegations import acting, hats
from staff.errors import NotYours
from staff.models import Delegation, Event, Role, User
from tests import make, pdf

pytestmark = pytest.mark.django_db

TODAY = make.TODAY
WEEK = timedelta(7)


def authority(holder, delegate, *, first=TODAY, last=TODAY + WEEK, on=TODAY, by=None, document="〔2012〕3号"):
    return actions.delegate_signature(holder=holder, delegate=delegate, first_day=first, last_day=last, document=document, by=by or holder, on=on)


@pytest.fixture
def reviewer(db):
    return make.staff(Role.REVIEWER)


@pytest.fixture
def director(db):
    return make.staff(Role.DIRECTOR)


@pytest.fixture
def second_officer(db):
    make.staff(Role.LOAN_OFFICER)
    return make.user(Role.LOAN_OFFICER, "高兰")


@pytest.fixture
def case(db):
    """A case that waits for the director; somebody else than the delegates of these tests did all earlier steps."""
    make.office_date()
    make.fund()
    return make.case_at(State.CONFIRMED)


def approve(loan, by, on=TODAY):
    return guarantees.approve(loan=loan, amount=loan.amount_asked, term=loan.term_asked, remark="同意担保。", by=by, on=on)


def approval_page(loan, authority=None):
    address = reverse("guarantees:approve", args=[loan.number])
    return f"{address}?for={authority.pk}" if authority else address


def test_the_delegate_approves_in_the_browser_and_both_names_stand_on_case_history_and_papers(case, director, second_officer):
    make.fund()
    signed = authority(director, second_officer)
    browser = make.browser(second_officer)
    assert "您今日可代陈建国签批" in browser.get("/").content.decode()
    page = browser.get(approval_page(case))
    assert "您正代陈建国（主任）签批" in page.content.decode()
    answer = browser.post(approval_page(case), {"amount": "50000.00", "term": "24", "remark": "同意担保。"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    case.refresh_from_db()
    assert (case.state, case.approved_by) == (State.PROMISED, second_officer)
    assert Event.objects.get(kind="loan.moved", data__act="approve").delegation == signed
    words = "高兰 代 陈建国签，授权书〔2012〕3号"
    shown = browser.get(reverse("loans:case", args=[case.number])).content.decode()
    assert shown.count(words) >= 3  # the path, the promise, the history
    assert words.replace(" ", "") in "".join(pdf.pages(application_form(case, by=make.staff(Role.AUDITOR), base_url="http://x/", on=TODAY)))


def test_without_an_authority_or_after_it_the_page_stays_closed(case, director, second_officer):
    browser = make.browser(second_officer)
    assert browser.get(approval_page(case)).status_code == 403
    signed = authority(director, second_officer)
    assert browser.get(approval_page(case)).status_code == 200
    make.office_date(TODAY + WEEK)
    assert browser.get(approval_page(case)).status_code == 200, "the last day counts"
    make.office_date(TODAY + WEEK + timedelta(1))
    assert browser.get(approval_page(case)).status_code == 403
    assert browser.get(approval_page(case, signed)).status_code == 403


def test_an_authority_withdrawn_ends_at_once(case, director, second_officer):
    signed = authority(director, second_officer)
    actions.withdraw_delegation(delegation=signed, by=director, on=TODAY)
    assert make.browser(second_officer).get(approval_page(case)).status_code == 403
    with pytest.raises(actions.WithdrawnAlready):
        actions.withdraw_delegation(delegation=signed, by=director, on=TODAY)


def test_an_authority_ends_with_the_holders_role(case, director, second_officer):
    authority(director, second_officer)
    User.objects.filter(pk=director.pk).update(role=Role.REVIEWER)
    assert make.browser(second_officer).get(approval_page(case)).status_code == 403


def test_who_took_part_before_cannot_approve_for_another_either(case, director, reviewer):
    signed = authority(director, reviewer)
    with pytest.raises(NotYours):
        approve(case, acting(reviewer, signed))


def test_in_whose_name_an_earlier_step_was_signed_took_part_in_it(director, second_officer):
    make.fund()
    make.office_date()
    loan = make.case_at(State.INVESTIGATED)
    two_posts = make.user(Role.REVIEWER, "林涛")
    signed = authority(two_posts, second_officer)
    loans.second_review(loan=loan, words="复核无异议。", by=acting(second_officer, signed), on=TODAY)
    User.objects.filter(pk=two_posts.pk).update(role=Role.DIRECTOR)
    two_posts.refresh_from_db()
    loan.refresh_from_db()
    with pytest.raises(NotYours):
        approve(loan, two_posts)
    approve(loan, director)


def test_the_holder_who_took_part_is_not_replaced_by_a_delegate(case, second_officer):
    """The second reviewer, made director since, cannot have the approval signed in that name."""
    confirmer = case.confirmed_by
    User.objects.filter(pk=confirmer.pk).update(role=Role.DIRECTOR)
    confirmer.refresh_from_db()
    signed = authority(confirmer, second_officer)
    with pytest.raises(NotYours):
        approve(case, acting(second_officer, signed))


def test_what_the_director_had_returned_by_a_delegate_the_director_may_still_approve(case, director, second_officer):
    make.fund()
    signed = authority(director, second_officer)
    loans.return_for_papers(loan=case, missing=["premises"], wanted="", answer_by=TODAY + WEEK, by=acting(second_officer, signed), on=TODAY)
    case.refresh_from_db()
    loans.complete_papers(loan=case, by=make.staff(Role.LOAN_OFFICER), on=TODAY)
    assert approve(case, director)


def test_rows_of_the_holder_stand_on_the_delegates_desk_with_the_way_to_sign_for_the_other(case, director, second_officer):
    signed = authority(director, second_officer)
    [row] = [row for row in desk.waiting(second_officer, TODAY) if row.case == case.number]
    assert (row.in_whose_name, row.url) == ("陈建国", approval_page(case, signed))
    assert desk.how_many(User.objects.get(pk=second_officer.pk), TODAY) == len(desk.waiting(second_officer, TODAY))
    assert "代陈建国" in make.browser(second_officer).get("/").content.decode()
    later = User.objects.get(pk=second_officer.pk)
    assert [row for row in desk.waiting(later, TODAY + WEEK + timedelta(1)) if row.case == case.number] == []


def test_an_officers_own_cases_come_to_the_delegate_under_the_officers_name(second_officer):
    make.office_date()
    loan = make.case_at(State.RECOMMENDED)
    holder = loan.officer
    assert holder != second_officer
    signed = authority(holder, second_officer)
    [row] = desk.waiting(second_officer, TODAY)
    browser = make.browser(second_officer)
    make.papers(loan)
    browser.post(row.url, {"words": "材料齐全。", "micro_profit": "True"})
    loan.refresh_from_db()
    assert (loan.state, loan.reviewed_by) == (State.REVIEWED, second_officer)
    assert Event.objects.get(data__act="first_review").delegation == signed


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.FINANCE, Role.BANK])
def test_nobody_outside_the_house_signs_for_the_director(director, role):
    with pytest.raises(actions.CannotSignFor):
        authority(director, make.user(role, "外人"))


def test_bank_officers_sign_only_for_colleagues_of_their_bank(bank_officer, postal_officer):
    with pytest.raises(actions.CannotSignFor):
        authority(bank_officer, postal_officer)
    colleague = make.user(Role.BANK, "同事", bank=bank_officer.bank)
    assert authority(bank_officer, colleague).role == Role.BANK


def test_an_administrator_gives_nothing_away_and_takes_nothing_over(administrator, director):
    with pytest.raises(actions.CannotSignFor):
        authority(administrator, director)
    with pytest.raises(actions.CannotSignFor):
        authority(director, administrator)


def test_only_an_administrator_or_the_holder_enters_and_withdraws(director, second_officer, administrator, reviewer):
    with pytest.raises(NotYours):
        authority(director, second_officer, by=second_officer)
    entered = authority(director, second_officer, by=administrator)
    with pytest.raises(NotYours):
        actions.withdraw_delegation(delegation=entered, by=reviewer, on=TODAY)
    [_self, hat] = hats(second_officer, TODAY)
    with pytest.raises(NotYours):
        authority(director, reviewer, by=hat)


@pytest.mark.parametrize(("first", "last"), [(TODAY - timedelta(1), TODAY), (TODAY + WEEK, TODAY)])
def test_an_authority_is_not_dated_back_and_ends_after_it_begins(director, second_officer, first, last):
    with pytest.raises(actions.WrongDays):
        authority(director, second_officer, first=first, last=last)


def test_the_page_enters_lists_and_withdraws(administrator, director, second_officer):
    make.office_date()
    browser, page = make.browser(administrator), reverse("staff:delegations")
    sent = {"holder": director.pk, "delegate": second_officer.pk, "first_day": "2012-01-04", "last_day": "2012-01-20", "document": "双授〔2012〕3号"}
    assert browser.post(page, sent).status_code == 302
    made = Delegation.objects.get()
    assert (made.holder, made.delegate, made.last_day, made.entered_by) == (director, second_officer, date(2012, 1, 20), administrator)
    assert "双授〔2012〕3号" in browser.get(page).content.decode()
    browser.post(reverse("staff:withdraw_delegation", args=[made.pk]))
    made.refresh_from_db()
    assert (made.withdrawn_on, made.withdrawn_by) == (TODAY, administrator)
    assert "已撤销" in browser.get(page).content.decode()


def test_the_page_says_in_words_why_an_authority_is_refused(administrator, director, finance):
    make.office_date()
    sent = {"holder": director.pk, "delegate": finance.pk, "first_day": "2012-01-04", "last_day": "2012-01-20", "document": "3号"}
    shown = make.browser(administrator).post(reverse("staff:delegations"), sent).content.decode()
    assert "孙立群不能代陈建国签字" in shown
    assert not Delegation.objects.exists()


def test_bank_staff_see_the_authorities_of_their_own_bank(director, second_officer, bank_officer):
    make.office_date()
    authority(director, second_officer)
    shown = make.browser(bank_officer).get(reverse("staff:delegations")).content.decode()
    assert "〔2012〕3号" not in shown.partition("已登记的授权")[2]
