"""Excel and PDFs: every figure of the rows, carried and added up as it must be."""

import io
import re
from datetime import date
from decimal import Decimal as D
from itertools import pairwise

import openpyxl
import pytest
from django.db.models import prefetch_related_objects
from pypdf import PdfReader

from loans.forms_of_repayment import Form
from repayments.half_year import sheets
from repayments.half_year.calls import calls_pdf
from repayments.half_year.cards import cards, cards_pdf
from repayments.half_year.columns import COLUMNS, Kind
from repayments.half_year.pdf import ledger_pdf
from repayments.half_year.period import Period
from repayments.half_year.queries import part_of
from repayments.half_year.xlsx import ledger_xlsx
from repayments.models import HalfYearLine, Visit
from staff.models import Bank
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

SEPTEMBER, DECEMBER = date(2011, 9, 21), date(2011, 12, 21)


@pytest.fixture
def ledger(rural, postal):
    """Three borrowers of one bank and one of another, with receipts and visits."""
    first = made.loan(name="冯春梅", bank=rural)
    made.repaid(first, SEPTEMBER, 3000, "120.50")
    made.visited(first, date(2011, 10, 1), workers=4)
    made.loan(name="欧阳震", bank=rural)
    made.loan(date(2011, 3, 1), "60000", name="许燕", bank=rural, form=Form.BULLET_QUARTERLY)
    made.visited(made.loan(name="高志平", bank=postal), date(2011, 12, 1), Visit.Business.STOPPED, 0)
    return made.draft()


def text_of(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages], reader


# --- A3 sheets --------------------------------------------------------------------------------------------------------
def test_every_name_and_amount_is_on_paper(ledger):
    pages, _reader = text_of(ledger_pdf(*part_of(ledger, None)))
    rows = " ".join(page for page in pages if "还款明细" in page)
    for line in ledger.lines.all():
        for said in (line.borrower, line.iou, line.contract, line.phone, line.venture, line.community):
            assert said in rows, said
        for name in sheets.SUMMED:
            assert name == "adjustment" or f"{getattr(line, name):,.2f}" in rows, (line.iou, name)


def test_each_page_adds_up_and_each_bank_has_its_total(ledger):
    pages, _reader = text_of(ledger_pdf(*part_of(ledger, None)))
    assert [re.search(r"一、还款明细 (\S+)", page)[1] for page in pages[:2]] == ["农村信用合作联社", "邮政储蓄银行"]
    assert "本页小计 3 户 102,000.00" in pages[0] and "农信社合计 3 户 102,000.00" in pages[0]
    assert "邮储合计 1 户 21,000.00" in pages[1]


def test_the_paper_is_a3_titled_chinese_and_numbers_its_pages(ledger):
    pages, reader = text_of(ledger_pdf(*part_of(ledger, None)))
    assert {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages} == {(420, 297)}
    assert reader.metadata.title == "2011年下半年半年还款台账"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert all(f"第 {number} 页 共 {len(pages)} 页" in page for number, page in enumerate(pages, 1))
    assert len(pages) == 5  # two banks, businesses, plan, totals


def test_only_an_embedded_chinese_font_is_used_and_nothing_is_below_8_pt(ledger):
    _pages, reader = text_of(ledger_pdf(*part_of(ledger, None)))
    sizes = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "Noto-Sans-CJK" in descendant["/BaseFont"] and {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(round(abs(cm[3] * tm[3]) * size, 1)) if text.strip() else None)
    assert min(sizes) >= 8


def test_signatures_stand_under_the_totals_and_the_foot(ledger):
    pages, _reader = text_of(ledger_pdf(*part_of(ledger, None)))
    assert "账实核对" in pages[-1] and "编制：周敏" in pages[-1] and "签发：" in pages[-1]
    assert "102,000.00 0.00 102,000.00" not in pages[-1]  # 90,000 and so on: the closing, not what was lent
    assert ledger.checksum in pages[-1].replace(" ", "")


def test_the_other_parts_stand_behind_the_lines(ledger):
    pages, _reader = text_of(ledger_pdf(*part_of(ledger, None)))
    businesses, plan = pages[2], pages[3]
    assert "停业 1 25.0%" in businesses and "本期未回访 2 户" in businesses and "欧阳震" in businesses
    assert "2012年3月" in plan and "茂林镇" in plan


def many(count, venture="修理部", order=1):
    """Lines enough for several pages; made by hand, as only their amounts and texts matter."""
    bank = Bank(pk=order, name=f"银行{order}", short_name=f"行{order}", order=order)
    amounts = dict.fromkeys(sheets.SUMMED, D("1.01"))
    texts = {"borrower": "张三", "phone": "13904340000", "contract": "X-1", "group": "veteran", "community": "茂林镇", "officer": "周敏", "venture": venture}
    return [HalfYearLine(bank=bank, iou=f"NJ{n:06}", maturity=DECEMBER, term_months=24, **amounts, **texts) for n in range(count)]


