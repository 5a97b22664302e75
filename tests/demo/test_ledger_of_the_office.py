"""The office's real ledger in the running demo: the article's figures, and the same outstanding principal per loan by tools that are not ours."""

import csv
import json
import re
import subprocess
from collections import defaultdict
from decimal import Decimal as D

import pytest
from python_calamine import CalamineWorkbook

from tests.demo.office import ROOT

LEDGER = ROOT / "reports" / "data" / "office_ledger_2004_2011.xlsx"
HISTORY = ROOT / "tests" / "history"
HEADLINE = {  # the office's own published figures, as of 31 December 2011
    "guarantee_fund_paid_in_yuan": "11500000.00",
    "borrowers_persons": 2958,
    "lent_yuan": "84600000.00",
    "ventures_opened": 2986,
    "jobs_created": 14295,
    "loans": 2986,
    "outstanding_yuan": "30113512.46",
}
BY_BANK = {
    "农村信用合作联社": ("5910000.00", "15841685.69", "0.00", "13708314.31"),
    "邮政储蓄银行": ("3234000.00", "8050041.56", "0.00", "8119958.44"),
    "城市商业银行": ("2356000.00", "6221785.21", "0.00", "5558214.79"),
}


@pytest.fixture(scope="module")
def figures(demo):
    return json.loads(demo.manage("office_figures", "--as-of", "2011-12-31", "--json").stdout)


def test_the_figures_are_the_offices_own(figures):
    assert {name: figures[name] for name in HEADLINE} == HEADLINE
    found = {name: (b["fund_yuan"], b["outstanding_yuan"], b["reserved_yuan"], b["room_yuan"]) for name, b in figures["by_bank"].items()}
    assert found == BY_BANK


def test_the_years_add_up_to_the_whole(figures):
    years = figures["by_year"]
    assert list(years) == [str(year) for year in range(2004, 2012)]
    assert years["2008"] == {"loans": 460, "lent_yuan": "10600000.00", "jobs": 2300}
    assert sum(year["loans"] for year in years.values()) == figures["loans"]
    assert sum(D(year["lent_yuan"]) for year in years.values()) == D(figures["lent_yuan"])
    assert sum(year["jobs"] for year in years.values()) == figures["jobs_created"]


def test_the_ledger_taken_in_a_second_time_adds_nothing(demo):
    done = demo.manage("import_ledger", LEDGER, "--json")
    said = json.loads(done.stdout)
    assert {name: said[name] for name in ("accepted", "unchanged", "refused", "warned")} == {"accepted": 0, "unchanged": 27149, "refused": 0, "warned": 0}
    assert len(said["rows"]) == 2986
    assert said["rows"][-1]["row"] == 2987


def test_a_dry_run_of_the_messy_ledger_on_the_offices_data(demo):
    done = demo.manage("import_ledger", HISTORY / "messy_ledger.xlsx", "--dry-run", "--json", check=False)
    assert done.returncode == 1
    with (HISTORY / "messy_ledger_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {int(line["excel_row"]): line["outcome"] for line in csv.DictReader(file)}
    assert {row["row"]: row["outcome"] for row in json.loads(done.stdout)["rows"]} == expected


def test_the_book_is_in_order(demo):
    assert "账簿无误" in demo.manage("check_book").stdout


@pytest.mark.parametrize("program", ["hledger", "ledger"])
def test_both_public_programs_find_what_each_loan_owes_by_the_ledger_itself(program, demo, tmp_path):
    journal = tmp_path / "office.journal"
    journal.write_text(demo.manage("export_journal", "--as-of", "2011-12-31").stdout, encoding="utf-8")
    command = [program, "-f", journal, "bal", "assets:loans", "--flat"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    found = {iou: D(amount) for amount, iou in re.findall(r"(-?[\d.]+) CNY\s+assets:loans:\S+:(\S+)", run.stdout)}
    assert found == owed_by_the_ledger()
    assert "30113512.46 CNY" in run.stdout.splitlines()[-1]


def owed_by_the_ledger():
    """{IOU: lent less received}, straight from the two sheets."""
    book = CalamineWorkbook.from_path(LEDGER)
    owed = defaultdict(D)
    for line in lines(book, "贷款台账"):
        owed[line["借据号"]] += D(str(line["贷款金额(元)"]))
    for line in lines(book, "还款流水"):
        owed[line["借据号"]] -= D(str(line["本金(元)"]))
    return {iou: amount for iou, amount in owed.items() if amount}


def lines(book, sheet):
    heading, *rows = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(heading, row, strict=True)) for row in rows]
