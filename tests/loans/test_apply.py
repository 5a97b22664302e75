"""Taking an application: numbered, frozen as asked, or refused with every reason and its document."""

from datetime import date
from decimal import Decimal

import pytest

from applicants import actions as applicants
from applicants.models import Applicant, Group
from loans import actions
from loans.models import CounterGuarantee, Loan
from loans.states import State
from staff.models import Role
from tests import make

COUNTER = "双辽本地规定(反担保)"

pytestmark = pytest.mark.django_db


def reasons(applicant=None, **changes):
    """What the refusal says, and the documents it goes by."""
    with pytest.raises(actions.NotEligible) as refusal:
        make.application(applicant, **changes)
    return [reason.document for reason in refusal.value.reasons]


def test_cases_are_numbered_year_by_year_without_a_gap():
    with pytest.raises(actions.NotEligible):
        make.application(amount=Decimal(60000))
    numbers = [make.application(on=day).number for day in (date(2011, 12, 30), make.TODAY, make.TODAY)]
    assert numbers == ["A2011-0001", "A2012-0001", "A2012-0002"]


def test_all_groups_are_frozen_with_the_application():
    woman = make.person("李秀英", sex="F", groups=[Group.REGISTERED_UNEMPLOYED, Group.VETERAN])
    loan = make.application(woman)
    applicants.add_group(applicant=woman, group=Group.DISABLED, proof="残疾证", by=loan.applied_by, on=make.TODAY)
    loan.refresh_from_db()
    assert loan.groups == ["registered_unemployed", "veteran", "woman"]


def test_a_case_goes_to_the_officer_of_its_community():
    officer = make.user(Role.LOAN_OFFICER, "刘洋")
    assert make.application(community=make.community("双山镇", officer=officer)).officer == officer


def test_every_reason_is_given_at_once_each_with_its_document():
    too_old = make.person(born=date(1950, 1, 1))
    found = reasons(too_old, amount=Decimal(90000), term=36, group=Group.VETERAN, trade="网吧", siyb_excellent=False)
    assert found == ["银发〔2002〕394号", "银发〔2006〕5号", "国家限制行业(本地清单)", "银发〔2008〕238号", "银发〔2002〕394号"]


@pytest.mark.parametrize(
    ("amount", "sex", "taken"),
    [("50000", "M", True), ("50000.01", "M", False), ("80000", "F", True), ("80000.01", "F", False), ("99.99", "M", False), ("100", "M", True)],
)
def test_the_cap_is_that_of_the_day_and_the_groups(amount, sex, taken):
    person = make.person(sex=sex)
    if taken:
        assert make.application(person, amount=Decimal(amount)).state == State.APPLIED
    else:
        assert len(reasons(person, amount=Decimal(amount))) == 1


def test_before_august_2008_the_cap_was_twenty_thousand():
    day = date(2008, 7, 1)
    assert reasons(make.person(on=day), amount=Decimal(20001), on=day) == ["银发〔2002〕394号"]


@pytest.mark.parametrize(("born", "taken"), [(date(1996, 1, 4), True), (date(1996, 1, 5), False), (date(1951, 1, 5), True), (date(1951, 1, 4), False)])
def test_borrowers_are_16_to_60_on_the_day(born, taken):
    person = make.person(born=born)
    assert (make.application(person) is not None) if taken else reasons(person) == ["银发〔2002〕394号"]


def test_a_group_that_no_document_knew_yet_is_refused():
    day = date(2008, 1, 2)
    person = make.person(groups=[Group.DISABLED], on=day)
    assert reasons(person, group=Group.DISABLED, amount=Decimal(20000), on=day) == ["银发〔2008〕238号"]


def test_the_hundred_thousand_is_for_the_selected_alone():
    assert reasons(siyb_excellent=True, amount=Decimal(100000)) == ["双辽本地规定(SIYB优秀学员)"]
    person = make.person()
    make.trainee(person, year=2011, exam=99, plan=99, attendance=100)
    assert make.application(person, siyb_excellent=True, amount=Decimal(100000)).siyb_excellent


def test_the_projects_name_may_hold_an_excluded_word_but_not_be_one():
    assert reasons(project="蓝天网吧") == ["国家限制行业(本地清单)"]
    assert make.application(project="建筑材料店").project == "建筑材料店"


def test_a_person_has_one_open_case():
    person = make.person()
    make.application(person)
    assert reasons(person) == ["本中心规定"]


def test_an_ended_case_leaves_the_way_free():
    person = make.person()
    make.withdrawn(make.application(person))
    assert make.application(person).number == "A2012-0002"


def test_the_database_too_wants_one_open_case_a_person():
    person = make.person()
    first = make.application(person)
    with pytest.raises(Exception, match="loan_one_open_per_person"):
        Loan.objects.create(**{f.name: getattr(first, f.name) for f in Loan._meta.fields if f.name not in ("id", "number")}, number="A2012-9999")


