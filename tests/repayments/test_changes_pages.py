"""A change is shown with old and new rows before it is booked, and what was shown is what is booked."""

import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from loans.states import State
from repayments import ledger
from repayments.models import Extension, RateStep
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

DAY = date(2012, 6, 26)
EARLY = {"cause": "keep_term", "value_date": "2012-06-26", "reference": "LS9", "principal": "9500", "interest": "57"}


@pytest.fixture
def loan():
    made = make.case_at(State.LIVE)
    make.office_date(DAY)
    return made


def page(loan, name, by, **said):
    """The page as shown, or the answer to what was typed."""
    browser = make.browser(by)
    url = reverse(f"repayments:{name}", args=[loan.number])
    return browser.post(url, said) if said else browser.get(url)


def seal(answer):
    return re.search(r'name="shown" value="(\w*)"', answer.content.decode())[1]


def test_an_early_repayment_is_shown_then_booked(loan):
    clerk = make.clerk(loan)
    asked = page(loan, "repay_early", clerk)
    assert "于2012-06-26还清共需" in asked.content.decode()
    shown = page(loan, "repay_early", clerk, **EARLY)
    words = shown.content.decode()
    assert "提前归还本金 9,500.00元" in words and "变更对照" in words and ledger.outstanding(loan) == 50000
    other = page(loan, "repay_early", clerk, **EARLY | {"principal": "9600", "shown": seal(shown)})
    assert other.status_code == 200 and ledger.outstanding(loan) == 50000
    assert page(loan, "repay_early", clerk, **EARLY | {"shown": seal(shown)}).status_code == 302
    assert ledger.outstanding(loan) == D("40500.00") and loan.schedules.count() == 2
    case = make.browser(clerk).get(reverse("loans:case", args=[loan.number])).content.decode()
    assert "还款计划变更" in case and "部分提前还款，期限不变" in case


def test_a_refusal_stands_on_the_form(loan):
    answer = page(loan, "repay_early", make.clerk(loan), **EARLY | {"principal": "50000"})
    assert "还清请选全部" in answer.content.decode()
    before = page(loan, "repay_early", make.clerk(loan), **EARLY | {"interest": "9999"}).content.decode()
    assert 'id="id_interest_error"' in before and 'name="shown"' not in before.replace('name="shown" value=""', "")
    assert ledger.outstanding(loan) == 50000


def test_an_extension_goes_from_desk_to_desk(loan):
    officer, clerk, director = make.staff(Role.LOAN_OFFICER), make.clerk(loan), make.staff(Role.DIRECTOR)
    said = {"months": "12", "reason": "货款未收回", "request_day": "2012-06-20", "request_paper": "展申1号"}
    missing = page(loan, "ask_extension", officer, **said).content.decode()
    assert "展期协议" not in missing
    said |= {"guarantors_day": "2012-06-21", "guarantors_paper": "同意书1号"}
    shown = page(loan, "ask_extension", officer, **said)
    assert "到期日 2014-01-04 → 2015-01-04" in shown.content.decode()
    assert page(loan, "ask_extension", officer, **said | {"shown": seal(shown)}).status_code == 302
    assert page(loan, "grant_extension", director).status_code == 409
    assert "同意展期" in make.browser(clerk).get("/").content.decode()
    assert page(loan, "consent_extension", clerk, bank_day="2012-06-26", bank_paper="农信展1号").status_code == 302
    assert "批准展期" in make.browser(director).get("/").content.decode()
    assert "2015-01-04" in page(loan, "grant_extension", director).content.decode()
    assert page(loan, "grant_extension", director, shown="").status_code == 302
    loan.refresh_from_db()
    assert (loan.maturity, Extension.objects.get().decided_by) == (date(2015, 1, 4), director)
    paper = page(loan, "extension_pdf", officer)
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


def test_a_step_of_the_rate_is_shown_then_entered(loan):
    clerk = make.clerk(loan)
    said = {"from_day": "2012-07-21", "rate": "9.15", "document": "借款合同第六条"}
    shown = page(loan, "enter_rate_step", clerk, **said)
    assert "计划利息增减 −" in shown.content.decode()
    assert page(loan, "enter_rate_step", clerk, **said | {"shown": seal(shown)}).status_code == 302
    assert RateStep.objects.get().rate == D("9.15")
    assert "年利率9.65% · 2012-07-21起9.15% ·" in make.browser(clerk).get(f"/cases/{loan.number}/").content.decode()
