"""Administrators enter rows; what they add or change waits, and what a row may say is checked cell by cell."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from loans import confirmation
from loans.forms.policy_row import PolicyRowCells
from loans.models import BenchmarkRate, PolicyDocument, PolicyRow, Standing
from loans.queries import terms_for
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db
USUAL = {"effective_from": "2012-01-04", "borrower_kind": "individual", "status": "confirmed"}


@pytest.fixture
def browser():
    make.office_date()
    return make.browser(make.staff(Role.ADMINISTRATOR))


def women():
    return PolicyRow.objects.in_effect().get(document__number="财金〔2009〕72号", borrower_kind="individual")


def typed(row, **changes):
    """What the change form posts for a row."""
    cells = {field.name: getattr(row, field.attname) for field in PolicyRow.cells()}
    cells |= {"effective_from": row.effective_from.isoformat(), "groups": row.groups.split(";") if row.groups else []}
    return {name: value for name, value in (cells | changes).items() if value not in (None, "")}


def change(browser, row, **changes):
    return browser.post(reverse("admin:loans_policyrow_change", args=[row.pk]), typed(row, **changes), follow=True).content.decode()


def womens_cap():
    return terms_for(kind="individual", groups=["woman"], on=make.TODAY).cap()


def errors(**cells):
    document = PolicyDocument.objects.get(number="财金〔2009〕72号")
    form = PolicyRowCells(USUAL | {"document": document.pk} | cells)
    return {name: " ".join(found) for name, found in form.errors.items()}


def test_a_change_in_admin_waits_and_leaves_the_row_in_effect_alone(browser):
    row = women()
    shown = change(browser, row, lending_cap_yuan="90000")
    assert "待审定人或财政专员确认" in shown
    waiting = PolicyRow.objects.waiting().get()
    assert (waiting.replaces, waiting.lending_cap_yuan, waiting.groups, waiting.entered_by.role) == (row, 90000, "woman", Role.ADMINISTRATOR)
    assert (women(), womens_cap()) == (row, 80000)
    confirmation.confirm(row=waiting, by=make.staff(Role.FINANCE), on=make.TODAY)
    assert womens_cap() == 90000


def test_the_history_page_of_a_changed_row_shows_what_was_before(browser):
    change(browser, women(), lending_cap_yuan="90000")
    row = confirmation.confirm(row=PolicyRow.objects.waiting().get(), by=make.staff(Role.FINANCE), on=make.TODAY)
    shown = browser.get(reverse("admin:loans_policyrow_history", args=[row.pk])).content.decode()
    assert "80000.00 → 90000.00" in shown


def test_saving_without_a_change_or_while_a_change_waits_is_refused(browser):
    row = women()
    assert "没有改动" in change(browser, row)
    change(browser, row, lending_cap_yuan="90000")
    assert "已有一项变更待确认" in change(browser, row, lending_cap_yuan="95000")
    assert PolicyRow.objects.waiting().count() == 1


def test_what_waits_is_not_edited_and_what_was_sent_back_is_entered_anew(browser):
    change(browser, women(), lending_cap_yuan="900000")
    waiting = PolicyRow.objects.waiting().get()
    assert browser.post(reverse("admin:loans_policyrow_change", args=[waiting.pk]), typed(waiting, lending_cap_yuan="1")).status_code == 403
    confirmation.send_back(row=waiting, reason="多写了一个零", by=make.staff(Role.DIRECTOR), on=make.TODAY)
    waiting.refresh_from_db()
    change(browser, waiting, lending_cap_yuan="90000")
    again = PolicyRow.objects.waiting().get()
    assert (again.replaces, again.lending_cap_yuan) == (women(), 90000)


def test_the_ticked_rows_are_handed_over_as_seen_with_the_paper(browser):
    row = women()
    browser.post(reverse("admin:loans_policyrow_changelist"), {"action": "seen_with_the_paper", "_selected_action": [row.pk]})
    waiting = PolicyRow.objects.waiting().get()
    assert (waiting.replaces, waiting.status, waiting.lending_cap_yuan) == (row, "confirmed", 80000)
    before = terms_for(kind="individual", groups=["woman"], on=make.TODAY).warnings
    confirmation.confirm(row=waiting, by=make.staff(Role.DIRECTOR), on=make.TODAY)
    after = terms_for(kind="individual", groups=["woman"], on=make.TODAY).warnings
    assert {doubt.document_no for doubt in before} - {doubt.document_no for doubt in after} == {"财金〔2009〕72号"}


def test_a_waiting_row_is_taken_back_in_the_list(browser):
    change(browser, women(), lending_cap_yuan="900000")
    waiting = PolicyRow.objects.waiting().get()
    browser.post(reverse("admin:loans_policyrow_changelist"), {"action": "take_back", "_selected_action": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.standing == Standing.SENT_BACK


def test_a_new_row_is_entered_on_the_page_of_its_document(browser):
    document = PolicyDocument.objects.create(number="双财社〔2012〕1号", level="local")
    counts = {"rows-TOTAL_FORMS": 0, "rows-INITIAL_FORMS": 0, "rows-2-TOTAL_FORMS": 1, "rows-2-INITIAL_FORMS": 0}
    cells = {"effective_from": "2012-01-04", "borrower_kind": "individual", "groups": ["woman", "veteran"], "lending_cap_yuan": "120000", "status": "confirmed"}
    sent = counts | {"number": document.number, "level": "local"} | {f"rows-2-0-{name}": value for name, value in cells.items()}
    shown = browser.post(reverse("admin:loans_policydocument_change", args=[document.pk]), sent, follow=True).content.decode()
    row = document.rows.get()
    assert "待审定人或财政专员确认" in shown
    assert (row.standing, row.groups, row.lending_cap_yuan, row.entered_by.role) == (Standing.WAITING, "woman;veteran", 120000, Role.ADMINISTRATOR)
    assert womens_cap() == 80000


def test_the_level_of_a_document_stands_once_it_has_rows(browser):
    document = women().document
    counts = {f"{prefix}-{name}_FORMS": 0 for prefix in ("rows", "rows-2") for name in ("TOTAL", "INITIAL")}
    browser.post(reverse("admin:loans_policydocument_change", args=[document.pk]), counts | {"number": document.number, "level": "local"})
    document.refresh_from_db()
    assert document.level == "national"


def test_a_rate_that_changes_waits_too(browser):
    row = BenchmarkRate.objects.in_effect().last()
    cells = {field.name: getattr(row, field.name) for field in BenchmarkRate.cells()} | {"up_to_1_year": "4.500"}
    browser.post(reverse("admin:loans_benchmarkrate_change", args=[row.pk]), cells)
    assert BenchmarkRate.objects.waiting().get().up_to_1_year == D("4.500")
    assert BenchmarkRate.objects.in_effect().last().up_to_1_year == D("4.350")


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"rate_ceiling": "LPR+3"}, "rate_ceiling", "“LPR+3”不符合"),
        ({"rate_ceiling": "lpr+1.5"}, "rate_ceiling", "百分点保留两位小数"),
        ({"subsidy_regime": "Z"}, "subsidy_regime", "Z"),
        ({"groups": ["women"]}, "groups", "women"),
        ({"groups": ["small_micro_firm"], "lending_cap_yuan": "1"}, "groups", "仅适用于企业"),
        ({"groups": ["woman"], "borrower_kind": "enterprise", "lending_cap_yuan": "1"}, "groups", "企业类人群"),
        ({"finance_split": "central=0.50;local=0.25", "subsidy_regime": "B"}, "finance_split", "合计0.75，应合计为1"),
        ({"finance_split": "centre=1", "subsidy_regime": "B"}, "finance_split", "“centre”不是承担方"),
        ({"finance_split": "central=half;local=0.5", "subsidy_regime": "B"}, "finance_split", "写作小数"),
        ({"finance_split": "central=0.5;central=0.5", "subsidy_regime": "B"}, "finance_split", "承担方重复"),
        ({"finance_split": "central=1.00"}, "subsidy_regime", "请选择本条的贴息方式"),
        ({"lending_cap_yuan": "0"}, "lending_cap_yuan", "须大于0"),
        ({"new_hire_share": "1.5"}, "new_hire_share", "0.15即15%"),
        ({"new_hire_share": "0.10", "new_hire_share_over_100": "0.15"}, "new_hire_share_over_100", "不得高于"),
        ({"status": "text_missing", "term_months": "24"}, "term_months", "缺原文"),
        ({}, "__all__", "没有任何内容"),
    ],
)
def test_a_row_that_cannot_be_so_is_refused_by_its_cell(cells, field, words):
    assert words in errors(**cells)[field]


@pytest.mark.parametrize(
    "cells", [{"rate_ceiling": "agreed"}, {"rate_ceiling": "old_lpr+2.00"}, {"finance_split": "central=0.25;local=0.25;borrower=0.50", "subsidy_regime": "B'"}]
)
def test_what_the_documents_say_can_be_entered(cells):
    assert errors(**cells) == {}


def test_every_shipped_row_passes_the_check():
    for row in PolicyRow.objects.in_effect().select_related("document"):
        form = PolicyRowCells(typed(row), instance=row)
        assert form.is_valid(), (row, form.errors)