def test_a_household_has_one_open_case():
    husband, wife = make.person("潘志国"), make.person("李秀英", sex="F")
    applicants.join_household(applicant=husband, other=wife, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    make.application(Applicant.objects.get(pk=husband.pk))
    assert reasons(Applicant.objects.get(pk=wife.pk)) == ["本中心规定"]


def test_naming_a_spouse_who_has_a_loan_is_refused_and_changes_no_household():
    husband, wife = make.person("潘志国"), make.person("李秀英", sex="F")
    make.application(wife)
    assert reasons(husband, spouse=wife) == ["本中心规定"]
    husband.refresh_from_db()
    assert husband.household is None


def test_a_spouse_joins_the_household():
    husband, wife = make.person("潘志国"), make.person("李秀英", sex="F")
    make.application(husband, spouse=wife)
    wife.refresh_from_db()
    husband.refresh_from_db()
    assert wife.household == husband.household != None  # noqa: E711


def test_nobody_stands_as_the_own_guarantor():
    person = make.person()
    own = actions.Guarantor(kind=CounterGuarantee.Kind.PERSON, name=person.name, identity_number=person.identity_number)
    assert reasons(person, guarantors=[own]) == [COUNTER, COUNTER]


def test_not_even_by_an_old_number_of_15_figures():
    person = make.person()
    number = person.identity_number
    own = actions.Guarantor(kind=CounterGuarantee.Kind.PERSON, name=person.name, identity_number=number[:6] + number[8:17])
    assert reasons(person, guarantors=[own]) == [COUNTER, COUNTER]


def test_a_guarantors_number_is_kept_encrypted_beside_its_index():
    number = make.identity_number()
    servant = actions.Guarantor(kind=CounterGuarantee.Kind.CIVIL_SERVANT, name="赵科长", identity_number=number, employer="农业局")
    kept = make.application(guarantors=[servant]).counter_guarantees.get()
    assert CounterGuarantee.objects.get(pk=kept.pk).identity_number == number and kept.identity_index


@pytest.mark.parametrize(
    ("staff_in_post", "hires", "taken"), [(40, 12, True), (40, 11, False), (100, 30, True), (100, 29, False), (120, 18, True), (120, 17, False)]
)
def test_an_enterprise_needs_its_share_of_new_hires(staff_in_post, hires, taken):
    asked = {
        "applicant": make.enterprise(staff_in_post=staff_in_post),
        "borrower_kind": "enterprise",
        "group": Group.LABOUR_INTENSIVE_FIRM,
        "amount": Decimal(2000000),
        "new_hires": hires,
    }
    assert (make.application(**asked) is not None) if taken else reasons(**asked) == ["银发〔2008〕238号"]


def test_a_person_is_no_enterprise():
    with pytest.raises(actions.WrongBorrower):
        make.application(borrower_kind="enterprise")


def test_a_bank_that_is_closed_takes_no_new_case():
    with pytest.raises(actions.WrongBank):
        make.application(bank=make.bank("关闭的银行", "关行", is_active=False))


# --- At the counter, all in one


def counter(**changes):
    usual = {
        "borrower_kind": "individual",
        "number": make.identity_number(),
        "entry": {"name": "潘志国", "phone": "13904340001", "community": make.community(), "address": "", "certificate_number": ""},
        "groups": [actions.Proof(Group.REGISTERED_UNEMPLOYED, "就业失业登记证", "SL1")],
        "by": make.staff(Role.LOAN_OFFICER),
        "on": make.TODAY,
        **make.asked(),
    }
    return actions.take_application(**(usual | changes))


def test_an_unknown_applicant_is_registered_with_the_application():
    loan = counter(papers=[("identity_card", "original")], spouse=actions.Spouse("李秀英", make.identity_number(sex="F")))
    assert loan.applicant.name == "潘志国" and loan.spouse.name == "李秀英"
    assert loan.applicant.papers.get().case_number == loan.number


def test_a_known_applicant_is_corrected_not_registered_again():
    known = make.person("潘志国")
    entry = {"name": "潘志国", "phone": "13899999999", "community": make.community(), "address": "新址", "certificate_number": ""}
    loan = counter(number=known.identity_number, entry=entry)
    known.refresh_from_db()
    assert loan.applicant == known and (known.phone, known.address) == ("13899999999", "新址")


def test_of_a_refused_application_nothing_stays():
    with pytest.raises(actions.NotEligible):
        counter(amount=Decimal(90000))
    assert not Applicant.objects.exists() and not Loan.objects.exists()


def test_a_zero_employment_family_may_have_fifty_thousand_in_2006():
    day = date(2006, 6, 1)
    loan = counter(amount=Decimal(50000), on=day, zero_employment_proof="社区证明")
    assert "zero_employment_family" in loan.groups
