"""The register of persons and enterprises: read from the number, once each, masked, found again."""

from datetime import date

import pytest
from django.db import connection

from applicants import actions, identity, queries
from applicants.models import Applicant, Group
from staff.audit import history
from staff.errors import NotYours
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def register(number, name="潘志国", **fields):
    return actions.register_person(name=name, identity_number=number, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY, **fields)


def test_birth_date_and_sex_are_read_from_the_number():
    person = register("11010519491231002X")
    assert (person.birth_date, person.sex) == (date(1949, 12, 31), "F")


def test_an_old_number_of_15_figures_is_kept_as_18():
    assert register("110105491231002").identity_number == "11010519491231002X"


def test_a_mistyped_number_is_refused():
    with pytest.raises(identity.WrongCheckCharacter):
        register("110105194912310021")


def test_nobody_is_registered_twice_and_the_refusal_names_who_it_is():
    known = register("11010519491231002X", "王芳")
    with pytest.raises(actions.AlreadyRegistered) as refusal:
        register("110105491231002", "别名")
    assert refusal.value.applicant == known and "王芳" in str(refusal.value)


def test_the_table_holds_the_number_only_encrypted():
    person = register("11010519491231002X")
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number, row_to_json(a)::text FROM applicants_applicant a WHERE id = %s", [person.pk])
        kept, row = cursor.fetchone()
    assert b"11010519491231002X" not in bytes(kept) and "11010519491231002X" not in row
    assert Applicant.objects.get(pk=person.pk).identity_number == "11010519491231002X"


def test_an_enterprise_has_a_credit_code_or_its_old_licence_number():
    by = make.staff(Role.LOAN_OFFICER)
    new = actions.register_enterprise(name="鑫达牧业公司", registration_number="91350100M000100Y43", by=by, on=make.TODAY)
    old = actions.register_enterprise(name="绿风酸菜厂", registration_number="2203822000123", by=by, on=make.TODAY)
    assert (new.credit_code, new.licence_number, old.credit_code, old.licence_number) == ("91350100M000100Y43", None, None, "2203822000123")
    with pytest.raises(actions.AlreadyRegistered):
        actions.register_enterprise(name="又一家", registration_number="91350100M000100Y43", by=by, on=make.TODAY)


@pytest.mark.parametrize("text", ["田国鹏", "国鹏", "tianguop", "TGP", "tgp", "11010519491231002X", "11010519491231002x", "002X", "13904349999", "1390434999"])
def test_a_person_is_found_by(text):
    person = register("11010519491231002X", "田国鹏", phone="13904349999")
    make.person("李秀英")
    assert list(queries.find(make.staff(Role.LOAN_OFFICER), text)) == [person]


def test_a_surname_with_its_own_reading_is_found_by_it():
    person = register("11010519491231002X", "曾庆红")
    assert (person.pinyin, person.initials) == ("zengqinghong", "zqh")


def test_a_bank_officer_finds_only_people_with_a_case_at_the_own_bank():
    loan, stranger = make.application(), make.person("潘志国")
    assert list(queries.find(make.staff(Role.BANK, bank=loan.bank), "潘志国")) == [loan.applicant]
    assert set(queries.find(make.staff(Role.LOAN_OFFICER), "潘志国")) == {loan.applicant, stranger}


@pytest.mark.parametrize("role", Role)
def test_a_whole_number_is_for_some_roles_and_every_look_is_written_down(role):
    loan = make.application()
    by = make.staff(role, bank=loan.bank) if role == Role.BANK else make.staff(role)
    if role in actions.MAY_SEE_IDENTITY:
        assert actions.reveal_identity(applicant=loan.applicant, by=by, on=make.TODAY) == loan.applicant.identity_number
        assert history(loan.applicant).last().kind == "identity.seen" and history(loan.applicant).last().by == by
    else:
        with pytest.raises(NotYours):
            actions.reveal_identity(applicant=loan.applicant, by=by, on=make.TODAY)


def test_another_banks_officer_sees_no_number():
    loan = make.application()
    stranger = make.user(Role.BANK, "外行", bank=make.bank("邮政储蓄银行", "邮储"))
    with pytest.raises(NotYours):
        actions.reveal_identity(applicant=loan.applicant, by=stranger, on=make.TODAY)


def test_a_correction_keeps_what_stood_there():
    person = make.person("潘志国")
    actions.correct(applicant=person, phone="13800000000", by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    assert history(person).last().data == {"was": {"phone": "13904340001"}, "now": {"phone": "13800000000"}}


def test_a_corrected_name_is_found_by_its_new_spelling():
    person = actions.correct(applicant=make.person("潘志国"), name="潘治国", by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
    assert person.pinyin == "panzhiguo" and queries.find(make.staff(Role.AUDITOR), "潘治国").get() == person


# --- Groups and household


def test_a_group_needs_its_proof():
    with pytest.raises(actions.WrongGroup):
        actions.add_group(applicant=make.person(), group=Group.VETERAN, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


def test_a_group_is_added_once():
    with pytest.raises(actions.AlreadyInGroup):
        actions.add_group(applicant=make.person(), group=Group.REGISTERED_UNEMPLOYED, proof="又一证", by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


def test_women_need_no_proof_and_men_are_none():
    assert Group.WOMAN in queries.groups_of(make.person("李秀英", sex="F"))
    with pytest.raises(actions.WrongGroup):
        actions.add_group(applicant=make.person(sex="M"), group=Group.WOMAN, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


def test_persons_are_in_no_enterprises_group():
    with pytest.raises(actions.WrongGroup):
        actions.add_group(applicant=make.person(), group=Group.SMALL_MICRO_FIRM, proof="证", by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


def test_a_zero_employment_family_is_a_group_of_everybody_in_it():
    one, other, by = make.person("潘志国"), make.person("李秀英", sex="F"), make.staff(Role.LOAN_OFFICER)
    actions.mark_zero_employment(applicant=one, proof="社区证明", by=by, on=make.TODAY)
    actions.join_household(applicant=other, other=one, by=by, on=make.TODAY)
    other = Applicant.objects.get(pk=other.pk)
    assert Group.ZERO_EMPLOYMENT_FAMILY in queries.groups_of(other)


def test_two_households_become_one():
    by = make.staff(Role.LOAN_OFFICER)
    a, b, c, d = (make.person(name) for name in ("甲一", "乙二", "丙三", "丁四"))
    actions.join_household(applicant=a, other=b, by=by, on=make.TODAY)
    actions.join_household(applicant=c, other=d, by=by, on=make.TODAY)
    actions.join_household(applicant=a, other=d, by=by, on=make.TODAY)
    a.refresh_from_db()
    assert {person.name for person in queries.household_of(a)} == {"乙二", "丙三", "丁四"}


def test_nobody_is_a_household_with_himself():
    person = make.person()
    with pytest.raises(actions.NotAPerson):
        actions.join_household(applicant=person, other=person, by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)
