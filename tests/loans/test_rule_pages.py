"""The rule book in the browser: any day's rules, what changed, documents, rates, and the second person's page."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils import translation

from loans import confirmation, rulebook_pages
from loans.models import PolicyDocument, PolicyRow, Standing
from loans.policy_files import read_lending_rules, read_rules
from loans.shipped_notes import NOTES
from loans.states import State
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    return make.office_date()


def page(name, role=Role.LOAN_OFFICER, *args, **query):
    return make.browser(make.staff(role)).get(reverse(f"loans:{name}", args=args), query).content.decode()


def womens_row(cap):
    row = PolicyRow.objects.in_effect().get(document__number="财金〔2009〕72号", borrower_kind="individual")
    before = PolicyRow.objects.get(pk=row.pk)
    row.lending_cap_yuan = D(cap)
    return confirmation.enter(row=row, replaces=before, by=make.staff(Role.ADMINISTRATOR), on=make.TODAY)


def test_the_rules_of_a_day_name_value_document_and_doubt():
    shown = page("rules", on="2012-01-04", kind="individual", groups="woman")
    for words in ("80,000 元", "财金〔2009〕72号", "尚未核对原文", "基准 6.65% + 3 个百分点 = 9.65%", "银发〔2008〕238号", "中央 100%", "财金〔2011〕87号"):
        assert words in shown


def test_a_cap_that_the_county_raised_says_who_bears_it():
    shown = page("rules", on="2005-06-01", groups="siyb_excellent")
    assert "100,000 元" in shown
    assert "20,000 元；超出部分由双辽本地规定(SIYB优秀学员)提高，费用由地方自担，中央不贴息" in shown


def test_groups_that_differ_stand_beside_everybody_and_the_others_are_named():
    found = rulebook_pages.in_force(kind="individual", groups=[], on=date(2012, 1, 4))
    assert [group.code for group in found["apart"]] == ["woman", "siyb_excellent"]
    assert found["apart"][-2].lines["lending_cap"].document == "财金〔2009〕72号"


def test_application_and_contract_day_may_differ():
    shown = page("rules", on="2008-08-03", contract_on="2008-09-20")
    assert "20,000 元" in shown
    assert "基准 7.56% + 3 个百分点" not in page("rules", on="2007-12-31")
    assert "3 个百分点" in shown
    assert "合同日不能早于申请日" in page("rules", on="2008-08-03", contract_on="2008-08-01")


def test_what_changed_between_two_days_is_a_list_of_cells():
    cells = {(str(cell.kind), str(cell.group), str(cell.label)): cell for cell in rulebook_pages.changed(date(2009, 7, 26), date(2009, 7, 27))}
    assert {(kind, group) for kind, group, _label in cells} == {("个人", "妇女"), ("合伙经营", "妇女")}
    cap = cells["个人", "妇女", "额度上限"]
    assert (cap.before.value, cap.before.document, cap.after.value, cap.after.document) == ("50,000 元", "银发〔2008〕238号", "80,000 元", "财金〔2009〕72号")
    shown = page("rules_changed", first="2009-07-26", last="2009-07-27")
    assert "关于完善小额担保贷款财政贴息政策推动妇女创业就业工作的通知" in shown
    assert "两日之间没有变化" in page("rules_changed", first="2010-01-01", last="2010-01-02")


def test_rates_that_changed_between_two_days_are_listed():
    found = rulebook_pages.other_changes(date(2011, 7, 6), date(2011, 7, 7))
    assert [(str(label), before, after) for label, before, after in found["rates"]][2] == ("基准利率，1至3年", D("6.40"), D("6.65"))
    assert (found["ages"], found["trades_added"]) == (None, [])


def test_every_document_stands_in_the_timeline_and_has_a_page():
    shown = page("documents")
    for document in PolicyDocument.objects.all():
        assert document.number in shown
        assert document.number in page("document", Role.AUDITOR, document.pk)


def test_rates_are_shown_with_their_days():
    shown = page("rates", Role.FINANCE)
    for words in ("2011-07-07", "6.65", "2025-05-20", "3.00"):
        assert words in shown


def test_the_desk_says_how_many_rows_wait_and_the_page_shows_before_and_after():
    row = womens_row("90000")
    director = make.staff(Role.DIRECTOR)
    assert "1条规则待您确认" in make.browser(director).get("/").content.decode()
    shown = page("waiting_row", Role.DIRECTOR, "policyrow", row.pk)
    assert "80,000" in shown
    assert "90,000" in shown
    assert "确认生效" in shown
    assert "确认生效" not in page("waiting_row", Role.ADMINISTRATOR, "policyrow", row.pk)


def test_one_button_confirms():
    row = womens_row("90000")
    make.browser(make.staff(Role.DIRECTOR)).post(reverse("loans:confirm_row", args=["policyrow", row.pk]))
    row.refresh_from_db()
    assert row.standing == Standing.IN_EFFECT
    assert "90,000 元" in page("rules", groups="woman")


def test_one_form_sends_back_and_wants_a_reason():
    row = womens_row("90000")
    browser, url = make.browser(make.staff(Role.FINANCE)), reverse("loans:send_row_back", args=["policyrow", row.pk])
    assert "field-errors" in browser.post(url, {"reason": ""}).content.decode()
    browser.post(url, {"reason": "原文为八万元"})
    row.refresh_from_db()
    assert (row.standing, row.sent_back_reason) == (Standing.SENT_BACK, "原文为八万元")


def test_a_row_that_was_judged_meanwhile_is_refused_in_words():
    row = womens_row("90000")
    confirmation.confirm(row=row, by=make.staff(Role.FINANCE), on=make.TODAY)
    answer = make.browser(make.staff(Role.DIRECTOR)).post(reverse("loans:confirm_row", args=["policyrow", row.pk]))
    assert answer.status_code == 409
    assert "不在待确认状态" in answer.content.decode()


def test_a_case_shows_its_terms_by_the_day_that_fixed_each_and_leads_to_the_rule_book():
    loan = make.case_at(State.CONTRACTED)
    shown = make.browser(make.staff(Role.AUDITOR)).get(reverse("loans:case", args=[loan.number])).content.decode()
    asked = f"?on={loan.applied_on}&amp;contract_on={loan.contract_date}&amp;kind=individual"
    for words in ("按申请日（2012年1月4日）", "按合同日（2012年1月4日）", "贴息额度上限", "贴息承担", "中央 100%", "缺原文：财金〔2011〕87号", asked):
        assert words in shown


def test_until_the_contract_rate_and_subsidy_are_those_of_today():
    loan = make.case_at(State.PROMISED)
    make.office_date(date(2012, 7, 9))
    shown = make.browser(make.staff(Role.AUDITOR)).get(reverse("loans:case", args=[loan.number])).content.decode()
    assert "按合同日（尚未签订，按今日）" in shown


def test_the_notes_of_shipped_rows_are_said_in_the_readers_language():
    others = {
        cells.get("note", "")
        for table in ("group_proofs", "repeat_rules", "guarantor_limits", "counter_rules", "fee_rules")
        for _no, _level, cells in read_lending_rules(table)
    }
    assert {rule.note for rule in read_rules()} | others <= {*untranslated(NOTES), ""}
    assert "day from memory" not in page("rules", groups="woman")


def untranslated(words):
    with translation.override("en"):
        return [str(word) for word in words]
