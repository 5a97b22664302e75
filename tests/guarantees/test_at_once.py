"""Several people press at the same moment: the fund never stands for more than its multiple, and nothing happens twice."""

from datetime import date
from decimal import Decimal as D

import pytest

from applicants.models import Applicant, Household
from guarantees import actions, queries
from guarantees.actions.promise import FundIsFull
from guarantees.models import Demand, Promise
from loans.models import Loan
from loans.states import State
from repayments import actions as repayments
from repayments import ledger
from repayments.models import Account, Entry
from staff.models import Role
from tests import make
from tests.make import TODAY as DAY
from tests.threads import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)

LATER = date(2012, 3, 21)


def approving(loan, director=None):
    director = director or make.staff(Role.DIRECTOR)
    return lambda: actions.approve(loan=loan, amount=loan.amount_asked, term=24, remark="", by=director, on=DAY)


def test_sixteen_directors_at_once_promise_exactly_as_many_as_fit():
    make.fund("50000")  # capacity 250,000: five of 50,000
    cases = [make.case_at(State.CONFIRMED) for _ in range(16)]
    answers = at_once(*(approving(case) for case in cases))
    assert refusals(answers) == ["FundIsFull"] * 11
    assert Promise.objects.count() == Loan.objects.filter(state=State.PROMISED).count() == 5
    assert queries.room(make.bank(), on=DAY) == 0


def test_sixteen_of_different_sizes_never_exceed_the_room():
    make.fund("20000")  # capacity 100,000
    cases = [make.case_at(State.CONFIRMED, amount=D(5000 + 1000 * n)) for n in range(16)]
    answers = at_once(*(approving(case) for case in cases))
    room = queries.room(make.bank(), on=DAY)
    assert set(refusals(answers)) == {"FundIsFull"}
    assert 0 <= room < 20000
    # Whoever was refused would not fit in what is left, or the one in between was larger.
    assert sum(p.amount for p in Promise.objects.all()) == 100000 - room


def test_promise_numbers_have_no_gap_and_no_double():
    make.fund("200000")
    at_once(*(approving(make.case_at(State.CONFIRMED)) for _ in range(8)))
    assert set(Promise.objects.values_list("number", flat=True)) == {f"双担承〔2012〕{n}号" for n in range(1, 9)}


def test_two_directors_at_one_case():
    make.fund()
    case = make.case_at(State.CONFIRMED)
    answers = at_once(approving(case), approving(case, make.user(Role.DIRECTOR)))
    assert refusals(answers) == ["NotAllowedFromHere"]
    assert Promise.objects.count() == 1


def test_two_banks_promise_to_two_members_of_one_household():
    cases = [make.case_at(State.CONFIRMED, bank=bank) for bank in (make.bank(), make.bank("邮政储蓄银行", "邮储"))]
    for case in cases:
        make.fund(bank=case.bank)
    Applicant.objects.update(household=Household.objects.create())
    assert refusals(at_once(*map(approving, cases))) == ["HouseholdHasALoan"]


def test_a_promise_while_another_is_disbursed():
    """The amount that moves from reserved to used is missed by nobody who reads in between."""
    make.fund("8000")  # capacity 40,000 beyond what each round brings and uses
    for _ in range(6):
        make.fund("10000")
        going_out, waiting = make.case_at(State.CONTRACTED), make.case_at(State.CONFIRMED)
        answers = at_once(lambda case=going_out: make.disbursed(case), approving(waiting))
        assert refusals(answers) == ["FundIsFull"]
        assert queries.room(make.bank(), on=DAY) == 40000


def test_a_promise_while_finance_withdraws():
    for _ in range(6):
        account = make.fund("10000")  # either the promise has its 50,000, or the money leaves
        waiting, finance = make.case_at(State.CONFIRMED), make.user(Role.FINANCE)
        answers = at_once(
            lambda a=account, f=finance, n=waiting.number: actions.withdraw(account=a, amount=D(10000), document=n, value_date=DAY, by=f, on=DAY),
            approving(waiting),
        )
        assert refusals(answers) in (["FundIsFull"], ["BreaksTheMultiple"])
        assert queries.room(make.bank(), on=DAY) == 0


def test_two_moves_in_opposite_directions_do_not_wait_for_each_other():
    here, there = make.fund("10000"), make.fund("10000", bank=make.bank("邮政储蓄银行", "邮储"))
    finance = make.user(Role.FINANCE)

    def moving(source, target, document):
        return lambda: actions.transfer(source=source, target=target, amount=D(100), document=document, value_date=DAY, by=finance, on=DAY)

    acts = [moving(here, there, f"往{n}") for n in range(4)] + [moving(there, here, f"返{n}") for n in range(4)]
    assert refusals(at_once(*acts)) == []
    assert [ledger.balance(Account.FUND, bank=account.bank) for account in (here, there)] == [10000, 10000]


def test_two_finance_officers_withdraw_what_only_one_can():
    account, officers = make.fund("10000"), [make.user(Role.FINANCE), make.user(Role.FINANCE)]

    def withdrawing(officer):
        return lambda: actions.withdraw(account=account, amount=D(6000), document=f"双财〔2012〕{officer.pk}号", value_date=DAY, by=officer, on=DAY)

    assert refusals(at_once(*map(withdrawing, officers))) == ["BreaksTheMultiple"]
    assert ledger.balance(Account.FUND, bank=account.bank) == 4000


def test_one_movement_is_undone_once_by_two_finance_officers():
    account, officers = make.fund("10000"), [make.user(Role.FINANCE), make.user(Role.FINANCE)]
    entry = Entry.objects.get()
    undoing = [lambda o=officer: actions.reverse_movement(entry=entry, reason="重复", by=o, on=DAY) for officer in officers]
    assert refusals(at_once(*undoing)) in (["AlreadyReversed"], ["BreaksTheMultiple"])
    assert ledger.balance(Account.FUND, bank=account.bank) == 0


