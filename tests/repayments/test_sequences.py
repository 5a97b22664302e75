"""Whatever people press, in whatever order: the book keeps its promises after every act."""

import random
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from django.db.models import Q, Sum

from guarantees import actions as guarantees
from guarantees import queries as fund
from guarantees.checks import CHECKS as OF_THE_FUND
from guarantees.models import FundAccount, Recovery
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import LENT, RESERVED, State
from repayments import actions, ledger, penalty, queries
from repayments.checks import CHECKS, identity_numbers_agree_with_their_indexes
from repayments.models import Account, Entry, Instalment, Line, Schedule
from staff import checks
from staff.errors import Refused
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

FORMS = [form for form in Form if form != Form.CUSTOM]
OF_THE_BOOK = [check for check in CHECKS if check != identity_numbers_agree_with_their_indexes]  # no act here touches those


class NobodyWaits(Exception):
    """There is no case for this act; something else is pressed."""


class Office:
    """An office where somebody presses something again and again; refusals are part of the day."""

    def __init__(self, seed):
        self.dice, self.on, self.serial, self.done, self.touched = random.Random(seed), date(2012, 1, 4), 0, {}, None
        self.banks = [make.bank(), make.bank("邮政储蓄银行", "邮储")]
        for bank in self.banks:
            make.fund("25000", bank=bank)
        self.often = {self.approve: 6, self.contract: 9, self.lend: 9, self.repay: 6, self.undo: 5, self.refund: 2, self.move_fund: 2, self.give_up: 1}
        self.often |= {self.extend: 3, self.repay_early: 5, self.reprice: 2, self.pay_penalty: 2, self.undo_lending: 2}
        self.often |= {self.compensate: 2, self.recover: 3, self.undo_recovery: 1, self.undo_compensation: 1, self.write_off: 1, self.undo_write_off: 1}

    def press(self):
        self.touched = None
        try:
            name = self.something()
            self.done[name] = self.done.get(name, 0) + 1
        except Refused:
            self.done["refused"] = self.done.get("refused", 0) + 1
        if self.dice.random() < 0.3:
            self.on += timedelta(self.dice.randint(1, 40))

    def something(self):
        """The name of the act that was done."""
        while True:
            act = self.dice.choices(list(self.often), self.often.values())[0]
            with suppress(NobodyWaits):
                act()
                return act.__name__

    def any_case(self, *states):
        return self.any_of(Loan.objects.filter(state__in=states))

    def any_of(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise NobodyWaits
        row = self.dice.choice(found)
        self.touched = row if isinstance(row, Loan) else getattr(row, "loan", None)
        return row

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

    def undo_recovery(self):
        recovery = self.any_of(Recovery.objects.filter(entry__reversed_by=None))
        guarantees.reverse_recovery(recovery=recovery, reason="误记", by=make.staff(Role.FINANCE), on=self.on)

    def write_off(self):
        make.written_off(self.any_case(State.COMPENSATED), on=self.on)

    def undo_write_off(self):
        loan = self.any_case(State.WRITTEN_OFF, State.RECOVERED)
        guarantees.reverse_write_off(loan=loan, reason="误核", by=make.staff(Role.FINANCE), on=self.on)

    def undo(self):
        receipts = Entry.objects.filter(kind=Entry.Kind.RECEIPT, reversed_by=None)
        entry = self.any_of(receipts if self.dice.random() < 0.8 else Entry.objects)
        line = entry.lines.exclude(loan=None).select_related("loan").first()
        self.touched = line and line.loan
        by = make.staff(Role.BANK, bank=entry.bank)
        actions.reverse_receipt(entry=entry, reason="录错", by=by, on=self.on)

    def refund(self):
        held = ledger.balances(Account.OVERPAID, "loan")
        loan = self.any_of(Loan.objects.filter(pk__in=held))
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
    assert [line for check in OF_THE_BOOK for line in check()] == []
    loans = {loan.pk: loan for loan in Loan.objects.all()}
    sums = {(row["loan"], row["account"]): row["sum"] for row in Line.objects.exclude(loan=None).values("loan", "account").annotate(sum=Sum("amount"))}
    owed = {pk: sums.get((pk, Account.PRINCIPAL), 0) for pk in loans}
    for bank in [office.touched.bank] if office.touched else office.banks:
        fund_keeps_its_promises(bank, [loan for loan in loans.values() if loan.bank_id == bank.pk], owed, office.on)
    for loan in loans.values():
        if loan.state not in LENT:
            assert not any(amount for (pk, _account), amount in sums.items() if pk == loan.pk)
            continue
        assert 0 <= owed[loan.pk] <= loan.principal
        assert (owed[loan.pk] > 0) == (loan.state == State.LIVE)
        assert sums.get((loan.pk, Account.OWED_TO_FUND), 0) >= 0 and sums.get((loan.pk, Account.OVERPAID), 0) <= 0
    assert not Instalment.objects.filter(Q(principal__lt=0) | Q(interest__lt=0) | Q(balance_after__lt=0)).exists()
    latest = Schedule.objects.standing().order_by("loan_id", "-version").distinct("loan_id")
    assert not set(latest.values_list("pk", flat=True)) ^ set(Schedule.objects.in_force(office.on).distinct("loan_id").values_list("pk", flat=True))


def fund_keeps_its_promises(bank, loans, owed, on):
    """Its room is what the loans and promises leave of it."""
    here = fund.standing(bank, on=on)
    assert here.balance >= 0
    assert here.used == sum(owed[loan.pk] for loan in loans)
    assert here.reserved == sum(loan.amount_granted for loan in loans if loan.state in RESERVED)
    assert here.room == 5 * here.balance - here.used - here.reserved
    # Only what was undone, and a payment from the fund, may leave a bank above its limit: what is owed again is the truth.
    assert here.room >= 0 or Entry.objects.filter(bank=bank, kind__in=(Entry.Kind.REVERSAL, Entry.Kind.COMPENSATION)).exists()


def plan_is_what_is_owed(loan, on):
    """What the pages show as left of the rows is what the book has."""
    if loan.state == State.LIVE:
        assert queries.schedule_of(loan, on) == loan.schedules.standing().latest("version")
        assert sum(share.remaining for share in queries.allocation(loan, on)) == ledger.outstanding(loan)


@contextmanager
def told(seed):
    """Which seed to walk again."""
    try:
        yield
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise


def walk(seed, steps, office):
    with told(seed):
        for _ in range(steps):
            office.press()
            keeps_its_promises(office)
            if office.touched:
                plan_is_what_is_owed(Loan.objects.get(pk=office.touched.pk), office.on)
        assert [line for check in OF_THE_FUND for line in check()] == []
    return office


def walk_far(seed, steps, office):
    """A long walk, and at its end a look at every loan."""
    walk(seed, steps, office)
    assert checks.problems() == []
    for loan in Loan.objects.filter(state=State.LIVE):
        plan_is_what_is_owed(loan, office.on)


def begun():
    """An office with a loan of every form being repaid, one that the fund paid for, one case contracted and one promised."""
    office = Office(0)
    old = lent(date(2010, 9, 1), D("8"), amount=D(8000), bank=office.banks[0])
    make.lifted(make.compensated(old, on=office.on), on=office.on)
    for form in FORMS:
        lent(office.on, D("9.5"), form=form, amount=D(20000), bank=office.banks[len(form) % 2])
    make.contracted(make.promised(make.case_at(State.CONFIRMED, on=office.on, amount=D(10000)), on=office.on), on=office.on)
    return office


def lent(on, rate, **asked):
    """A loan for a year."""
    return make.disbursed(make.contracted(make.promised(make.case_at(State.CONFIRMED, on=on, term=12, **asked), on=on), on=on, rate=rate), on=on)


def sequences(seeds, steps):
    """Walks from the same beginning, each forgotten before the next: soon after it, within the loans' year, or when all are late."""
    office, done = begun(), Counter()
    first_day = office.on
    del office.often[office.approve]
    office.often |= {office.contract: 1, office.lend: 3}
    for seed in seeds:
        office.dice, office.done = random.Random(seed), {}
        office.on = first_day + timedelta(office.dice.choice((30, 30, 200, 420)))
        with transaction.atomic():
            walk(seed, steps, office)
            transaction.set_rollback(True)
        done.update(office.done)
    return done


@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_act_the_book_keeps_its_promises(seed):
    office = begun()
    office.dice = random.Random(seed)
    walk_far(seed, 50, office)
    assert {"repay", "refused"} <= set(office.done), office.done


@pytest.mark.parametrize("hundred", range(2))
def test_two_hundred_sequences(hundred):
    """Every act is met; what is refused changes nothing."""
    done = sequences(range(1000 + 100 * hundred, 1100 + 100 * hundred), 4)
    assert {"repay", "repay_early", "extend", "reprice", "undo", "undo_lending", "pay_penalty", "compensate", "recover", "refused"} <= set(done), done


@pytest.mark.drill
@pytest.mark.parametrize("hundreds", range(20))
def test_thousands_of_sequences(hundreds):
    sequences(range(10000 + 100 * hundreds, 10100 + 100 * hundreds), 15)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(10, 20))
def test_long_walks(seed):
    walk_far(seed, 400, Office(seed))