def test_what_a_page_carries_the_next_one_brings():
    pages = sheets.sheets([*many(70, order=2), *many(40)])
    assert [(page.bank.order, len(page.lines), page.is_last) for page in pages] == [
        (1, 30, False),
        (1, 10, True),
        (2, 30, False),
        (2, 30, False),
        (2, 10, True),
    ]
    assert [page.brought and page.brought.lines for page in pages] == [None, 30, None, 30, 60]
    for before, after in pairwise(pages):
        assert after.brought == (None if before.is_last else before.carried)
    assert all(page.carried.amounts["closing"] == D("1.01") * page.carried.lines for page in pages)
    assert all(page.page.amounts["paid"] == D("1.01") * len(page.lines) for page in pages)


def test_long_names_take_more_room_and_none_is_cut():
    pages = sheets.sheets(many(40, venture="双辽市王奔镇前进村农业机械修理与配件销售综合服务部暨种子化肥农药代销点"))
    assert len(pages[0].lines) < 30 and sum(len(page.lines) for page in pages) == 40


# --- Excel ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def workbook(ledger):
    content = ledger_xlsx(*part_of(ledger, None))
    return openpyxl.load_workbook(io.BytesIO(content)), openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def test_excel_has_a_sheet_for_every_part(workbook):
    assert workbook[0].sheetnames == ["还款明细", "生产经营", "本期未回访", "下半年计划", "计划小计", "汇总", "账实核对"]


def test_excel_figures_are_the_rows(ledger, workbook):
    sheet = workbook[1]["还款明细"]
    assert [cell.value for cell in sheet[2]] == [str(column.title) for column in COLUMNS]
    for row, line in zip(sheet.iter_rows(min_row=3, max_row=6, values_only=True), ledger.lines.order_by("iou"), strict=True):
        for column, value in zip(COLUMNS, row, strict=True):
            kept = getattr(line, column.name)
            if column.kind in (Kind.AMOUNT, Kind.COUNT):
                assert (value or 0) == float(kept or 0), column.name
            elif column.kind == Kind.DAY:
                assert (value and value.date()) == kept, column.name
            elif column.kind == Kind.TEXT and column.name != "bank":
                assert (value or "") == kept, column.name


def test_excel_adds_up_by_itself_and_keeps_head_and_borrower_in_sight(ledger, workbook):
    formulas, values = (book["还款明细"] for book in workbook)
    place = [column.name for column in COLUMNS].index("closing") + 1
    assert formulas.cell(7, place).value == f"=SUBTOTAL(109,{formulas.cell(3, place).column_letter}3:{formulas.cell(6, place).column_letter}6)"
    assert values.cell(7, place).value == float(sum(line.closing for line in ledger.lines.all()))
    assert formulas.cell(3, place).number_format == "#,##0.00"
    assert formulas.freeze_panes == "C3"


def test_excel_has_the_plan_with_its_subtotals_and_the_foot(ledger, workbook):
    plan, sums, foot = (workbook[1][name] for name in ("下半年计划", "计划小计", "账实核对"))
    assert plan.max_row == 2 + ledger.dues.count() + 1
    assert plan.cell(plan.max_row, 8).value == float(sum(due.principal for due in ledger.dues.all()))
    assert [row[0].value for row in sums.iter_rows(min_row=4, max_row=5)] == ["2012-03", "2012-06"]
    assert [cell.value for cell in foot[foot.max_row]] == ["合计", 120000, 0, 120000, 120000, 120000, "相符"]


# --- The annex of adjustments -------------------------------------------------------------------------------------------
LATER = date(2012, 2, 1)


@pytest.fixture
def corrected(rural, postal):
    """The ledger after an issued one: two receipts of one loan came late, two loans of other borrowers were paid otherwise than known."""
    first, gone, other = made.loan(name="冯春梅", bank=rural), made.loan(name="欧阳震", bank=rural), made.loan(name="高志平", bank=postal)
    made.issued()
    made.repaid(first, SEPTEMBER, 3000, on=LATER)
    made.repaid(first, DECEMBER, 500, on=LATER)
    made.repaid(gone, DECEMBER, 21000, on=LATER)
    made.repaid(other, DECEMBER, 1000, on=LATER)
    return made.draft(Period(2012, 1), on=date(2012, 7, 2))


def test_the_annex_on_paper_names_every_entry_behind_an_adjustment(corrected):
    pages, _reader = text_of(ledger_pdf(*part_of(corrected, None)))
    (page,) = [page for page in pages if "逐笔调整及其凭证" in page]
    assert "63,000.00 0.00 −25,500.00 37,500.00" in page  # closing as issued, first entries, adjustments, opening
    for said in ("冯春梅 农信社 −3,500.00 2011-09-21 还款", "−3,000.00 2012-02-01 周敏", "2011-12-21 还款", "−500.00", "高志平 邮储 −1,000.00"):
        assert said in page
    assert re.search(r"欧阳震 农信社 −21,000\.00 .* −21,000\.00 2012-02-01 周敏 已不在本期台账", page)
    assert "合计 3 户 −25,500.00" in page
    assert f"共 {len(pages)} 页" in page


