"""Reward money, guarantee fee and handling fee as dated rules: what holds on which day, and the two persons who answer for a row."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from loans import confirmation
from loans.confirmation import CannotBeSo, DayTaken
from loans.fees import Book, Kind
from loans.models import FeeRule, PolicyDocument
from loans.policy_files import read_lending_rules
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2012, 1, 4)


def local(kind=Kind.GUARANTEE_FEE, percent="0.8", since=DAY, **cells):
    """A row of the county's own, not yet entered."""
    document = PolicyDocument.objects.get_or_create(number="双财社〔2012〕1号", defaults={"level": "local"})[0]
    return FeeRule(kind=kind, percent=percent and D(percent), effective_from=since, document=document, status="confirmed", finance_split="local=1.00", **cells)


def entered(row, *, replaces=None, by=None):
    return confirmation.enter(row=row, replaces=replaces, by=by or make.staff(Role.ADMINISTRATOR), on=DAY)


def in_effect(row, **given):
    return confirmation.confirm(row=entered(row, **given), by=make.staff(Role.FINANCE), on=DAY)


def said(kind, day):
    rate = Book.on_record().on(kind, day)
    return rate and (rate.percent, rate.document)


def test_what_ships_says_what_the_file_says():
    rows = list(FeeRule.objects.in_effect().select_related("document").order_by("effective_from"))
    filed = [(number, cells["effective_from"], cells.get("percent"), cells["status"]) for number, _level, cells in read_lending_rules("fee_rules")]
    assert [(row.document.number, f"{row.effective_from}", row.percent and f"{row.percent.normalize()}", row.status) for row in rows] == filed
    assert not FeeRule.objects.exclude(entered_by=None).exists()


@pytest.mark.parametrize(
    ("kind", "first", "percent", "document"),
    [
        (Kind.GUARANTEE_FEE, date(2002, 12, 24), "1", "银发〔2002〕394号"),
        (Kind.HANDLING_FEE, date(2004, 3, 1), "0.5", "银发〔2004〕51号"),
        (Kind.REWARD, date(2009, 7, 27), "1", "财金〔2009〕72号"),
    ],
)
def test_a_rule_holds_from_its_day_on_and_not_the_day_before(kind, first, percent, document):
    assert said(kind, first) == (D(percent), document)
    assert said(kind, first - timedelta(1)) is None


def test_a_row_whose_text_is_missing_is_named_until_a_later_one_states_the_share():
    missing = {
        day: [rate.document for rate in Book.on_record().missing(Kind.REWARD, day, day)] for day in (date(2008, 8, 27), date(2008, 8, 28), date(2009, 7, 27))
    }
    assert list(missing.values()) == [[], ["财金〔2008〕100号"], []]
    assert Book.on_record().missing(Kind.REWARD, date(2009, 1, 1), date(2009, 12, 31))


def test_the_latest_row_counts_and_a_lifted_one_leaves_nothing_behind_it():
    in_effect(local(lifted_from=date(2012, 7, 1)))
    assert said(Kind.GUARANTEE_FEE, date(2012, 1, 3)) == (D(1), "银发〔2002〕394号")
    assert said(Kind.GUARANTEE_FEE, DAY) == (D("0.8"), "双财社〔2012〕1号")
    assert said(Kind.GUARANTEE_FEE, date(2012, 6, 30)) == (D("0.8"), "双财社〔2012〕1号")
    assert said(Kind.GUARANTEE_FEE, date(2012, 7, 1)) is None


def test_a_row_counts_once_a_second_person_confirms_it():
    old = FeeRule.objects.in_effect().get(kind=Kind.GUARANTEE_FEE)
    row = entered(local(since=old.effective_from), replaces=old)
    assert said(Kind.GUARANTEE_FEE, DAY) == (D(1), "银发〔2002〕394号")
    assert confirmation.waiting_for(make.staff(Role.DIRECTOR)) == [row]
    confirmation.confirm(row=row, by=make.staff(Role.DIRECTOR), on=DAY)
    assert said(Kind.GUARANTEE_FEE, DAY) == (D("0.8"), "双财社〔2012〕1号")


def test_two_rows_of_a_kind_do_not_begin_on_one_day():
    with pytest.raises(DayTaken):
        in_effect(local(since=date(2002, 12, 24)))


def test_a_guarantee_fee_above_one_per_cent_is_refused_by_its_document_number_and_by_the_database():
    with pytest.raises(CannotBeSo, match="394"):
        entered(local(percent="1.001"))
    assert entered(local(percent="1.000")).percent == 1
    assert in_effect(local(Kind.HANDLING_FEE, percent="1.5")).percent == D("1.5")
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeRule.objects.filter(kind=Kind.GUARANTEE_FEE).update(percent=D("1.001"))


@pytest.mark.parametrize(("percent", "cells"), [("0", {}), ("101", {}), (None, {}), ("0.5", {"lifted_from": DAY})])
def test_what_no_row_may_say_is_refused(percent, cells):
    with pytest.raises(CannotBeSo):
        entered(local(Kind.HANDLING_FEE, percent=percent, **cells))


def test_an_administrator_enters_a_row_and_is_told_what_is_wrong_with_it():
    make.office_date()
    browser, document = make.browser(make.staff(Role.ADMINISTRATOR)), local().document
    cells = {"kind": "guarantee_fee", "document": document.pk, "effective_from": "2012-01-04", "status": "confirmed", "finance_split": "local=1.00"}
    page = reverse("admin:loans_feerule_add")
    assert "担保费每年不得超过贷款本金的百分之一（银发〔2002〕394号）" in browser.post(page, cells | {"percent": "1.2"}).content.decode()
    assert "“borrower”不是承担方" in browser.post(page, cells | {"percent": "0.8", "finance_split": "borrower=1.00"}).content.decode()
    assert "待审定人或财政专员确认" in browser.post(page, cells | {"percent": "0.8"}, follow=True).content.decode()
    row = FeeRule.objects.waiting().get()
    assert (row.percent, row.entered_by.role) == (D("0.8"), Role.ADMINISTRATOR)
    shown = make.browser(make.staff(Role.FINANCE)).get(reverse("loans:waiting_row", args=["feerule", row.pk])).content.decode()
    assert "确认生效" in shown
    assert "担保费 双财社〔2012〕1号" in shown


def test_the_rule_pages_show_what_holds_what_changed_and_what_a_document_says():
    make.office_date()
    browser = make.browser(make.staff(Role.AUDITOR))

    def page(name, *args, **query):
        return browser.get(reverse(f"loans:{name}", args=args), query).content.decode()

    shown = page("rules", on="2009-07-27")
    for words in ("当年新发放贷款的1%", "省 50%", "按日担保余额，年1%", "企业贷款发放额的0.5%，按季支付", "1%为原文上限", "现有文件未载明"):
        assert words in shown
    assert "未知（缺原文）" in page("rules", on="2009-07-26")
    changed = page("rules_changed", first="2009-07-26", last="2009-07-27")
    assert "奖补资金" in changed
    assert "手续费" not in changed
    row = entered(local())
    shown = page("document", row.document_id)
    assert "按日担保余额，年0.8%" in shown
    assert "待第二人确认" in shown
    assert "双财社〔2012〕1号" not in page("rules", on="2012-01-04")
