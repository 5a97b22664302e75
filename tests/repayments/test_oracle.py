"""The office's old ledger as an oracle for policy, schedule and subsidy together (domain.md §7, facts.md §0).

利息 in 还款流水 is the borrower's own part: the planned row less what finance pays. Measured over the real ledger:

- 11,114 receipts pay a row in full, alone, on its due day. 11,111 of them (99.97 %) agree to the fen; the other three are one
  amount, 951.825 exactly, which the ledger writes as 951.82 and half-up makes 951.83.
- Every one of the 13,496 receipts is explained: 11,694 carry the borrower's part of the row due that day, 356 that of an earlier
  row paid late, 17 repay the whole loan between due days and carry half of the next row's, 1,426 carry no interest (a further
  piece of a row, or finance pays it all), and the three above.
- No loan exceeds its cap, and every individual's rate is exactly the ceiling of its day.
"""

from collections import Counter, defaultdict
from decimal import Decimal as D
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from loans.forms_of_repayment import Form
from loans.money import fen
from loans.policy import terms
from loans.policy_files import group_codes, read_rates, read_rules
from loans.rates import rate_ceiling, subsidy_reference
from repayments.schedule import maturity, rows
from repayments.subsidy import LoanFacts, borrower_part

LEDGER = Path(__file__).parents[2] / "reports" / "data" / "office_ledger_2004_2011.xlsx"
FORMS = {"半年后按季等额还本": Form.GRACE_QUARTERLY, "按季付息到期还本": Form.BULLET_QUARTERLY}
A_FEN_LESS = D("951.82")  # 37,000 × 10.29 % / 360 × 90 days = 951.825


class Lent:
    """A line of 贷款台账 under the rules of its day."""

    def __init__(self, line, rules, rates, codes):
        day, months = line["发放日期"], int(line["期限(月)"])
        principal, rate = D(str(line["贷款金额(元)"])), D(str(line["年利率(%)"]))
        groups = {
            codes[line["人员类别"]],
            *(["woman"] if line["性别"] == "女" else []),
            *(["siyb_excellent"] if line["SIYB优秀学员"] == "是" else []),
        }
        self.kind = "enterprise" if line["借款人类型"] == "企业" else "individual"
        self.terms = terms(rules, kind=self.kind, groups=groups, application_on=day)
        self.ceiling = rate_ceiling(self.terms, rates, contract_on=day, term_months=months)
        regime = self.terms.regime(micro_profit=line["微利项目"] == "是")
        self.facts = LoanFacts(
            regime=regime,
            principal=principal,
            rate=rate,
            disbursed=day,
            maturity=maturity(day, months),
            cap=self.terms.capped_for_subsidy(principal),
            schedule=rows(FORMS[line["还款方式"]], principal, rate, day, months),
            reference=subsidy_reference(regime, rates, contract_on=day, term_months=months),
        )
        self.parts = {row.due: borrower_part(self.facts, row) for row in self.facts.schedule}
        self.repaid = D(0)

    def explains(self, day, principal, interest):
        """Which interest a receipt carries."""
        self.repaid += principal
        if self.parts.get(day) == interest:
            return "the row due that day"
        if interest == 0:
            return "none, between due days or as a further piece"
        if any(due < day and part == interest for due, part in self.parts.items()):
            return "a row paid late"
        coming = next((part for due, part in self.parts.items() if due > day), None)
        if coming is not None and self.repaid == self.facts.principal and fen(coming / 2) == interest:
            return "half a row cut short by full repayment"
        return "a fen less" if interest == A_FEN_LESS else "unexplained"


@pytest.fixture(scope="module")
def ledger():
    book = CalamineWorkbook.from_path(LEDGER)

    def sheet(name):
        heading, *lines = book.get_sheet_by_name(name).to_python()
        return [dict(zip(heading, line, strict=True)) for line in lines]

    rules, rates, codes = read_rules(), read_rates(), group_codes()
    loans = {line["借据号"]: Lent(line, rules, rates, codes) for line in sheet("贷款台账")}
    receipts = [(line["借据号"], line["还款日期"], D(str(line["本金(元)"])), D(str(line["利息(元)"]))) for line in sheet("还款流水")]
    return loans, receipts


def test_no_loan_exceeds_the_cap_of_its_day(ledger):
    loans, _receipts = ledger
    assert len(loans) == 2986
    assert [iou for iou, loan in loans.items() if loan.facts.principal > loan.terms.cap()] == []


def test_every_individual_pays_exactly_the_ceiling_and_the_enterprise_what_was_agreed(ledger):
    loans, _receipts = ledger
    assert all(loan.facts.rate == loan.ceiling for loan in loans.values() if loan.kind == "individual")
    assert [loan.ceiling for loan in loans.values() if loan.kind == "enterprise"] == [None]


def test_what_was_paid_in_full_on_the_due_day_is_the_borrowers_part_to_the_fen(ledger):
    loans, receipts = ledger
    alone = Counter((iou, day) for iou, day, _principal, _interest in receipts)
    due = defaultdict(list)
    for iou, day, principal, interest in receipts:
        row = next((row for row in loans[iou].facts.schedule if row.due == day), None)
        if row and alone[iou, day] == 1 and principal == row.principal:
            due[loans[iou].parts[day] == interest].append(interest)
    assert len(due[True]) == 11_111
    assert due[False] == [A_FEN_LESS] * 3


def test_the_interest_of_every_receipt_is_explained(ledger):
    loans, receipts = ledger
    assert Counter(loans[iou].explains(day, principal, interest) for iou, day, principal, interest in receipts) == {
        "the row due that day": 11_694,
        "a row paid late": 356,
        "half a row cut short by full repayment": 17,
        "none, between due days or as a further piece": 1_426,
        "a fen less": 3,
    }
