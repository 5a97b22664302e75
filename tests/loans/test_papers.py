"""What is printed of a case, read back from the PDF."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from loans import actions, checklist, papers
from loans.states import State
from staff.audit import history
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000/"


def read(pdf):
    """The pages of a PDF as text without spaces, and its title."""
    reader = PdfReader(BytesIO(pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages], reader.metadata.title


def form(loan, role=Role.LOAN_OFFICER):
    return read(papers.application_form(loan, by=make.staff(role), base_url=BASE, on=make.TODAY))


def receipt(loan, **kwargs):
    return read(papers.receipt(loan, base_url=BASE, on=make.TODAY, **kwargs))


def test_the_form_is_filled_and_has_a_place_for_every_signature():
    pages, title = form(make.case_at(State.CONFIRMED))
    text = "".join(pages)
    assert len(pages) <= 2 and title == "小额担保贷款申请审核表 A2012-0001"
    for filled in (
        "潘志国",
        "农机修理部",
        "人民币伍万元整",
        "半年后按季等额还本",
        "为人诚信,同意推荐。",
        "材料齐全,符合条件。",
        "复核无异议。",
        "情况属实,同意。",
    ):
        assert filled in text
    assert text.count("签字") == 8  # applicant, spouse, three opinions, three reviews


def test_the_form_is_on_a4():
    page = PdfReader(BytesIO(papers.application_form(make.application(), by=make.staff(Role.AUDITOR), base_url=BASE, on=make.TODAY))).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_the_form_shows_no_opinion_before_all_three_are_in():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    make.opinion(loan, Role.FINANCE, reason="财政的看法")
    make.opinion(loan, Role.BANK, reason="银行的看法")
    assert "看法" not in "".join(form(loan)[0])
    assert "财政的看法" in "".join(form(loan, Role.FINANCE)[0])
    make.opinion(loan, Role.LOAN_OFFICER)
    assert "银行的看法" in "".join(form(loan)[0])


def test_printing_the_whole_number_is_a_look_that_is_written_down():
    loan = make.application()
    assert loan.applicant.identity_number in form(loan, Role.AUDITOR)[0][0]
    assert [event.by.role for event in history(loan.applicant) if event.kind == "identity.seen"] == [Role.AUDITOR]


def test_the_receipt_is_one_page_that_names_what_is_missing_whom_to_ask_and_by_when():
    loan = make.application()
    pages, title = receipt(loan)
    assert len(pages) == 1 and title == "受理回执 A2012-0001"
    for told in ("A2012-0001", "申请审核表", "营业执照", "经营场所产权证或租赁合同", "周敏", "2012年1月18日"):
        assert told in pages[0]


def test_the_receipt_of_a_whole_file_says_so():
    assert "所交材料齐全" in receipt(make.papers(make.application()))[0][0]


def test_the_notice_of_a_return_names_everything_at_once():
    loan = make.case_at(State.RETURNED)
    text = receipt(loan, back=loan.returns.get())[0][0]
    assert "材料补正一次性告知书" in text and "经营场所产权证或租赁合同" in text and "请补房屋租赁合同" in text and "2012年1月14日" in text


def test_even_the_longest_notice_stays_on_one_page():
    loan = make.case_at(State.RECOMMENDED)
    kinds = [kind for kind, _needed in checklist.WANTED]
    wanted = "请补" * 75
    loan = actions.return_for_papers(loan=loan, missing=kinds, wanted=wanted, answer_by=date(2012, 1, 20), by=loan.applied_by, on=make.TODAY)
    assert len(receipt(loan)[0]) == 1


def test_from_2015_on_the_loans_have_another_name():
    assert papers.scheme(papers.RENAMED) == "创业担保贷款"
    assert papers.scheme(make.TODAY) == "小额担保贷款"
