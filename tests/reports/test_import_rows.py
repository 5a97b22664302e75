"""Every rule of the import refuses what breaks it, by sheet, row and column, all at once; history that went beyond the rules is warned of and kept."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from loans.models import Loan
from reports.importing.examine import NotALedger, examine
from tests import make
from tests.reports.workbooks import FIRST, SECOND, added, changed, examined, ledger, refusals, repeated, warnings, workbook

pytestmark = pytest.mark.django_db

HISTORY = Path(__file__).parents[1] / "history"
LOANS, RECEIPTS, VISITS, SIYB, OTHER, FUND, PLAN = "贷款台账", "还款流水", "贷后回访", "SIYB培训", "其他培训", "担保基金", "年度计划"


@pytest.fixture(autouse=True)
def banks(rural, postal):
    return rural, postal


def test_a_ledger_that_is_right_has_nothing_refused_and_nothing_warned_of():
    found = examined()
    assert refusals(found) == []
    assert warnings(found) == []
    assert (found.count("accepted"), found.count("unchanged"), found.warned) == (12, 0, 0)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "words"),
    [
        (LOANS, 2, "借款人类型", "集体", "可填：个人"),
        (LOANS, 2, "姓名或企业名称", "  ", "未填写"),
        (LOANS, 2, "身份证号或注册号", FIRST[:-1] + ("0" if FIRST[-1] != "0" else "1"), "校验位"),
        (LOANS, 2, "身份证号或注册号", FIRST[:10], "18位"),
        (LOANS, 2, "性别", "女", "与身份证号不符"),
        (LOANS, 2, "人员类别", "待业青年", "无法识别"),
        (LOANS, 2, "联系电话", "无", "不是电话号码"),
        (LOANS, 2, "社区", "", "未填写"),
        (LOANS, 2, "创业项目", "", "未填写"),
        (LOANS, 2, "经办银行", "火星银行", "没有名为“火星银行”的经办银行"),
        (LOANS, 2, "合同号", "NXD2009-0002", None),
        (LOANS, 2, "借据号", "", "未填写"),
        (LOANS, 2, "贷款金额", -5, "金额应大于0"),
        (LOANS, 2, "贷款金额", 99, "不少于100元"),
        (LOANS, 2, "贷款金额", "见合同", "不是金额"),
        (LOANS, 2, "发放日期", "2010-02-31", "不存在"),
        (LOANS, 2, "发放日期", date(2099, 1, 5), "2012-01-04"),
        (LOANS, 2, "发放日期", date(2001, 9, 10), "2002-12-24"),
        (LOANS, 2, "期限(月)", 0, "1至120"),
        (LOANS, 2, "到期日期", date(2011, 9, 11), "2011-09-10"),
        (LOANS, 2, "年利率(%)", 840, "24%"),
        (LOANS, 2, "还款方式", "随便还", "无法识别"),
        (LOANS, 2, "微利项目", "大概", "可填：是、否"),
        (LOANS, 2, "带动就业人数", -1, "整数"),
        (LOANS, 2, "结清日期", date(2011, 9, 10), "尚未还清"),
        (LOANS, 3, "结清日期", date(2010, 11, 1), "2010-12-21"),
        (LOANS, 3, "结清日期", date(2009, 1, 1), "发放日与今天之间"),
        (RECEIPTS, 2, "经办银行", "邮政储蓄银行", "是农村信用合作联社的贷款"),
        (RECEIPTS, 2, "经办银行", "火星银行", "没有名为"),
        (RECEIPTS, 2, "借据号", "NJ209900001", "没有借据号为NJ209900001的贷款"),
        (RECEIPTS, 2, "还款日期", date(2009, 9, 9), "2009-09-10"),
        (RECEIPTS, 2, "还款日期", date(2012, 1, 5), "2012-01-04"),
        (RECEIPTS, 2, "本金", -1, "不能小于0"),
        (RECEIPTS, 2, "本金", 30000.01, "尚欠本金30000.00元"),
        (RECEIPTS, 3, "流水号", "R1", "前面的行已有"),
        (VISITS, 2, "借据号", "NJ209900001", "没有借据号为NJ209900001的贷款"),
        (VISITS, 2, "回访日期", date(2009, 9, 1), "发放日2009-09-10"),
        (VISITS, 2, "经营状况", "一般", "正常经营"),
        (VISITS, 2, "用工人数", "几个", "不是数字"),
        (SIYB, 2, "班次", "一班", "2004-SYB-01"),
        (SIYB, 2, "年度", 2010, None),
        (SIYB, 3, "开班日期", date(2009, 3, 3), "其他日期"),
        (SIYB, 2, "结业日期", date(2009, 3, 1), "开班日与今天之间"),
        (SIYB, 2, "性别", "男", "与身份证号不符"),
        (SIYB, 2, "身份证号", SECOND[:17], "18位"),
        (SIYB, 2, "出勤率(%)", 101, "0至100"),
        (SIYB, 2, "姓名", "单小红", "登记的姓名是单晓红"),
        (OTHER, 2, "姓名", "任键", "登记的姓名是任建"),
        (FUND, 2, "类别", "捐赠", "可填：财政注入"),
        (FUND, 2, "金额", 0, "金额应大于0"),
        (FUND, 2, "日期", date(2012, 2, 1), "2012-01-04"),
        (FUND, 2, "经办银行", "火星银行", "没有名为"),
        (PLAN, 2, "年度", 1899, "整数"),
    ],
)
def test_each_rule_names_its_row_and_its_column(sheet, row, column, value, words):
    found = refusals(examined(changed(sheet, row, column, value)))
    expected = {
        "合同号": (LOANS, 3, "合同号", "已存在"),  # of two rows the later is refused
        "年度": (SIYB, 2, "班次", "不属于2010年度"),
    }
    where = (sheet, row, column, words) if words else expected[column]
    assert [(line[:3], where[3] in line[3]) for line in found if line[:3] == where[:3]] == [(where[:3], True)], found


def test_everything_wrong_is_said_at_once():
    sheets = changed(LOANS, 2, "贷款金额", "见合同", like=changed(LOANS, 2, "性别", "女", like=changed(RECEIPTS, 4, "还款日期", "昨天")))
    found = {line[:3] for line in refusals(examined(sheets))}
    assert {(LOANS, 2, "贷款金额"), (LOANS, 2, "性别"), (RECEIPTS, 4, "还款日期")} <= found


@pytest.mark.parametrize(
    ("sheet", "changes", "column"),
    [
        (LOANS, {"合同号": "NXD2009-0009"}, "借据号"),
        (LOANS, {"借据号": "NJ200900009", "结清日期": ""}, "合同号"),
        (RECEIPTS, {}, "流水号"),
        (VISITS, {"用工人数": 9}, "回访日期"),
        (SIYB, {}, "身份证号"),
        (OTHER, {}, "身份证号"),
        (FUND, {}, "文号"),
        (PLAN, {}, "年度"),
    ],
)
def test_of_two_rows_that_are_one_the_later_is_refused(sheet, changes, column):
    sheets = repeated(sheet, 2, **changes)
    assert [line[:3] for line in refusals(examined(sheets))] == [(sheet, len(sheets[sheet]), column)]


def test_nothing_more_is_said_about_the_receipts_of_a_loan_that_is_itself_refused():
    assert {line[0] for line in refusals(examined(changed(LOANS, 2, "还款方式", "随便还")))} == {LOANS}


def test_neither_principal_nor_interest():
    sheets = changed(RECEIPTS, 2, "本金", 0, like=changed(RECEIPTS, 2, "利息", ""))
    assert [line[:3] for line in refusals(examined(sheets))] == [(RECEIPTS, 2, "本金")]


def test_principal_beyond_what_was_lent_is_counted_in_the_order_of_days():
    """Rows may stand in any order: of three receipts the latest by day goes beyond."""
    sheets = added(RECEIPTS, ["R9", "农村信用合作联社", "NJ200900002", date(2010, 1, 4), 1, 0])
    found = refusals(examined(sheets))
    assert [line[:3] for line in found] == [(LOANS, 3, "结清日期"), (RECEIPTS, 4, "本金")]
    assert "尚欠本金9999.00元" in found[1][3]


def test_a_sheet_without_its_columns_is_refused_and_names_them():
    sheets = ledger()
    sheets[VISITS][0] = ["借据号", "日子", "怎么样", "用工人数", "备注"]
    assert [line[:3] for line in refusals(examined(sheets))] == [(VISITS, 1, "回访日期"), (VISITS, 1, "经营状况")]


def test_what_is_no_workbook_is_refused_whole():
    with pytest.raises(NotALedger, match="无法作为Excel工作簿读取"):
        examine(b"PK\x03\x04 not really", on=make.TODAY)
    with pytest.raises(NotALedger, match="没有以下任何一张表"):
        examine(workbook({"通讯录": [["姓名"], ["潘志国"]]}), on=make.TODAY)


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [(2, "贷款金额", 60000, "超过当时的额度50000"), (2, "年利率(%)", 8.41, "高于当时的利率上限8.4%"), (2, "期限(月)", 36, "超过当时的期限24个月")],
)
def test_history_beyond_the_rules_of_its_day_is_warned_of_and_kept(row, column, value, words):
    sheets = changed(LOANS, row, column, value)
    found = examined(changed(LOANS, row, "到期日期", "", like=sheets))
    assert refusals(found) == []
    assert [line[:3] for line in warnings(found)] == [(LOANS, row, column)]
    assert words in warnings(found)[0][3]


def test_two_loans_of_one_person_at_once_are_warned_of_and_kept():
    again = {"借据号": "NJ200900003", "合同号": "NXD2009-0003", "发放日期": date(2010, 9, 10), "到期日期": date(2012, 9, 10), "年利率(%)": 8.4, "结清日期": ""}
    found = examined(repeated(LOANS, 2, **again))
    assert [line[:3] for line in warnings(found)] == [(LOANS, 4, "身份证号或注册号")]
    assert found.count("refused") == 0


def test_a_bank_that_comes_to_stand_for_more_than_its_multiple_is_warned_of():
    found = examined(changed(FUND, 2, "金额", 4000))
    assert [line[:3] for line in warnings(found)] == [(LOANS, 3, "经办银行")]
    assert found.count("refused") == 0


def test_the_command_prints_what_scripts_rely_on_and_fails_where_anything_is_refused(tmp_path, administrator, capsys):
    make.office_date()
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(workbook(changed(LOANS, 2, "贷款金额", "见合同")))
    for dry in (["--dry-run"], []):
        with pytest.raises(SystemExit) as ended:
            call_command("import_ledger", str(path), "--json", *dry)
        said = json.loads(capsys.readouterr().out)
        assert ended.value.code == 1
        assert {key: said[key] for key in ("accepted", "unchanged", "refused", "warned")} == {"accepted": 11, "unchanged": 0, "refused": 1, "warned": 0}
        assert said["rows"] == [
            {
                "sheet": LOANS,
                "row": 2,
                "outcome": "refused",
                "errors": [{"column": "贷款金额", "message": "“见合同”不是金额。"}],
                "warnings": [],
                "amount_yuan": None,
                "disbursed_on": "2009-09-10",
            },
            {"sheet": LOANS, "row": 3, "outcome": "accepted", "errors": [], "warnings": [], "amount_yuan": "20000.00", "disbursed_on": "2009-12-21"},
        ]
        assert Loan.objects.count() == 0


def test_the_command_speaks_chinese_to_people(tmp_path, capsys):
    make.office_date()
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(workbook(changed(LOANS, 2, "经办银行", "火星银行")))
    with pytest.raises(SystemExit):
        call_command("import_ledger", str(path), "--dry-run")
    said = capsys.readouterr().out
    assert "贷款台账第2行“经办银行”：没有名为“火星银行”的经办银行。" in said
    assert "未通过1行" in said


def test_a_ledger_as_people_really_keep_it():
    """Title rows, 万元 in the heading, full-width figures, days as text, 15-digit numbers, totals: row by row as expected."""
    found = examine((HISTORY / "messy_ledger.xlsx").read_bytes(), on=make.TODAY)
    rows = {row.number: row for row in found.rows}
    with (HISTORY / "messy_ledger_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {int(line["excel_row"]): line for line in csv.DictReader(file)}
    assert rows.keys() == expected.keys()
    for at, line in expected.items():
        row = rows[at]
        assert row.outcome == line["outcome"], (at, line["what"], row.errors)
        if line["outcome"] == "refused":
            assert line["column"] in [finding.column for finding in row.errors], at
        else:
            said = str(row["amount"]), str(row["disbursed"]), row["name"], row["identity"].number
            assert said == (line["amount_yuan"], line["disbursed_on"], line["name"], line["identity_number"])
