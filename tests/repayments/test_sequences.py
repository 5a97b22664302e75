"""Whatever people press, in whatever order: the book keeps its promises after every act."""

import random
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from guarantees import actions as guarantees
from guarantees import queries
from guarantees.models import FundAccount
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import LENT, RESERVED, State
from repayments import actions, ledger
from repayments.models import Account, Entry, Instalment, Line
from staff.errors import Refused
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

FORMS = [form for form in Form if form != Form.CUSTOM]


class Office:
    """An office where somebody presses something again and again; refusals are part of the day."""

    def __init__(self, seed):
        self.dice, self.on, self.serial, self.done = random.Random(seed), date(2012, 1, 4), 0, {}
        self.banks = [make.bank(), make.bank("邮政储蓄银行", "邮储")]
        for bank in self.banks:
            make.fund("25000", bank=bank)
        self.often = {self.approve: 4, self.contract: 4, self.lend: 4, self.repay: 6, self.undo: 3, self.refund: 1, self.move_fund: 2, self.give_up: 1}

    def press(self):
        act = self.dice.choices(list(self.often), self.often.values())[0]
        try:
            act()
            self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
        except Refused:
            self.done["refused"] = self.done.get("refused", 0) + 1
        if self.dice.random() < 0.3:
            self.on += timedelta(self.dice.randint(1, 40))

    def any_case(self, *states):
        found = list(Loan.objects.filter(state__in=states).order_by("pk"))
        if not found:
            raise Refused("nobody is waiting")
        return self.dice.choice(found)

    def amount(self, most):
        """To the fen, now and then a little too much."""
        return (most * D(self.dice.randint(1, 110)) / 100).quantize(D("0.01"))

    def approve(self):
        changes = {"bank": self.dice.choice(self.banks), "amount": D(self.dice.randrange(5000, 50001, 500)), "form": self.dice.choice(FORMS)}
        make.promised(make.case_at(State.CONFIRMED, on=self.on, **changes), on=self.on)

    def contract(self):
        make.contracted(self.any_case(State.PROMISED), on=self.on)

    def lend(self):
        loan = self.any_case(State.CONTRACTED)
        make.disbursed(loan, on=self.on, amount=self.amount(loan.amount_granted), difference_reason="借款人少用")

    def repay(self):
        loan = self.any_case(State.LIVE)
        owed, day = ledger.outstanding(loan), self.on - timedelta(self.dice.randint(0, 30))
        principal = owed if self.dice.random() < 0.2 else self.amount(owed)
        overpaid = self.dice.choice(["0", "0", "25.50"]) if principal == owed else "0"
        make.repaid(loan, principal, overpaid=overpaid, interest=self.dice.choice(["0", "12.34"]), value_date=day, on=self.on)

    def undo(self):
        receipts = Entry.objects.filter(kind=Entry.Kind.RECEIPT)
        entry = self.dice.choice(list((receipts if self.dice.random() < 0.8 and receipts else Entry.objects).order_by("pk")))
        by = make.staff(Role.BANK, bank=entry.bank)
        actions.reverse_receipt(entry=entry, reason="录错", by=by, on=self.on)

    def refund(self):
        loan = self.any_case(*LENT)
        self.serial += 1
        actions.refund(loan=loan, amount=D("25.50"), reference=f"TK{self.serial}", value_date=self.on, by=make.clerk(loan), on=self.on)

    def move_fund(self):
        one, two = self.dice.sample(list(FundAccount.objects.order_by("pk")), 2)
        self.serial += 1
        paper = {"amount": self.amount(D(5000)), "document": f"财{self.serial}", "value_date": self.on, "by": make.staff(Role.FINANCE), "on": self.on}
        self.dice.choice(
            [
                lambda: guarantees.pay_in(account=one, **paper),
                lambda: guarantees.withdraw(account=one, **paper),
                lambda: guarantees.transfer(source=one, target=two, **paper),
            ]
        )()

    def give_up(self):
        loan = self.any_case(*RESERVED)
        guarantees.withdraw_promise(loan=loan, reason="放弃", by=make.staff(Role.DIRECTOR), on=self.on)


def keeps_its_promises(office):
    """Everything that must be true of the book and the fund, whatever happened."""
    assert sum(line.amount for line in Line.objects.all()) == 0
    for bank in office.banks:
        here = queries.standing(bank, on=office.on)
        assert here.balance >= 0
        assert here.used == sum(ledger.outstanding(loan) for loan in Loan.objects.filter(bank=bank))
        assert here.reserved == sum(loan.amount_granted for loan in Loan.objects.filter(bank=bank, state__in=RESERVED))
        # Only a receipt undone may leave a bank above its limit: what was owed again is the truth.
        assert here.room >= 0 or Entry.objects.filter(bank=bank, kind=Entry.Kind.REVERSAL).exists()
    for loan in Loan.objects.filter(state__in=LENT):
        owed = ledger.outstanding(loan)
        assert 0 <= owed <= loan.principal
        assert (owed == 0) == (loan.state == State.SETTLED) == (loan.closed_on is not None)
        assert ledger.balance(Account.OVERPAID, loan=loan) <= 0
        assert sum(row.principal for row in Instalment.objects.filter(schedule__loan=loan)) == loan.principal
        assert loan.ventures.standing().get().opened == loan.disbursed_on
    assert not Line.objects.exclude(loan=None).exclude(loan__state__in=LENT).exists()


def walk(seed, steps):
    office = Office(seed)
    for _ in range(steps):
        office.press()
        keeps_its_promises(office)
    return office


@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_act_the_book_keeps_its_promises(seed):
    office = walk(seed, 60)
    assert {"approve", "lend", "repay", "undo", "refused"} <= set(office.done), office.done


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(10, 20))
def test_long_walks(seed):
    walk(seed, 400)
