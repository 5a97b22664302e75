"""Reversed after settlement: a receipt of another borrower had closed the loan; the half-year was issued since, and the loan is past its maturity."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import State
from repayments import penalty, queries
from repayments.half_year.actions import build
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from reports import figures
from staff.models import Role
from tests import make
from tests.book import printed
from tests.repayments.half_year import made as half_year
from tests.repayments.walked import confirmed, held, in_order, on, on_desk, opened, sent, standing, told

pytestmark = pytest.mark.django_db

DUE = date(2013, 1, 4)
FOUND_OUT = date(2013, 8, 1)  # 209 days after it


@pytest.fixture
def loan():
    make.fund()
    signed = make.contracted(make.case_at(State.PROMISED, form=Form.BULLET_QUARTERLY, term=12), rate=D("9.5"))
    return make.disbursed(signed)


def issued(period, day):
    """The ledger of a half-year, issued on a day."""
    ledger = build(period=period, by=make.staff(Role.DIRECTOR), on=day)
    HalfYearLedger.objects.filter(pk=ledger.pk).update(number=f"双担台〔{day.year}〕1号", issued_on=day, issued_by=ledger.built_by)


def shown(page):
    """{what: (now, afterwards)} of a preview."""
    rows = page.context["shown"]
    return {str(row.label): (row.before, row.after) for row in (rows["rows"] if isinstance(rows, dict) else rows)}


def test_reversed_after_settlement(loan):
    bank = make.browser(make.clerk(loan))
    # settled by a receipt that was another borrower's
    on(DUE)
    assert sent(bank, loan, "receive/", value_date=DUE, principal="50000", interest="0", reference="LS1").status_code == 302
    assert standing(loan, DUE) == (State.SETTLED, 0, 0, 0, 1000000)
    assert Loan.objects.get().closed_on == DUE and figures.outstanding(on=DUE) == {}
    issued(Period(2013, 1), on(date(2013, 7, 5)))

    # seen before it is done: the same act, and nothing stays of it
    on(FOUND_OUT)
    wrong = queries.entries_of(loan)[-1]
    seen = bank.get(f"/cases/{loan.number}/entries/{wrong.pk}/reverse/")
    assert shown(seen) == {
        "状态": ("已结清", "还款中"),
        "尚欠本金（元）": ("0.00", "50,000.00"),
        "收回利息（元）": ("0.00", "0.00"),
        "逾期（元）": ("0.00", "50,000.00"),
        "逾期天数": ("0", "209"),
        "欠罚息（元）": ("0.00", "4,136.46"),
        "多还待退（元）": ("0.00", "0.00"),
        "现行计划": ("第1版，2013-01-04到期", "第1版，2013-01-04到期"),
        "该行基金余量（元）": ("1,000,000.00", "950,000.00"),
    }
    assert "2013年上半年台账已签发（双担台〔2013〕1号）" in seen.content.decode() and "在2013年下半年台账作为调整列示" in seen.content.decode()
    assert standing(loan, FOUND_OUT) == (State.SETTLED, 0, 0, 0, 1000000) and len(queries.entries_of(loan)) == 2

    # done
    assert sent(bank, loan, f"entries/{wrong.pk}/reverse/", reason=" ").status_code == 200 and Loan.objects.get().state == State.SETTLED
    assert sent(bank, loan, f"entries/{wrong.pk}/reverse/", reason="他人还款记错户").status_code == 302
    assert standing(loan, FOUND_OUT) == (State.LIVE, 50000, 50000, 0, 950000)
    assert (
        printed(loan)
        == f"""
2012-01-04  {loan.iou_number:<16} principal +50000.00   bank_money -50000.00
2013-01-04  LS1              bank_money +50000.00   principal -50000.00
2013-01-04  LS1/reversed     bank_money -50000.00   principal +50000.00  booked 2013-08-01  undoes LS1
"""
    )
    again = Loan.objects.get()
    assert (again.closed_on, queries.arrears(again, FOUND_OUT)[:2]) == (None, (50000, 209))
    assert [s.version for s in again.schedules.standing()] == [1] and sum(figures.outstanding(on=FOUND_OUT).values()) == 50000
    assert "他人还款记错户" in " ".join(told(loan)[:2])
    assert half_year.line(again, Period(2013, 2)).adjustment == 50000  # the issued ledger stays; the next one says what is known now
    assert in_order()

    # a day in the issued half-year is shown to be one before anything is booked
    slip = {"value_date": date(2013, 6, 28), "principal": "50000", "interest": "0", "overpaid": "300", "reference": "LS2"}
    late = sent(bank, loan, "receive/", **slip)
    assert "data-issued" in late.content.decode() and standing(loan, FOUND_OUT)[0] == State.LIVE

    # what was really paid: all the principal and 300 too much; the penalty interest was forgotten
    assert sent(bank, loan, "receive/", **slip | {"value_date": FOUND_OUT}).status_code == 302
    assert standing(loan, FOUND_OUT) == (State.SETTLED, 0, 0, 0, 1000000) and held(loan) == 300
    later = on(date(2013, 8, 12))
    assert ("退还多还款", loan.iou_number) in on_desk(make.clerk(loan), later)
    listed = bank.get("/overpayments/").content.decode()
    assert loan.iou_number in listed and 'data-label="天数">11<' in listed
    assert "300.00" in make.browser(make.staff(Role.AUDITOR)).get("/overpayments/").content.decode()

    # refunded, after a look at it; more is refused
    back = {"value_date": later, "amount": "300.01", "reference": "TK1"}
    assert "300.00" in sent(bank, loan, "refund/", **back).content.decode() and held(loan) == 300
    seen, done = confirmed(bank, loan, "refund/", **back | {"amount": "300"})
    assert shown(seen)["多还待退（元）"] == ("300.00", "0.00") and done.status_code == 302
    assert held(loan) == 0 and on_desk(make.clerk(loan), later) == []

    # the settled loan still takes the penalty interest that it owes, and nothing else
    proposed = bank.get(f"/cases/{loan.number}/receive/").context["form"]
    assert (proposed["principal"].initial, proposed["penalty"].initial) == (0, D("4136.46"))
    more = {"value_date": later, "principal": "0", "interest": "0.01", "penalty": "4136.46", "reference": "LS3"}
    assert sent(bank, loan, "receive/", **more).status_code == 200
    assert sent(bank, loan, "receive/", **more | {"interest": "0"}).status_code == 302
    assert Loan.objects.get().state == State.SETTLED and penalty.owed(Loan.objects.get(), later) == 0
    assert "4,136.46</td>" in opened(bank, loan, "") and "罚息" in opened(bank, loan, "")
    assert sent(bank, loan, "receive/", **more).status_code == 409
    assert in_order()
