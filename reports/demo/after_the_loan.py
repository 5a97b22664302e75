"""After the loan, in the demo: a borrower who paid a little too much, and an IOU number that the bank mistyped. Both wait on desks."""

from datetime import date
from decimal import Decimal

from loans import actions as loans
from loans.models import CorrectedNumber, Loan
from loans.numbers import Which
from loans.states import State
from repayments import actions, ledger, receiving
from repayments.models import Account
from staff.models import Bank, Role, User

RURAL, MORNING = "农信社", date(2012, 1, 4)
TOO_MUCH = Decimal("126.50")


def begin():
    """Book them, once."""
    if CorrectedNumber.objects.exists():
        return
    _overpaid(_clerk(Bank.objects.get(short_name=RURAL)))
    mistyped = Loan.objects.filter(state=State.LIVE, imported=False).order_by("pk").first()
    right = f"{mistyped.iou_number[:-2]}{mistyped.iou_number[:-3:-1]}"  # two digits the wrong way round
    loans.ask_correction(loan=mistyped, which=Which.IOU, now=right, reason="录入时末两位颠倒，以纸质借据为准", by=_clerk(mistyped.bank), on=MORNING)


def _clerk(bank):
    return User.objects.filter(role=Role.BANK, bank=bank).order_by("pk").first()


def _overpaid(bank):
    """The loan with the least left to pay is paid off, and some more."""
    live = Loan.objects.filter(bank=bank.bank, state=State.LIVE, imported=True, maturity__gt=MORNING)
    owed = {pk: amount for pk, amount in ledger.balances(Account.PRINCIPAL, "loan").items() if amount > 0}
    loan = min(live, key=lambda loan: (owed[loan.pk], loan.pk))
    interest = receiving.proposal(loan, MORNING)["interest"]
    slip = {"reference": "20120104-001", "value_date": MORNING}
    actions.receive(loan=loan, principal=owed[loan.pk], interest=interest, overpaid=TOO_MUCH, **slip, by=bank, on=MORNING)
