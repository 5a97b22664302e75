"""The plan of a year follows the schedules in force; a loan's trace goes on paper, a claim into a workbook."""

import io
from decimal import Decimal as D

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from repayments.claims.due import due_of
from repayments.claims.outlook import of_the_year, plan_of
from repayments.subsidy import Quarter
from staff.models import Role
from tests import make
from tests.repayments.claims import made
from tests.repayments.half_year import made as book

pytestmark = pytest.mark.django_db


def amounts(year, bank):
    return [one.total.amount for one in plan_of(year, [bank], on=made.TODAY)]


def test_a_year_that_is_over_is_what_is_due_by_the_book():
    loan = book.loan()
    dues = [sum((due.amount for due in due_of(loan.bank, Quarter(2011, n))), D(0)) for n in (1, 2, 3, 4)]
    assert amounts(2011, loan.bank) == dues and dues[2] == D("345.00")
    assert all(one.is_over for one in plan_of(2011, [loan.bank], on=made.TODAY))


def test_coming_quarters_fall_as_the_schedule_is_repaid_and_end_with_the_loan():
    loan = book.loan()
    coming = plan_of(2012, [loan.bank], on=made.TODAY)
    planned = [one.total.amount for one in coming]
    assert planned[0] > planned[1] and not any(one.is_over for one in coming)
    assert sum(amounts(2014, loan.bank)) == 0
    assert of_the_year(coming).amount == sum(planned) == of_the_year(coming).shares.total


def test_an_early_repayment_lowers_what_is_planned():
    loan = book.loan()
    before = sum(amounts(2012, loan.bank))
    book.repaid(loan, made.date(2011, 12, 30), "14000")
    assert sum(amounts(2012, loan.bank)) < before


def test_a_bank_reads_its_own_plan(postal):
    make.office_date()
    book.loan(bank=postal)
    page = make.browser(make.staff(Role.BANK, bank=make.bank())).get(reverse("repayments:subsidy_plan")).content.decode()
    assert postal.name not in page and make.bank().name in page


def test_the_trace_is_one_paper_a_loan():
    make.office_date()
    carries, none = book.loan(), book.loan(micro_profit=False)
    auditor = make.browser(make.staff(Role.AUDITOR))
    assert auditor.get(reverse("repayments:subsidy_trace_pdf", args=[carries.number])).content.startswith(b"%PDF")
    assert auditor.get(reverse("repayments:subsidy_trace_pdf", args=[none.number])).status_code == 404


def test_the_claim_is_a_workbook_whose_loans_sum_to_it():
    make.office_date()
    loan = book.loan()
    claim = made.approved(made.claim("345.00", per_loan={loan.iou_number: "345.00"}))
    answer = make.browser(make.staff(Role.FINANCE)).get(reverse("repayments:subsidy_form_excel", args=[claim.pk]))
    found = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    table, detail = (found.get_sheet_by_name(name).to_python() for name in ("申请表", "逐笔明细"))
    assert table[4][1:7] == [0, 0, 21000, 21000, 345, 345]
    assert table[7][1:6] == [345, 0, 0, 0, 345]  # all of it borne by central finance
    assert detail[1][0] == loan.iou_number and detail[1][4:11] == [345, 345, 345, 0, 345, 0, 0]
    assert detail[-1][0] == "合计" and detail[-1][4:8] == [345, 345, 345, 0]