def test_the_annex_in_excel_adds_up_and_leads_to_the_opening(corrected):
    book = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(*part_of(corrected, None))), data_only=True)
    rows = list(book["期初调整"].iter_rows(min_row=3, values_only=True))
    assert [(row[1], row[3], row[7]) for row in rows[:4]] == [
        ("冯春梅", -3500, -3000),
        ("冯春梅", None, -500),
        ("欧阳震", -21000, -21000),
        ("高志平", -1000, -1000),
    ]
    assert (rows[4][3], rows[4][7]) == (-25500, -25500)
    assert [cell.value for cell in book["与上期衔接"][4]] == [63000, 0, -25500, 37500]


def test_one_banks_annex_is_its_own(corrected, postal):
    part = part_of(corrected, postal.pk)
    assert (part.ledger.dropped, tuple(part.annex.bridge)) == ([], (21000, 0, -1000, 20000))
    pages, _reader = text_of(ledger_pdf(*part))
    text = " ".join(pages) + str([row for sheet in openpyxl.load_workbook(io.BytesIO(ledger_xlsx(*part))) for row in sheet.iter_rows(values_only=True)])
    assert "高志平" in text and not any(name in text for name in ("冯春梅", "欧阳震", "农信社", "25,500"))


# --- One bank's part --------------------------------------------------------------------------------------------------
def test_one_banks_part_holds_nothing_of_another(ledger, postal):
    part = part_of(ledger, postal.pk)
    pages, _reader = text_of(ledger_pdf(*part))
    assert "高志平" in pages[0] and not any(name in " ".join(pages) for name in ("冯春梅", "欧阳震", "许燕", "农村信用"))
    text = str([row for sheet in openpyxl.load_workbook(io.BytesIO(ledger_xlsx(*part))) for row in sheet.iter_rows(values_only=True)])
    assert "高志平" in text and "冯春梅" not in text and "农村信用" not in text


# --- A page per borrower ------------------------------------------------------------------------------------------------
def test_a_card_tells_schedule_receipts_and_visits(ledger):
    line = ledger.lines.get(borrower="冯春梅")
    (page,), _reader = text_of(cards_pdf(ledger, [line]))
    for said in ("冯春梅", line.iou, "农村信用合作联社", "期末余额", "18,000.00", "本期首次入账" if line.first_entry else "前期已入账"):
        assert said in page
    assert "2011-09-21 R" in page and "3,000.00 120.50" in page
    assert "2011-10-01 正常经营 4" in page
    (card,) = cards(ledger, [line])
    # 3,000 paid: the row of March is covered, June to December are late
    assert [row.days_late for row in card.schedule if row.principal][:5] == [0, 193, 101, 10, 0]


def test_a_card_shows_a_reversal_and_not_what_was_booked_later(rural):
    loan = made.loan(bank=rural)
    made.reversed_(made.repaid(loan, SEPTEMBER, 3000))
    ledger = made.draft()
    made.repaid(loan, DECEMBER, 1000)
    (card,) = cards(ledger, ledger.lines.all())
    assert [(receipt.principal, receipt.day) for receipt in card.receipts] == [(3000, SEPTEMBER), (-3000, SEPTEMBER)]
    assert sum(row.paid for row in card.schedule) == 0


def test_every_borrower_has_one_page_whatever_the_form_of_repayment(rural):
    made.loan(bank=rural, term=36, form=Form.EQUAL_PRINCIPAL_MONTHLY, principal="36000")
    for _ in range(3):
        made.loan(bank=rural)
    ledger = made.draft()
    pages, _reader = text_of(cards_pdf(ledger, list(ledger.lines.select_related("bank"))))
    assert [line.iou in page for line, page in zip(ledger.lines.all(), pages, strict=True)] == [True] * 4


def test_many_cards_ask_no_more_queries(ledger, django_assert_num_queries):
    lines = list(ledger.lines.all())
    prefetch_related_objects(lines, "bank")
    with django_assert_num_queries(5):
        cards(ledger, lines)


# --- The call list ------------------------------------------------------------------------------------------------------
def test_the_call_list_says_whom_to_telephone_for_how_much(ledger):
    pages, _reader = text_of(calls_pdf(*part_of(ledger, None)[::2]))
    march = next(page for page in pages if "2012年3月" in page)
    assert "电话催收单" in march and "茂林镇" in march
    assert "2012-03-21 冯春梅 13904340000 农信社" in march
    due = ledger.dues.get(borrower="冯春梅", due=date(2012, 3, 21))
    assert f"{due.remaining:,.2f} {due.own_interest:,.2f} {due.to_pay:,.2f} {due.arrears:,.2f}" in march
    assert "2012年3月小计" in march


def test_nobody_is_telephoned_for_nothing(rural):
    loan = made.loan(bank=rural, form=Form.BULLET_QUARTERLY)  # interest only, and finance pays all of it
    ledger = made.draft()
    assert ledger.dues.filter(loan=loan).exists()
    (page,), _reader = text_of(calls_pdf(*part_of(ledger, None)[::2]))
    assert "没有需要电话催收的款项" in page
