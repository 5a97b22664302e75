"""The quarterly claim as an Excel workbook: the table with its shares and signatures, and the loans behind it. In Chinese, whoever asks."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation

from repayments.claims.due import NOTHING
from repayments.claims.queries import Four, four_of, with_paid
from repayments.claims.shares import add_up, shared
from repayments.models import SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter"}
HEAD = ("", "贷款发生额", "发生笔数", "季初余额", "季末余额", "申请贴息资金额", "审核贴息", "实际拨付")
DETAIL = ("借据号", "借款人", "季度", "文件", "应贴息", "申请", "审核贴息", "实际拨付", "中央", "省级", "地方", "拨付对象", "差异原因")
SIGNATURES = ("经办银行（盖章）", "担保中心审核意见（盖章）", "财政部门意见（盖章）")


@translation.override("zh-hans")
def claim_sheet(claim: SubsidyClaim) -> bytes:
    """Two sheets: 申请表 and 逐笔明细."""
    lines, content = list(with_paid(claim.lines.all())), io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": f"贴息资金申请表 {claim.number}", "author": settings.OFFICE_NAME})
    _table(_Sheet(book, "申请表", (16, *[16] * 7)), claim, lines)
    _detail(_Sheet(book, "逐笔明细", (14, 12, 10, 22, *[14] * 7, 20, 30)), lines)
    book.close()
    return content.getvalue()


class _Sheet:
    """A sheet filled row by row; amounts and days as such."""

    def __init__(self, book: Any, name: str, widths: Sequence[int]):
        self.page, self.at = book.add_worksheet(name), 0
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.text, self.yuan, self.count = (book.add_format({**FONT, "text_wrap": True, **more}) for more in ({}, {"num_format": "#,##0.00"}, {}))
        self.head = book.add_format({**FONT, "bold": True, "align": "center"})
        self.title = book.add_format({"font_name": "宋体", "font_size": 16, "bold": True})

    def row(self, cells: Iterable[Any], *, head: bool = False) -> None:
        for column, cell in enumerate(cells):
            if cell is None or isinstance(cell, str):
                self.page.write_string(self.at, column, cell or "", self.head if head else self.text)
            else:
                self.page.write_number(self.at, column, cell, self.count if isinstance(cell, int) else self.yuan)
        self.at += 1

    def words(self, words: str, *, title: bool = False) -> None:
        self.page.write_string(self.at, 0, words, self.title if title else None)
        self.at += 1


def _table(sheet: _Sheet, claim: SubsidyClaim, lines: Sequence[SubsidyLine]) -> None:
    quarter, four = Quarter.parse(claim.quarter), four_of(claim, lines)
    shares = add_up(shared(_counts(line), line.split) for line in lines)
    sheet.words("小额担保贷款贴息资金申请表", title=True)
    sheet.words(f"申请编号：{claim.number}　经办银行：{claim.bank.name}　季度：{claim.quarter}（{quarter.first} 至 {quarter.last}）　单位：元")
    sheet.row(HEAD, head=True)
    sheet.row(("银行数", claim.bank_lent, claim.bank_loans, claim.bank_opening, claim.bank_closing, claim.claimed, None, None))
    sheet.row(("账载数（应贴息）", claim.lent, claim.loans, claim.opening, claim.closing, four.due, four.approved, four.paid))
    sheet.at += 1
    sheet.row(("分担", "中央", "省级", "地方", "文件未定", "合计"), head=True)
    sheet.row(("", *shares, shares.total))
    sheet.at += 1
    sheet.row(SIGNATURES, head=True)
    sheet.row(("", claim.review_note, claim.approve_note))
    sheet.row((_signed(claim, "submitted"), _signed(claim, "reviewed"), _signed(claim, "approved")))


def _detail(sheet: _Sheet, lines: Sequence[SubsidyLine]) -> None:
    sheet.row(DETAIL, head=True)
    sheet.page.freeze_panes(1, 1)
    sheet.page.repeat_rows(0)
    for line in lines:
        shares = shared(_counts(line), line.split)
        amounts = (line.due, line.claimed, line.approved, line.paid, shares.central, shares.provincial, shares.local)
        sheet.row((line.iou, line.borrower, line.of_quarter, line.document, *amounts, str(line.get_payee_display()), line.reason))
    sums = Four(*(sum((getattr(line, name) or NOTHING for line in lines), NOTHING) for name in Four._fields))
    shares = add_up(shared(_counts(line), line.split) for line in lines)
    sheet.row(("合计", f"{len(lines)} 笔", "", "", *sums, shares.central, shares.provincial, shares.local, "", ""), head=True)


def _counts(line):
    """What is divided among central, provincial and local finance: what is approved, before that what is due."""
    return line.due if line.approved is None else line.approved


def _signed(claim, step):
    by, on = getattr(claim, f"{step}_by"), getattr(claim, f"{step}_on")
    return f"{by.name}　{on}" if by else "年　月　日"
