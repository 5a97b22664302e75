"""One borrower from the director's signature to the last repayment; the book at the end, as a book."""

from datetime import date
from decimal import Decimal as D

import pytest

from guarantees import actions as guarantees
from guarantees import queries
from loans.models import Loan
from loans.states import State
from repayments import actions as repayments
from repayments.queries import allocation, arrears
from staff.models import Role
from tests import make
from tests.book import printed

pytestmark = pytest.mark.django_db

BOOK = """
2012-01-11  NJ201200001      principal +50000.00   bank_money -50000.00  booked 2012-01-12
2012-09-21  NX-4410          bank_money +7142.86   principal -7142.86
2012-12-21  NX-5127          bank_money +42857.14   principal -42857.14  booked 2012-12-24
2012-12-21  NX-5127/reversed bank_money -42857.14   principal +42857.14  booked 2012-12-25  undoes NX-5127
2012-12-21  NX-5127/2        bank_money +7142.86   principal -7142.86  booked 2012-12-25
2013-05-15  NX-6003          bank_money +10000.00   principal -10000.00
2014-01-10  NX-9001          bank_money +25764.28   principal -25714.28   overpaid -50.00
2014-01-13  TK-12            overpaid +50.00   bank_money -50.00
"""


def test_one_loan_from_approval_to_its_last_repayment():
    make.fund("30000", on=date(2012, 1, 4))
    loan = make.case_at(State.CONFIRMED, on=date(2012, 1, 5))
    bank, clerk, director = loan.bank, make.clerk(loan), make.staff(Role.DIRECTOR)

    promise = guarantees.approve(loan=loan, amount=D(50000), term=24, remark="同意", by=director, on=date(2012, 1, 6))
    assert (promise.number, queries.room(bank, on=date(2012, 1, 6))) == ("双担承〔2012〕1号", 100000)

    signed = date(2012, 1, 10)
    guarantees.decide_credit(loan=loan, contract_number="NXD201200001", contract_date=signed, rate=D("9.65"), by=clerk, on=signed)
    paid_out = {"day": date(2012, 1, 11), "iou_number": "NJ201200001", "difference_reason": ""}
    loan = guarantees.confirm_disbursement(loan=loan, amount=D(50000), **paid_out, by=clerk, on=date(2012, 1, 12))
    assert (loan.state, loan.maturity, loan.ventures.get().name) == (State.LIVE, date(2014, 1, 11), "农机修理部")
    assert next(row.due for row in allocation(loan, date(2012, 1, 12)) if row.principal) == date(2012, 9, 21)

    def pays(principal, reference, *, interest="0", overpaid="0", paid, booked=None):
        amounts = {"principal": D(principal), "interest": D(interest), "overpaid": D(overpaid)}
        return repayments.receive(loan=loan, reference=reference, value_date=paid, by=clerk, on=booked or paid, **amounts)

    pays("7142.86", "NX-4410", paid=date(2012, 9, 21))
    with pytest.raises(repayments.RepaidMoreThanOwed):
        pays("71428.60", "NX-5127", paid=date(2012, 12, 21), booked=date(2012, 12, 24))
    wrong = pays("42857.14", "NX-5127", interest="0", paid=date(2012, 12, 21), booked=date(2012, 12, 24))
    assert Loan.objects.get(pk=loan.pk).state == State.SETTLED
    repayments.reverse_receipt(entry=wrong, reason="多录一位", by=clerk, on=date(2012, 12, 25))
    assert Loan.objects.get(pk=loan.pk).state == State.LIVE
    pays("7142.86", "NX-5127", paid=date(2012, 12, 21), booked=date(2012, 12, 25))

    assert tuple(arrears(loan, date(2013, 5, 14))) == (D("7142.86"), 54, "31-90")
    pays("10000", "NX-6003", paid=date(2013, 5, 15))
    assert arrears(loan, date(2013, 5, 15)).amount == 0

    repayments.record_visit(
        loan=loan, visit_day=date(2013, 6, 3), business="normal", workers=4, remark="", by=make.staff(Role.LOAN_OFFICER), on=date(2013, 6, 3)
    )
    pays("25714.28", "NX-9001", overpaid="50", paid=date(2014, 1, 10))
    repayments.refund(loan=loan, amount=D(50), reference="TK-12", value_date=date(2014, 1, 13), by=clerk, on=date(2014, 1, 13))

    settled = Loan.objects.get(pk=loan.pk)
    assert (settled.state, settled.closed_on) == (State.SETTLED, date(2014, 1, 10))
    assert queries.room(bank, on=date(2014, 1, 13)) == 150000
    assert printed(loan) == BOOK
