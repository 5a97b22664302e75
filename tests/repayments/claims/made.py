"""Claims for a purpose: 15,000 of a 21,000 loan at 9 % carry 345.00 in 2011-Q3, as in repayments/half_year/made.py."""

from datetime import date
from decimal import Decimal as D

from repayments.claims import actions
from repayments.claims.actions import Claimed, Figures
from repayments.subsidy import Quarter
from staff.models import Role
from tests import make

Q3, Q4 = Quarter(2011, 3), Quarter(2011, 4)
TODAY = make.TODAY


def claim(total="345.00", *, quarter=Q3, bank=None, per_loan=None, on=TODAY, by=None):
    """A bank's claim: its total, and where given what it claims for each IOU."""
    bank = bank or make.bank()
    listed = None if per_loan is None else [Claimed(iou, D(amount)) for iou, amount in per_loan.items()]
    by = by or make.staff(Role.BANK, bank=bank)
    return actions.submit(bank=bank, quarter=quarter, figures=Figures(D(total)), per_loan=listed, by=by, on=on)


def reviewed(claim, *, on=TODAY, **said):
    return actions.review(claim=claim, words="与台账核对一致。", by=make.staff(Role.LOAN_OFFICER), on=on, **said)


def approved(claim, *, on=TODAY, **said):
    return actions.approve(claim=reviewed(claim, on=on, **said), words="同意。", by=make.staff(Role.FINANCE), on=on)


def paid(claim, amount, document="双财预〔2012〕8号", *, day=date(2012, 1, 4), on=TODAY):
    return actions.pay(claim=claim, amount=D(amount), document=document, day=day, by=make.staff(Role.FINANCE), on=on)
