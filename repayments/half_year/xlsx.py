"""The ledger as an Excel workbook: every part a sheet, heads frozen, real numbers and days, sums as formulas. In Chinese, whoever asks."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation
from xlsxwriter.utility import xl_col_to_name

from repayments.half_year import plan, totals
from repayments.half_year.adjustments import Adjusted, Annex
from repayments.half_year.columns import COLUMNS, Kind, words
from repayments.half_year.foot import Foot, total
from repayments.half_year.period import Period
from repayments.models import Entry, HalfYearDue, HalfYearLedger, HalfYearLine

FORMATS = {
    Kind.AMOUNT: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.DAYS_LATE: "#,##0",
    Kind.DAY: "yyyy-mm-dd",
}
STATES_COLUMNS = (
    ("经营状况", "name", Kind.TEXT, 16),
    ("户数", "lines", Kind.COUNT, 9),
    ("现有用工", "workers", Kind.COUNT, 11),
    ("放款时带动就业", "jobs", Kind.COUNT, 16),
    ("期末余额", "closing", Kind.AMOUNT, 17),
    ("期末逾期", "arrears", Kind.AMOUNT, 15),
    ("逾期户数", "late", Kind.COUNT, 11),
)
UNVISITED_COLUMNS = (
    ("社区", "community", Kind.TEXT, 11),
    ("经办员", "officer", Kind.TEXT, 10),
    ("借据号", "iou", Kind.TEXT, 14),
    ("借款人", "borrower", Kind.TEXT, 11),
    ("项目", "venture", Kind.TEXT, 22),
    ("电话", "phone", Kind.TEXT, 14),
    ("最近回访", "last_visit", Kind.DAY, 12),
    ("期末余额", "closing", Kind.AMOUNT, 15),
)
PLAN_COLUMNS = (
    ("到期日", "due", Kind.DAY, 12),
    ("借款人", "borrower", Kind.TEXT, 11),
    ("电话", "phone", Kind.TEXT, 14),
    ("银行", "bank_name", Kind.TEXT, 10),
    ("借据号", "iou", Kind.TEXT, 14),
    ("社区", "community", Kind.TEXT, 11),
    ("经办员", "officer", Kind.TEXT, 10),
    ("到期本金", "principal", Kind.AMOUNT, 15),
    ("尚应还本金", "remaining", Kind.AMOUNT, 15),
    ("到期利息", "interest", Kind.AMOUNT, 13),
    ("借款人自付利息", "own_interest", Kind.AMOUNT, 16),
    ("已逾期", "arrears", Kind.AMOUNT, 14),
)
SUMS_COLUMNS = (
    ("名称", "name", Kind.TEXT, 16),
    ("户数", "borrowers", Kind.COUNT, 9),
    ("笔数", "dues", Kind.COUNT, 9),
    ("到期本金", "principal", Kind.AMOUNT, 16),
    ("尚应还本金", "remaining", Kind.AMOUNT, 16),
    ("到期利息", "interest", Kind.AMOUNT, 15),
    ("借款人自付利息", "own_interest", Kind.AMOUNT, 16),
    ("借款人应付", "to_pay", Kind.AMOUNT, 16),
)
TOTALS_COLUMNS = (
    ("名称", "name", Kind.TEXT, 26),
    ("户数", "lines", Kind.COUNT, 9),
    ("首次入账", "first_entries", Kind.COUNT, 10),
    ("贷款额", "principal", Kind.AMOUNT, 17),
    ("期初", "opening", Kind.AMOUNT, 17),
    ("期初逾期", "arrears_brought", Kind.AMOUNT, 15),
    ("应还", "due", Kind.AMOUNT, 16),
    ("实还", "paid", Kind.AMOUNT, 16),
    ("期末", "closing", Kind.AMOUNT, 17),
    ("逾期", "arrears", Kind.AMOUNT, 15),
    ("逾期户数", "late", Kind.COUNT, 10),
    ("下半年应还", "due_next", Kind.AMOUNT, 16),
)
ADJUSTED_COLUMNS = (
    ("借据号", "iou", Kind.TEXT, 14),
    ("借款人", "borrower", Kind.TEXT, 11),
    ("经办银行", "bank", Kind.TEXT, 11),
    ("期初调整", "adjustment", Kind.AMOUNT, 15),
    ("起息日", "value_date", Kind.DAY, 12),
    ("业务", "kind", Kind.TEXT, 11),
    ("凭证号", "reference", Kind.TEXT, 26),
    ("影响余额", "moved", Kind.AMOUNT, 15),
    ("记账日", "booked_on", Kind.DAY, 12),
    ("记账人", "booked_by", Kind.TEXT, 10),
    ("说明", "memo", Kind.TEXT, 40),
)
BRIDGE_COLUMNS = (
    ("上期签发的期末余额", "closing_before", Kind.AMOUNT, 19),
    ("首次入账", "first_entries", Kind.AMOUNT, 17),
    ("期初调整", "adjustments", Kind.AMOUNT, 17),
    ("本期期初余额", "opening", Kind.AMOUNT, 17),
)
FOOT_COLUMNS = (
    ("经办银行", "bank", Kind.TEXT, 22),
    ("台账期末（未代偿）", "closing", Kind.AMOUNT, 19),
    ("未满半年贷款余额", "young", Kind.AMOUNT, 19),
    ("合计", "total", Kind.AMOUNT, 17),
    ("基金在保余额", "fund", Kind.AMOUNT, 17),
    ("账簿（逐笔）", "journal", Kind.AMOUNT, 17),
    ("核对", "verdict", Kind.TEXT, 9),
)
Layout = Sequence[tuple[str, str, Kind, int]]


@translation.override("zh-hans")
def ledger_xlsx(ledger: HalfYearLedger, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue], annex: Annex | None = None) -> bytes:
    """The whole ledger. Lines and dues need their banks at hand."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": FORMATS[Kind.DAY]}) as book:
        book.set_properties({"title": f"{Period.parse(ledger.period).label}半年还款台账", "author": settings.OFFICE_NAME})
        Writer(book, ledger).everything(lines, dues, annex)
    return file.getvalue()