def test_a_movement_is_undone_while_a_director_promises_on_it():
    for _ in range(4):
        account = make.fund("10000")
        entry, waiting, finance = Entry.objects.latest("pk"), make.case_at(State.CONFIRMED), make.user(Role.FINANCE)
        undoing = lambda e=entry, f=finance: actions.reverse_movement(entry=e, reason="录错", by=f, on=DAY)  # noqa: E731
        assert refusals(at_once(undoing, approving(waiting))) in (["FundIsFull"], ["BreaksTheMultiple"])
        assert queries.room(account.bank, on=DAY) == 0


def test_the_same_iou_twice_at_once():
    make.fund()
    one, two = make.case_at(State.CONTRACTED), make.case_at(State.CONTRACTED)
    answers = at_once(lambda: make.disbursed(one, iou_number="NJ201200001"), lambda: make.disbursed(two, iou_number="NJ201200001"))
    assert refusals(answers) == ["IouTaken"]
    assert ledger.balance(Account.PRINCIPAL) == 50000
    assert queries.reserved(make.bank(), on=DAY) == 50000


def test_one_disbursement_confirmed_twice_at_once():
    make.fund()
    case = make.case_at(State.CONTRACTED)
    answers = at_once(lambda: make.disbursed(case, iou_number="NJ1"), lambda: make.disbursed(case, iou_number="NJ2"))
    assert refusals(answers) == ["NotAllowedFromHere"]
    assert Entry.objects.filter(kind=Entry.Kind.DISBURSEMENT).count() == 1


def test_one_receipt_reported_twice_at_once():
    make.fund()
    loan = make.case_at(State.LIVE)
    answers = at_once(*(lambda: make.repaid(loan, "20000", reference="NX-881", on=LATER),) * 2)
    assert refusals(answers) == ["AlreadyBooked"]
    assert ledger.outstanding(loan) == 30000


def test_two_receipts_that_together_are_more_than_is_owed():
    make.fund()
    loan = make.case_at(State.LIVE)
    answers = at_once(*(lambda n=n: make.repaid(loan, "30000", reference=f"NX-{n}", on=LATER) for n in (1, 2)))
    assert refusals(answers) == ["RepaidMoreThanOwed"]
    assert ledger.outstanding(loan) == 20000


def test_one_receipt_reversed_twice_at_once():
    make.fund()
    loan = make.case_at(State.LIVE)
    entry = make.repaid(loan, "50000", on=LATER)
    clerk = make.staff(Role.BANK)
    undo = lambda: repayments.reverse_receipt(entry=entry, reason="金额录错", by=clerk, on=LATER)  # noqa: E731
    assert refusals(at_once(undo, undo)) == ["AlreadyReversed"]
    assert (Loan.objects.get(pk=loan.pk).state, ledger.outstanding(loan)) == (State.LIVE, 50000)


def test_two_demands_for_one_loan_at_once():
    make.fund()
    loan, clerk, late = make.case_at(State.LIVE), make.staff(Role.BANK), date(2013, 1, 10)
    act = lambda: actions.demand(loan=loan, principal=D(50000), interest=D(0), reason="催收三次未还", by=clerk, on=late)  # noqa: E731
    assert refusals(at_once(act, act)) == ["NotAllowedFromHere"]
    assert Demand.objects.count() == 1


def test_a_receipt_while_the_disbursement_is_undone():
    make.fund()
    for _ in range(6):
        loan = make.case_at(State.LIVE)
        answers = at_once(
            lambda loan=loan: make.repaid(loan, "20000", on=LATER),
            lambda loan=loan: actions.undo_disbursement(loan=loan, reason="录错", by=make.clerk(loan), on=LATER),
        )
        assert refusals(answers) in (["MoneyStands"], ["NotAllowedFromHere"])
        now = Loan.objects.get(pk=loan.pk)
        assert (now.state, ledger.outstanding(now)) in ((State.LIVE, 30000), (State.CONTRACTED, 0))


def test_one_disbursement_undone_twice_at_once():
    make.fund()
    loan, clerk = make.case_at(State.LIVE), make.staff(Role.BANK)
    undo = lambda: actions.undo_disbursement(loan=loan, reason="录错", by=clerk, on=LATER)  # noqa: E731
    assert refusals(at_once(undo, undo)) == ["NotAllowedFromHere"]
    assert queries.reserved(make.bank(), on=LATER) == 50000


def test_a_promise_while_a_disbursement_is_undone():
    """What less was lent is promised to another, or reserved again: never both."""
    make.fund("8000")  # capacity 40,000: what stays free in each round
    for _ in range(4):
        make.fund("10000")
        lent, waiting = make.disbursed(make.case_at(State.CONTRACTED), amount=D(40000), difference_reason="自有资金"), make.case_at(State.CONFIRMED)
        at_once(lambda loan=lent: actions.undo_disbursement(loan=loan, reason="录错", by=make.clerk(loan), on=LATER), approving(waiting))
        assert queries.room(make.bank(), on=DAY) >= 0


def test_a_promise_is_made_of_what_was_lent_less_at_once():
    make.fund("16000")  # capacity 80,000: 50,000 promised leaves 30,000
    going_out, waiting = make.case_at(State.CONTRACTED), make.case_at(State.CONFIRMED, amount=D(38000))
    with pytest.raises(FundIsFull):
        approving(waiting)()
    make.disbursed(going_out, amount=D(42000), difference_reason="自有资金增加")
    assert approving(waiting)().amount == 38000
    assert queries.room(make.bank(), on=DAY) == 0
