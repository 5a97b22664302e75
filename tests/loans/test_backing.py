"""Who stands behind a case: named, replaced, taken out, counted under lock, released when the loan closes and standing again when it reopens."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applicants import actions as applicants
from loans import actions
from loans.actions import NotEligible
from loans.backing import NotBacked
from loans.forms.application import ApplicationForm
from loans.models import CounterGuarantee
from loans.states import State
from repayments import actions as repayments
from repayments.models import Entry
from staff.audit import history
from staff.errors import NotAllowedFromHere
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

COUNTER = "双辽本地规定(反担保)"


def servant(number, **changes):
    return make.civil_servant(identity_number=number, **changes)


def officer():
    return {"by": make.staff(Role.LOAN_OFFICER), "on": make.TODAY}


def the_row(loan):
    return loan.counter_guarantees.kept().get()


def test_a_person_stands_for_two_loans_and_not_for_a_third():
    number = make.identity_number()
    cases = [make.application(guarantors=[servant(number)]) for _ in range(2)]
    with pytest.raises(actions.NotEligible) as refusal:
        make.application(guarantors=[servant(number)])
    assert all(case.number in str(refusal.value) for case in cases) and COUNTER in str(refusal.value)


def test_a_withdrawn_application_frees_the_guarantor():
    number = make.identity_number()
    first, _second = (make.application(guarantors=[servant(number)]) for _ in range(2))
    make.withdrawn(first)
    assert make.application(guarantors=[servant(number)]).number


def test_a_counter_guarantee_is_replaced_and_the_old_one_stays_on_record():
    loan = make.application()
    old = the_row(loan)
    new = actions.replace_counter_guarantee(loan=loan, old=old, guarantor=make.civil_servant(), reason="房屋已出售", **officer())
    old.refresh_from_db()
    assert (new.replaces, old.withdrawn_on, old.withdrawal_reason) == (old, make.TODAY, "房屋已出售")
    assert [event.kind for event in history(loan)][-1] == "loan.backing_replaced"


def test_one_more_is_added_and_nobody_twice():
    loan, number = make.application(), make.identity_number()
    actions.add_counter_guarantee(loan=loan, guarantor=servant(number), **officer())
    with pytest.raises(actions.NamedTwice):
        actions.add_counter_guarantee(loan=loan, guarantor=servant(number), **officer())


def test_after_the_promise_nothing_is_changed():
    loan = make.case_at(State.PROMISED)
    with pytest.raises(NotAllowedFromHere):
        actions.withdraw_counter_guarantee(loan=loan, old=the_row(loan), reason="x", **officer())


def test_first_review_and_approval_look_again():
    loan = make.case_at(State.RECOMMENDED)
    actions.withdraw_counter_guarantee(loan=loan, old=the_row(loan), reason="房屋已出售", **officer())
    with pytest.raises(NotBacked):
        make.reviewed(loan)
    loan = make.case_at(State.CONFIRMED)
    CounterGuarantee.objects.filter(loan=loan).update(withdrawn_on=make.TODAY, withdrawn_by=make.staff(Role.LOAN_OFFICER))
    with pytest.raises(NotBacked):
        make.promised(loan)


def test_it_is_released_when_the_loan_is_settled_and_stands_again_when_a_receipt_is_reversed():
    loan = make.case_at(State.SETTLED)
    assert the_row(loan).released_on == loan.state_since
    assert not loan.counter_guarantees.standing().exists()
    receipt = Entry.objects.filter(lines__loan=loan, kind=Entry.Kind.RECEIPT).first()
    repayments.reverse_receipt(entry=receipt, reason="重复录入", by=make.clerk(loan), on=make.TODAY)
    loan.refresh_from_db()
    assert the_row(loan).released_on is None and loan.counter_guarantees.standing().exists()


def test_a_promise_that_lapses_releases_it():
    loan = make.case_at(State.LAPSED)
    assert the_row(loan).released_on == loan.promise.valid_until + timedelta(1)


def test_of_the_siybs_best_nobody_need_stand_and_the_case_says_by_which_rule():
    person = make.person()
    make.trainee(person, year=2011, exam=99, plan=99, attendance=100)
    row = the_row(make.application(person, siyb_excellent=True, amount=100000, guarantors=[]))
    assert (row.kind, row.group, row.reason) == ("exempt", "siyb_excellent", "双辽本地规定(SIYB优秀学员)")


def test_a_stale_paper_is_renewed_at_the_counter():
    person = make.person()
    person.memberships.update(proof="再就业优惠证")
    with pytest.raises(actions.NotEligible):
        make.application(person)
    applicants.renew_proof(applicant=person, group="registered_unemployed", proof="就业失业登记证", **officer())
    assert make.application(person).number


def test_a_second_loan_after_the_first_is_repaid_as_27_did_in_the_old_ledger():
    first = make.case_at(State.SETTLED)
    assert make.application(first.applicant).number != first.number


# --- Pages -------------------------------------------------------------------------------------------------------------------
def test_the_guarantors_page_lists_all_and_a_look_at_the_number_is_written_down():
    make.office_date()
    number = make.identity_number()
    one, other = (make.application(guarantors=[servant(number)]) for _ in range(2))
    browser = make.browser(make.staff(Role.REVIEWER))
    page = browser.get(reverse("loans:guarantor", args=[the_row(one).pk])).content.decode()
    assert one.number in page and other.number in page and number not in page
    assert number in browser.post(reverse("loans:guarantor_number", args=[the_row(one).pk])).content.decode()
    assert [event.kind for event in history(one)][-1] == "identity.seen"


def test_what_may_be_applied_for_carries_everything_into_the_form():
    make.office_date()
    woman, browser = make.person("李秀英", sex="F"), make.browser(make.staff(Role.LOAN_OFFICER))
    page = browser.get(reverse("loans:options", args=[woman.pk])).content.decode()
    assert "80,000.00" in page and "财金〔2009〕72号" in page and "需要" in page
    form = browser.get(f"{reverse('loans:apply')}?applicant={woman.pk}&borrower_kind=individual&group=registered_unemployed&amount=80000&term=24")
    text = form.content.decode()
    assert "李秀英" in text and "SL0001" in text and "就业失业登记证" in text and woman.identity_number not in text


def test_the_spouse_of_the_last_case_is_carried_into_the_form_by_name_and_never_by_number():
    make.office_date()
    wife, husband = make.person("李秀英", sex="F"), make.person("张大山")
    make.withdrawn(make.application(wife, spouse=husband))
    wife.refresh_from_db()
    browser = make.browser(make.staff(Role.LOAN_OFFICER))
    page = browser.get(reverse("loans:apply"), {"applicant": wife.pk, "borrower_kind": "individual", "group": "registered_unemployed"}).content.decode()
    assert f'value="{husband.pk}" selected' in page and husband.identity_number not in page
    form = ApplicationForm({"spouse": husband.pk, "spouse_name": "", "spouse_number": ""}, known=wife)
    form.is_valid()
    assert form.cleaned_data["spouse"] == husband
    both = ApplicationForm({"spouse": husband.pk, "spouse_name": "王五", "spouse_number": make.identity_number()}, known=wife)
    assert not both.is_valid() and "spouse" in both.errors
    assert not ApplicationForm(known=make.person("单身")).home


def test_whose_paper_the_old_ledger_never_named_is_told_to_show_the_card_and_not_refused():
    make.office_date()
    person, browser = make.person(), make.browser(make.staff(Role.LOAN_OFFICER))
    address = reverse("loans:options", args=[person.pk])
    assert "请查验证件" not in browser.get(address).content.decode()
    person.memberships.update(proof="")
    page = browser.get(address).content.decode()
    assert "请查验证件" in page and "就业失业登记证" in page
    assert "没有证明" not in page and "规定不允许" not in page
    with pytest.raises(NotEligible, match="就业失业登记证"):
        make.application(person)
    person.memberships.update(proof="再就业优惠证")
    assert "请查验证件" not in browser.get(address).content.decode()


def test_the_person_s_page_and_the_desk_lead_there():
    make.office_date()
    browser, person = make.browser(make.staff(Role.LOAN_OFFICER)), make.person()
    assert reverse("loans:options", args=[person.pk]) in browser.get(reverse("applicants:person", args=[person.pk])).content.decode()
    assert person.name in browser.get(reverse("loans:who_may"), {"q": person.name}).content.decode()
