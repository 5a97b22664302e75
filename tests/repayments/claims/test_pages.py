"""The way of a claim through its pages, and from its total to the day on which a fen accrued."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from repayments.models import SubsidyClaim
from staff.models import Role
from tests import make
from tests.repayments.claims import made
from tests.repayments.half_year import made as book

pytestmark = pytest.mark.django_db


def test_a_claim_goes_from_page_to_page():
    make.office_date()
    loan = book.loan()
    bank, officer, finance = (make.browser(make.staff(role)) for role in (Role.BANK, Role.LOAN_OFFICER, Role.FINANCE))
    listed = SimpleUploadedFile("贴息.csv", f"借据号,申请贴息资金额\n{loan.iou_number},344.00\n合计,344.00\n".encode())
    answer = bank.post(reverse("repayments:subsidy_submit"), {"bank": loan.bank_id, "quarter": "2011-Q3", "file": listed})
    claim = SubsidyClaim.objects.get()
    assert answer.url == reverse("repayments:subsidy_claim", args=[claim.pk]) and claim.claimed == D("344.00")
    refused = officer.post(reverse("repayments:subsidy_review", args=[claim.pk]), {"words": "核对"})
    assert loan.iou_number in refused.content.decode()
    line = claim.lines.get()
    officer.post(reverse("repayments:subsidy_review", args=[claim.pk]), {"words": "核对", f"reason_{line.pk}": "银行少算"})
    finance.post(reverse("repayments:subsidy_approve", args=[claim.pk]), {"words": "同意", "cuts": f"{loan.iou_number} 300.00"})
    finance.post(reverse("repayments:subsidy_pay", args=[claim.pk]), {"amount": "300.00", "document": "双财预〔2012〕8号", "day": "2012-01-04"})
    page = finance.get(reverse("repayments:subsidy_claim", args=[claim.pk])).content.decode()
    assert page.count("300.00") >= 4 and "双财预〔2012〕8号" in page
    assert finance.get(reverse("repayments:subsidy_form_pdf", args=[claim.pk])).content.startswith(b"%PDF")
    assert "300.00" in finance.get(reverse("repayments:subsidy")).content.decode()


def test_a_file_with_bad_rows_names_each():
    make.office_date()
    loan = book.loan()
    listed = SimpleUploadedFile("贴息.csv", f"借据号,申请贴息资金额\n{loan.iou_number},三百\n,12.00\n".encode("gb18030"))
    page = make.browser(make.staff(Role.BANK)).post(reverse("repayments:subsidy_submit"), {"bank": loan.bank_id, "quarter": "2011-Q3", "file": listed})
    text = page.content.decode()
    assert "第 2 行" in text and "第 3 行" in text and not SubsidyClaim.objects.exists()


def test_from_a_claims_figure_to_the_day():
    make.office_date()
    loan = book.loan()
    entry = book.repaid(loan, date(2011, 8, 1), "10000")
    claim = made.claim("294.00")
    auditor = make.browser(make.staff(Role.AUDITOR))
    opened = auditor.get(reverse("repayments:subsidy_open", args=[claim.lines.get().pk]))
    assert opened.url.startswith(reverse("repayments:subsidy_trace", args=[loan.number]))
    page = auditor.get(f"{opened.url.partition('#')[0]}&day=2011-08-01").content.decode()
    assert "银发〔2008〕238号" in page and entry.reference in page and "153.75" in page and "140.25" in page
    assert "11,000.00" in page and "2.750000" in page  # 11,000 × 9 % / 360 on that day


def test_another_banks_claim_is_not_shown(postal, postal_officer):
    make.office_date()
    book.loan()
    claim = made.claim()
    assert make.browser(postal_officer).get(reverse("repayments:subsidy_claim", args=[claim.pk])).status_code == 404


@pytest.mark.parametrize(
    ("act", "step", "typed"), [("approve", made.reviewed, {"words": "同意", "cuts": ""}), ("pay", made.approved, {"amount": "300", "document": "8号"})]
)
def test_a_preview_shows_what_an_act_comes_to_and_books_nothing(act, step, typed):
    make.office_date()
    book.loan()
    claim = step(made.claim())
    typed |= {"day": "2012-01-04", "preview": "1"}
    page = make.browser(make.staff(Role.FINANCE)).post(reverse(f"repayments:subsidy_{act}", args=[claim.pk]), typed).content.decode()
    assert 'id="preview"' in page and ("345.00" if act == "approve" else "45.00") in page.partition('id="preview"')[2]
    claim.refresh_from_db()
    assert not claim.payments.exists() and bool(claim.approved_on) == (act == "pay")
