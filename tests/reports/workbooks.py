"""Small ledgers for imports: seven sheets that are right, and ways to spoil them."""

import io
from datetime import date

import xlsxwriter

from applicants.identity import check_character
from reports.importing.examine import examine
from tests import make


def number(born, sequence):
    """A right identity number of the invented area."""
    body = f"220399{born:%Y%m%d}{sequence:03}"
    return body + check_character(body)


FIRST, SECOND, THIRD = number(date(1960, 3, 5), 11), number(date(1970, 8, 9), 22), number(date(1980, 1, 2), 33)


def ledger():
    """{sheet: [headings, rows…]} of a ledger that is right: two loans, the second repaid whole, and a trainee who never borrowed."""
    return {
        "担保基金": [
            ["日期", "经办银行", "金额(元)", "类别", "文号"],
            [date(2009, 1, 5), "农村信用合作联社", 100000, "财政注入", "双财〔2009〕1号"],
        ],
        "年度计划": [
            ["年度", "计划笔数", "计划金额(元)", "计划带动就业"],
            [2009, 2, 50000, 10],
        ],
        "贷款台账": [
            [
                *(
                    "序号",
                    "借款人类型",
                    "姓名或企业名称",
                    "身份证号或注册号",
                    "性别",
                    "人员类别",
                    "优惠证号",
                    "联系电话",
                    "社区",
                    "创业项目",
                    "行业",
                    "经办银行",
                ),
                *("合同号", "借据号", "贷款金额(元)", "发放日期", "期限(月)", "到期日期", "年利率(%)", "还款方式", "微利项目", "SIYB优秀学员", "带动就业人数"),
                "结清日期",
            ],
            [
                *(1, "个人", "潘志国", FIRST, "男", "城镇登记失业人员", "SL000001", "13904340001", "茂林镇", "茂林潘志修理部", "修理修配", "农村信用合作联社"),
                *("NXD2009-0001", "NJ200900001", 30000, date(2009, 9, 10), 24, date(2011, 9, 10), 8.4, "半年后按季等额还本", "是", "否", 3, ""),
            ],
            [
                *(2, "个人", "单晓红", SECOND, "女", "就业困难人员", "SL000002", "13904340002", "红旗街", "红旗单晓饭店", "餐饮服务", "农村信用合作联社"),
                *("NXD2009-0002", "NJ200900002", 20000, date(2009, 12, 21), 12, date(2010, 12, 21), 8.31, "按季付息到期还本", "是", "是", 5),
                date(2010, 12, 21),
            ],
        ],
        "还款流水": [
            ["流水号", "经办银行", "借据号", "还款日期", "本金(元)", "利息(元)"],
            ["R1", "农村信用合作联社", "NJ200900001", date(2010, 3, 21), 5000, 12.34],
            ["R2", "农村信用合作联社", "NJ200900002", date(2010, 6, 25), 10000, 0],
            ["R3", "农村信用合作联社", "NJ200900002", date(2010, 12, 21), 10000, 56.78],
        ],
        "贷后回访": [
            ["借据号", "回访日期", "经营状况", "用工人数", "备注"],
            ["NJ200900001", date(2010, 3, 30), "正常经营", 4, ""],
            ["NJ200900002", date(2010, 4, 2), "经营困难", 2, "缺货源"],
        ],
        "SIYB培训": [
            ["年度", "班次", "开班日期", "结业日期", "姓名", "身份证号", "性别", "出勤率(%)", "考试成绩", "创业计划书评分"],
            [2009, "2009-SYB-01", date(2009, 3, 2), date(2009, 3, 13), "单晓红", SECOND, "女", 95, 92, 88],
            [2009, "2009-SYB-01", date(2009, 3, 2), date(2009, 3, 13), "任建", THIRD, "男", 90, 70, 61.5],
        ],
        "其他培训": [
            ["年度", "课程", "姓名", "身份证号"],
            [2010, "养殖技术", "任建", THIRD],
        ],
    }


def changed(sheet, row, column, value, *, like=None):
    """The right ledger (or `like`) with one cell of one row (Excel's number) changed."""
    sheets = like or ledger()
    place = next(i for i, heading in enumerate(sheets[sheet][0]) if heading.partition("(")[0] == column.partition("(")[0])
    sheets[sheet][row - 1][place] = value
    return sheets


def added(sheet, row):
    """The right ledger with one more row on a sheet."""
    sheets = ledger()
    sheets[sheet].append(row)
    return sheets


def repeated(sheet, row, **changes):
    """The right ledger with one of its rows (Excel's number) once more at the end, some cells changed."""
    sheets = ledger()
    cells = dict(zip(sheets[sheet][0], sheets[sheet][row - 1], strict=True)) | changes
    sheets[sheet].append(list(cells.values()))
    return sheets


def workbook(sheets=None):
    """The bytes of an Excel file with these sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in (sheets or ledger()).items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value != "":
                    sheet.write(at, column, value)
    book.close()
    return out.getvalue()


def examined(sheets=None, *, on=make.TODAY):
    """What would become of this ledger."""
    return examine(workbook(sheets), on=on)


def refusals(found):
    """Everything refused: (sheet, row, column, message)."""
    return [(row.layout.sheet, row.number, *finding) for row in found.rows for finding in row.errors]


def warnings(found):
    """Everything warned of: (sheet, row, column, message)."""
    return [(row.layout.sheet, row.number, *finding) for row in found.rows for finding in row.warnings]
