"""Whatever people press, in whatever order: the book keeps its promises after every act."""

import random
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import Sum

from guarantees import actions as guarantees
from guarantees import queries as fund
from guarantees.models import FundAccount
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import LENT, RESERVED, State
from repayments import actions, ledger, penalty, queries
from repayments.models import Account, Entry, Line, Schedule
from staff import checks
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
        self.often = {self.approve: 6, self.contract: 9, self.lend: 9, self.repay: 6, self.undo: 5, self.refund: 1, self.move_fund: 2, self.give_up: 1}
        self.often |= {self.extend: 3, self.repay_early: 5, self.reprice: 2, self.pay_penalty: 2, self.undo_lending: 2}
        self.often |= {self.compensate: 1, self.recover: 2, self.undo_compensation: 1}

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
        make.contracted(self.any_case(State.PROMISED), on=self.on, rate=D(7))

    def lend(self):
        loan = self.any_case(State.CONTRACTED)
        make.disbursed(loan, on=self.on, amount=self.amount(loan.amount_granted), difference_reason="借款人少用")

    def repay(self):
        loan = self.any_case(State.LIVE)
        owed, day = ledger.outstanding(loan), self.on - timedelta(self.dice.randint(0, 30))
        principal = owed if self.dice.random() < 0.2 else self.amount(owed)
        overpaid = self.dice.choice(["0", "0", "25.50"]) if principal == owed else "0"
        make.repaid(loan, principal, overpaid=overpaid, interest=self.dice.choice(["0", "12.34"]), value_date=day, on=self.on)

    def extend(self):
        make.extended(self.any_case(State.LIVE), on=self.on, months=self.dice.randint(1, 12))

    def repay_early(self):
        loan = self.any_case(State.LIVE)
        cause = self.dice.choice((Schedule.Cause.KEEP_TERM, Schedule.Cause.KEEP_TERM, Schedule.Cause.KEEP_PAYMENT, Schedule.Cause.WHOLE))
        owed, day = ledger.outstanding(loan), self.on - timedelta(self.dice.choice((0, 0, 5, 40)))
        make.repaid_early(loan, cause, owed if cause == Schedule.Cause.WHOLE else self.amount(owed), value_date=day, on=self.on)

    def reprice(self):
        loan = self.any_case(State.CONTRACTED, State.LIVE)
        make.repriced(loan, self.on + timedelta(self.dice.randint(-40, 200)), D(self.dice.randint(0, 950)) / 100, on=self.on)

    def pay_penalty(self):
        loan = self.any_case(State.LIVE)
        make.repaid(loan, "0", penalty=self.amount(penalty.owed(loan, self.on)), on=self.on)

    def undo_lending(self):
        loan = self.any_case(State.LIVE)
        guarantees.undo_disbursement(loan=loan, reason="误录", by=make.clerk(loan), on=self.on)

    def compensate(self):
        loan = self.any_case(State.LIVE)
        make.compensated(loan, on=self.on, principal=ledger.outstanding(loan))

    def recover(self):
        loan = self.any_case(State.COMPENSATED)
        make.recovered(loan, self.amount(ledger.balance(Account.OWED_TO_FUND, loan=loan)), on=self.on)

    def undo_compensation(self):
        loan = self.any_case(State.COMPENSATED)
        guarantees.reverse_compensation(loan=loan, reason="误付", by=make.staff(Role.FINANCE), on=self.on)

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
        here = fund.standing(bank, on=office.on)
        assert here.balance >= 0
        assert here.used == sum(ledger.outstanding(loan) for loan in Loan.objects.filter(bank=bank))
        assert here.reserved == sum(loan.amount_granted for loan in Loan.objects.filter(bank=bank, state__in=RESERVED))
        # Only what was undone, and a payment from the fund, may leave a bank above its limit: what is owed again is the truth.
        assert here.room >= 0 or Entry.objects.filter(bank=bank, kind__in=(Entry.Kind.REVERSAL, Entry.Kind.COMPENSATION)).exists()
    for loan in Loan.objects.filter(state__in=LENT):
        owed = ledger.outstanding(loan)
        assert 0 <= owed <= loan.principal
        assert (owed > 0) == (loan.state == State.LIVE)
        assert ledger.balance(Account.OWED_TO_FUND, loan=loan) >= 0 and ledger.balance(Account.OVERPAID, loan=loan) <= 0
        assert loan.ventures.standing().get().opened == loan.disbursed_on
        for version in loan.schedules.standing():
            repays_the_loan(version, loan)
        in_force = queries.schedule_of(loan, office.on)
        assert in_force == loan.schedules.standing().latest("version")
        if loan.state == State.LIVE:
            assert sum(share.remaining for share in queries.allocation(loan, office.on)) == owed
    undone = Line.objects.exclude(loan=None).exclude(loan__state__in=LENT)
    assert not any(undone.values("loan", "account").annotate(sum=Sum("amount")).values_list("sum", flat=True))


def repays_the_loan(version, loan):
    """It holds the whole loan: rows rise, nothing is below zero, and what stays is what the rows leave."""
    rows = list(version.instalments.all())
    assert sum(row.principal for row in rows) == loan.principal and rows[-1].balance_after == 0
    assert all(one.due < row.due and one.balance_after - row.principal == row.balance_after for one, row in pairwise(rows))
    assert all(min(row.principal, row.interest, row.balance_after) >= 0 for row in rows)


@contextmanager
def told(seed):
    """Which seed to walk again."""
    try:
        yield
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise


def walk(seed, steps, office=None):
    office = office or Office(seed)
    with told(seed):
        for _ in range(steps):
            office.press()
            keeps_its_promises(office)
        assert checks.problems() == []
    return office


def begun():
    """An office with a loan of every form being repaid, one case contracted and one promised."""
    office = Office(0)
    for form in FORMS:
        case = make.case_at(State.CONFIRMED, on=office.on, form=form, amount=D(20000), term=12, bank=office.banks[len(form) % 2])
        make.disbursed(make.contracted(make.promised(case, on=office.on), on=office.on, rate=D("9.5")), on=office.on)
    make.contracted(make.promised(make.case_at(State.CONFIRMED, on=office.on, amount=D(10000)), on=office.on), on=office.on)
    return office


def sequences(seeds, steps):
    """Walks from the same beginning, each forgotten before the next."""
    office, done = begun(), {}
    first_day = office.on
    del office.often[office.approve]
    office.often |= {office.contract: 1, office.lend: 3}
    for seed in seeds:
        office.dice, office.on = random.Random(seed), first_day + timedelta(30)
        office.done = {}
        with transaction.atomic():
            walk(seed, steps, office)
            transaction.set_rollback(True)
        done = {name: done.get(name, 0) + times for name, times in {**dict.fromkeys(done, 0), **office.done}.items()}
    return done


@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_act_the_book_keeps_its_promises(seed):
    office = begun()
    office.dice = random.Random(seed)
    walk(seed, 50, office)
    assert {"repay", "refused"} <= set(office.done), office.done


@pytest.mark.parametrize("tens", range(4))
def test_two_hundred_sequences(tens):
    """Every act is met; what is refused changes nothing."""
    done = sequences(range(1000 + 50 * tens, 1050 + 50 * tens), 4)
    assert {"repay", "repay_early", "extend", "reprice", "undo_lending", "refused"} <= set(done), done


@pytest.mark.drill
@pytest.mark.parametrize("hundreds", range(20))
def test_thousands_of_sequences(hundreds):
    sequences(range(10000 + 100 * hundreds, 10100 + 100 * hundreds), 15)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(10, 20))
def test_long_walks(seed):
    walk(seed, 400)