class Writer:
    """The workbook while it is written."""

    def __init__(self, book: Any, ledger: HalfYearLedger) -> None:
        self.book, self.ledger = book, ledger
        self._added: dict[int, Any] = {}  # what stands in each column of the sheet at hand, added up
        self.plain = {kind: book.add_format({"num_format": FORMATS.get(kind, "General"), "valign": "top"}) for kind in Kind}
        self.bold = {kind: book.add_format({"num_format": FORMATS.get(kind, "General"), "bold": True, "top": 1, "bg_color": "#F4F4F4"}) for kind in Kind}
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3F1F1", "text_wrap": True, "valign": "vcenter", "align": "center"})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def everything(self, lines: Sequence[HalfYearLine], dues: Sequence[HalfYearDue], annex: Annex | None) -> None:
        own = [(str(column.title), column.name, column.kind, column.width) for column in COLUMNS]
        values = ([words(column, line) for column in COLUMNS] for line in lines)
        summed = {column.name for column in COLUMNS if column.is_summed}
        self._sheet("还款明细", own, values, frozen=2, summed=summed)
        self._adjustments(annex)
        self._states(lines)
        unvisited = sorted((line for line in lines if not line.visits), key=lambda line: (line.community, line.iou))
        self._sheet("本期未回访", UNVISITED_COLUMNS, _cells(UNVISITED_COLUMNS, unvisited), frozen=4, summed={"closing"})
        by_day = sorted(dues, key=lambda due: (due.due, due.bank.order, due.iou))
        planned = {"principal", "remaining", "interest", "own_interest"}  # not what is late: it stands beside every due day of a loan
        self._sheet("下半年计划", PLAN_COLUMNS, _cells(PLAN_COLUMNS, by_day), frozen=2, summed=planned)
        self._tables("计划小计", SUMS_COLUMNS, _plan_sums(dues))
        self._tables("汇总", TOTALS_COLUMNS, [(table.title, [*table.rows, table.total]) for table in totals.tables(lines)])
        feet = [Foot.from_data(row) for row in self.ledger.foot]
        self._tables("账实核对", FOOT_COLUMNS, [("台账期末＋未满半年贷款余额＝基金在保余额＝账簿", [*feet, total(feet, "合计")])])

    def _adjustments(self, annex: Annex | None) -> None:
        if annex:
            rows = [_adjusted(*row) for row in annex.rows]
            self._sheet("期初调整", ADJUSTED_COLUMNS, rows, frozen=2, summed={"adjustment", "moved"})
            self._tables("与上期衔接", BRIDGE_COLUMNS, [("上期期末＋首次入账＋期初调整＝本期期初", [annex.bridge])])

    def _states(self, lines: Sequence[HalfYearLine]) -> None:
        table = totals.by_state(lines)
        self._tables("生产经营", STATES_COLUMNS, [("按最近一次回访的经营状况", [*table.rows, table.total])])

    def _sheet(self, name: str, layout: Layout, rows: Iterable[Sequence[Any]], *, frozen: int, summed: set[str]) -> None:
        """A long list: title, heading, rows, and under them sums that Excel adds up itself."""
        page = self._page(name, layout)
        page.freeze_panes(2, frozen)
        self._heading(page, 1, layout)
        at = 1
        for at, row in enumerate(rows, 2):
            for column, (value, (_title, _name, kind, _width)) in enumerate(zip(row, layout, strict=True)):
                self._cell(page, at, column, value, kind, self.plain)
        page.autofilter(1, 0, max(at, 2), len(layout) - 1)
        self._sums(page, at, layout, summed)
        page.repeat_rows(1)

    def _sums(self, page: Any, last: int, layout: Layout, summed: set[str]) -> None:
        page.write(last + 1, 0, "合计", self.bold[Kind.TEXT])
        for column, (_title, name, kind, _width) in enumerate(layout[1:], 1):
            letter = xl_col_to_name(column)
            if name in summed and last > 1:
                page.write_formula(last + 1, column, f"=SUBTOTAL(109,{letter}3:{letter}{last + 1})", self.bold[kind], self._added.get(column, 0))
            else:
                page.write_blank(last + 1, column, None, self.bold[kind])

    def _tables(self, name: str, layout: Layout, tables: Iterable[tuple[Any, Sequence[Any]]]) -> None:
        """Short tables one below the other; the last row of each is its total."""
        page = self._page(name, layout)
        page.freeze_panes(1, 1)
        at = 1
        for title, rows in tables:
            page.write(at, 0, str(title), self.title)
            self._heading(page, at + 1, layout)
            for row, cells in enumerate(_cells(layout, rows), at + 2):
                formats = self.bold if row == at + 1 + len(rows) else self.plain
                for column, (value, (_t, _n, kind, _w)) in enumerate(zip(cells, layout, strict=True)):
                    self._cell(page, row, column, value, kind, formats)
            at += len(rows) + 4

    def _page(self, name: str, layout: Layout) -> Any:
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(8)  # A3
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
        self._added = {}
        said = (settings.OFFICE_NAME, f"{Period.parse(self.ledger.period).label}半年还款台账", name, f"截至{self.ledger.last_day}")
        page.write(0, 0, "　".join((*said, self.ledger.number or "未签发", "单位：元")), self.title)
        for column, (_title, _name, _kind, width) in enumerate(layout):
            page.set_column(column, column, width)
        return page

    def _heading(self, page: Any, row: int, layout: Layout) -> None:
        for column, (title, _name, _kind, _width) in enumerate(layout):
            page.write(row, column, title, self.head)

    def _cell(self, page: Any, row: int, column: int, value: Any, kind: Kind, formats: dict[Kind, Any]) -> None:
        if value is None or value == "":
            page.write_blank(row, column, None, formats[kind])
        elif kind == Kind.FLAG:
            page.write(row, column, "是" if value else "", formats[kind])
        elif kind == Kind.DAY and not isinstance(value, str):
            page.write_datetime(row, column, value, formats[kind])
        elif kind in (Kind.AMOUNT, Kind.COUNT, Kind.DAYS_LATE):
            page.write_number(row, column, value, formats[kind])
            self._added[column] = self._added.get(column, 0) + value
        else:
            page.write_string(row, column, str(value), formats[kind])


def _cells(layout: Layout, rows: Iterable[Any]) -> Iterable[list[Any]]:
    return ([row.bank.short_name if name == "bank_name" else getattr(row, name) for _title, name, _kind, _width in layout] for row in rows)


def _adjusted(loan: Adjusted, entry: Entry | None, first: bool) -> list[Any]:
    """One row of the annex: a loan's adjustment stands on its first row only, so that the column adds up."""
    gone = "已不在本期台账" if loan.gone else ""
    behind: list[Any] = [None] * 6 + [gone]
    if entry:
        said = "；".join(filter(None, (entry.memo, gone)))
        behind = [entry.value_date, entry.get_kind_display(), entry.reference, entry.moved, entry.booked_on, entry.booked_by.name, said]
    return [loan.iou, loan.borrower, loan.bank.short_name, loan.adjustment if first else None, *behind]


def _plan_sums(dues: Sequence[HalfYearDue]) -> list[tuple[str, list[plan.Sum]]]:
    together = plan.add_up("合计", dues)
    months = [row._replace(name=f"{row.name:%Y-%m}") for row in plan.by_month(dues)]
    return [("按月", [*months, together]), ("按经办员", [*plan.by_officer(dues), together]), ("按社区", [*plan.by_community(dues), together])]
