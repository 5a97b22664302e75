"""A loan that is never repaid: demanded, signed by three, paid by the fund, partly recovered, written off, and still pursued."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from guarantees import actions, compensation, queries
from guarantees.actions.checked import Found, NotYetYourTurn, PapersMissing
from guarantees.actions.compensation import FundTooSmall, StandsUnderOthers
from guarantees.actions.promise import FundIsFull
from guarantees.actions.suspension import BankIsSuspended
from guarantees.models import Compensation, Suspension
from loans.models import Loan
from loans.states import State
from repayments import actions as repayments
from repayments import ledger
from repayments.actions import RepaidMoreThanOwed
from repayments.models import Account
from staff import checks
from staff.errors import NotAllowedFromHere, NotYours
from staff.models import Role
from tests import make
from tests.threads import at_once, refusals

pytestmark = pytest.mark.django_db
LATE = make.OVERDUE


def owed(loan):
    return ledger.balance(Account.OWED_TO_FUND, loan=loan)


def held(account, loan=None):
    return ledger.balance(account, loan=loan)


@pytest.fixture
def lent():
    """50,000 yuan at a bank that bears a fifth of every loss; 500 yuan of a second loan keep the bank below the limit."""
    make.agreement(make.bank())
    make.fund("200000")
    return make.case_at(State.LIVE)


def test_from_the_demand_to_what_comes_back_years_later(lent):
    make.compensated(lent)
    assert (lent.state, ledger.outstanding(lent), owed(lent)) == (State.COMPENSATED, 0, 40000)
    assert (held(Account.FUND), held(Account.BANK_SHARE, lent)) == (160000, 10000)
    position = queries.standing(lent.bank, on=LATE)
    assert (position.used, position.room) == (0, 800000)

    make.recovered(lent, "1000")  # the bank bore a fifth, so a fifth of it is the bank's
    assert (owed(lent), held(Account.FUND), held(Account.BANK_SHARE, lent)) == (39200, 160800, 9800)

    make.written_off(lent, LATE + timedelta(400))
    assert (lent.state, owed(lent), held(Account.WRITTEN_OFF)) == (State.WRITTEN_OFF, 0, 39200)

    make.recovered(lent, "49000", LATE + timedelta(900), source="court")
    lent.refresh_from_db()
    assert (lent.state, held(Account.WRITTEN_OFF), held(Account.FUND), held(Account.BANK_SHARE, lent)) == (State.RECOVERED, 0, 200000, 0)
    assert checks.problems() == []


def test_each_step_waits_for_the_one_before(lent):
    officer, finance, director = (make.staff(role) for role in (Role.LOAN_OFFICER, Role.FINANCE, Role.DIRECTOR))
    asked = make.demanded(lent, papers=())
    with pytest.raises(PapersMissing, match="催收"):
        actions.sign_compensation(loan=lent, words="同意。", by=finance, on=LATE)
    actions.bring_papers(loan=lent, papers=[actions_brought(kind) for kind in compensation.papers_missing(asked)], by=make.clerk(lent), on=LATE)
    kinds = [paper.kind for paper in asked.papers.all()]
    actions.check_papers(loan=lent, found=[Found(kind, kind != "iou", "复印件不清" if kind == "iou" else "") for kind in kinds], by=officer, on=LATE)
    with pytest.raises(PapersMissing, match="借据"):
        actions.sign_compensation(loan=lent, words="同意。", by=finance, on=LATE)
    actions.bring_papers(loan=lent, papers=[actions_brought("iou")], by=make.clerk(lent), on=LATE)
    actions.check_papers(loan=lent, found=[Found("iou", True)], by=officer, on=LATE)
    with pytest.raises(NotAllowedFromHere):  # the director is the last
        actions.sign_compensation(loan=lent, words="同意。", by=director, on=LATE)
    for role in (Role.FINANCE, Role.REVIEWER):
        with pytest.raises(NotAllowedFromHere):
            actions.pay_compensation(loan=lent, day=LATE, document="双财代1号", by=finance, on=LATE)
        actions.sign_compensation(loan=lent, words="同意。", by=make.staff(role), on=LATE)
    actions.sign_compensation(loan=lent, words="同意。", by=director, on=LATE)
    with pytest.raises(NotYours):
        actions.pay_compensation(loan=lent, day=LATE, document="双财代1号", by=director, on=LATE)
    assert owed(lent) == 0
    paid = actions.pay_compensation(loan=lent, day=LATE, document="双财代1号", by=finance, on=LATE)
    assert (paid.fund, paid.agency, paid.bank) == (40000, 0, 10000)


def actions_brought(kind):
    return make.Brought(kind, "1份")


def test_a_loss_is_cut_by_the_agreement_of_the_day_of_the_demand(lent):
    make.agreement(lent.bank, "0.7", "0.2", agency="0.1", from_day=LATE)
    make.compensated(lent, principal=D("49999.99"), interest=D("333.33"))
    paid = Compensation.objects.get()
    assert paid.fund + paid.agency + paid.bank == D("50333.33")  # every fen of it is borne by somebody
    assert (paid.fund, paid.agency) == (D("35233.32"), D("5033.33"))
    assert owed(lent) == D("40266.65")
    whole = D("50333.33")
    for part in (D("0.01"), D("0.02"), D("16777.77"), whole - D("16777.80")):
        make.recovered(lent, part)
    lent.refresh_from_db()
    assert lent.state == State.RECOVERED
    assert (held(Account.FUND), held(Account.AGENCY_SHARE), held(Account.BANK_SHARE, lent)) == (200000, 0, 0)
    assert checks.problems() == []


def test_what_came_back_is_never_more_than_what_is_owed(lent):
    make.compensated(lent)
    with pytest.raises(RepaidMoreThanOwed):
        make.recovered(lent, "50000.01")
    with pytest.raises(NotAllowedFromHere):
        make.repaid(lent, "100", on=LATE)


def test_payment_and_recovery_are_undone_one_after_the_other(lent):
    finance = make.staff(Role.FINANCE)
    make.compensated(lent)
    back = make.recovered(lent, "50000")
    assert Loan.objects.get(pk=lent.pk).state == State.RECOVERED
    actions.reverse_recovery(recovery=back, reason="记错案件", by=finance, on=LATE)
    assert Loan.objects.get(pk=lent.pk).state == State.COMPENSATED
    again = make.recovered(lent, "300")
    with pytest.raises(StandsUnderOthers):
        actions.reverse_compensation(loan=lent, reason="银行撤回", by=finance, on=LATE)
    actions.reverse_recovery(recovery=again, reason="记错案件", by=finance, on=LATE)
    actions.reverse_compensation(loan=lent, reason="银行撤回", by=finance, on=LATE)
    lent.refresh_from_db()
    assert (lent.state, ledger.outstanding(lent), owed(lent), held(Account.FUND)) == (State.LIVE, 50000, 0, 200000)
    assert repayments.receive(loan=lent, principal=D(50000), interest=D(0), reference="LS9", value_date=LATE, by=make.clerk(lent), on=LATE)
    assert checks.problems() == []


def test_a_write_off_can_be_rejected_and_undone(lent):
    make.compensated(lent)
    make.write_off_proposed(lent)
    actions.reject_write_off(loan=lent, reason="继续追偿", by=make.staff(Role.DIRECTOR), on=LATE)
    assert owed(lent) == 40000
    make.written_off(lent)
    actions.reverse_write_off(loan=lent, reason="发现财产", by=make.staff(Role.FINANCE), on=LATE)
    lent.refresh_from_db()
    assert (lent.state, owed(lent), held(Account.WRITTEN_OFF)) == (State.COMPENSATED, 40000, 0)


@pytest.mark.django_db(transaction=True)
def test_paid_twice_at_the_same_moment_is_paid_once():
    make.fund("200000")
    loan, finance = make.case_at(State.LIVE), [make.user(Role.FINANCE, name) for name in ("甲", "乙")]
    make.signed(loan)
    pay = [lambda by=by, n=n: actions.pay_compensation(loan=loan, day=LATE, document=f"双财代{n}号", by=by, on=LATE) for n, by in enumerate(finance)]
    assert refusals(at_once(*pay)) == ["NotAllowedFromHere"]
    assert (Compensation.objects.count(), owed(loan)) == (1, 50000)


@pytest.mark.django_db(transaction=True)
def test_a_receipt_and_a_payment_at_the_same_moment():
    make.fund("200000")
    loan, clerk, finance = make.case_at(State.LIVE), make.staff(Role.BANK), make.staff(Role.FINANCE)
    make.signed(loan)
    receive = lambda: repayments.receive(loan=loan, principal=D(50000), interest=D(0), reference="LS1", value_date=LATE, by=clerk, on=LATE)  # noqa: E731
    pay = lambda: actions.pay_compensation(loan=loan, day=LATE, document="双财代1号", by=finance, on=LATE)  # noqa: E731
    assert len(refusals(at_once(receive, pay))) == 1
    assert (ledger.outstanding(loan), checks.problems()) == (0, [])


# --- The bank's limit ------------------------------------------------------------------------------------------------------------
def test_a_bank_at_twenty_percent_is_suspended_until_finance_and_employment_sign(lent):
    finance, director = make.staff(Role.FINANCE), make.staff(Role.DIRECTOR)
    waiting = make.case_at(State.CONFIRMED)
    make.compensated(lent)  # 40,000 of 50,000 ever lent
    suspension = Suspension.objects.get()
    assert (suspension.bank, suspension.rate, suspension.by_hand) == (lent.bank, D("0.8"), False)
    with pytest.raises(BankIsSuspended, match="394号"):
        make.promised(waiting, on=LATE)

    account = lent.bank.fund_account
    actions.sign_lifting(account=account, words="新增贷前联审。", by=finance, on=LATE)
    with pytest.raises(BankIsSuspended):
        make.promised(waiting, on=LATE)
    actions.sign_lifting(account=account, words="同意恢复。", by=director, on=LATE)
    assert Suspension.objects.get().lifted_on == LATE
    assert make.promised(waiting, on=LATE).state == State.PROMISED


def test_below_twenty_percent_nothing_happens(lent):
    for _ in range(4):
        make.case_at(State.LIVE)
    assert compensation.rate_now(lent.bank, on=LATE).base == 250000
    make.compensated(lent)  # 16 %
    assert not Suspension.objects.exists()
    assert compensation.rate_of(lent.bank, on=LATE - timedelta(1)).share == 0
    assert compensation.rate_of(lent.bank, on=LATE).share == D("0.16")


def test_exactly_twenty_percent_is_the_limit(lent):
    for _ in range(3):
        make.case_at(State.LIVE)
    make.compensated(lent)  # 40,000 of 200,000
    assert Suspension.objects.get().rate == D("0.2")


def test_recoveries_lower_the_rate(lent):
    for _ in range(3):
        make.case_at(State.LIVE)
    make.compensated(lent)
    make.recovered(lent, "10000")
    assert compensation.rate_now(lent.bank, on=LATE).share == D("0.16")
    assert Suspension.objects.filter(lifted_on=None).exists()  # it is lifted by two signatures, not by itself


def test_a_bank_suspended_by_hand(lent):
    actions.suspend(account=lent.bank.fund_account, reason="未按协议催收", by=make.staff(Role.DIRECTOR), on=LATE)
    with pytest.raises(BankIsSuspended, match="未按协议催收"):
        make.promised(make.case_at(State.CONFIRMED), on=LATE)


def test_a_payment_may_break_the_multiple_and_then_promises_stop():
    make.agreement(make.bank(), "1", "0", rate_basis="balance")
    make.fund("30000")
    late, others = make.case_at(State.LIVE), [make.case_at(State.LIVE), make.case_at(State.LIVE)]
    make.compensated(late, principal=D("15000"))
    position = queries.standing(late.bank, on=LATE)
    assert (position.balance, position.used, position.over_limit) == (15000, 100000, True)
    Suspension.objects.all().delete()
    with pytest.raises((FundIsFull, BankIsSuspended)):
        make.promised(make.case_at(State.CONFIRMED, amount=D(20000)), on=LATE)
    for other in others:
        make.repaid(other, "20000", on=LATE)
    assert not queries.standing(late.bank, on=LATE).over_limit


def test_the_fund_never_falls_below_zero():
    make.fund("10000")
    loan = make.case_at(State.LIVE)
    make.signed(loan)
    with pytest.raises(FundTooSmall, match=r"10,000\.00"):
        actions.pay_compensation(loan=loan, day=LATE, document="双财代1号", by=make.staff(Role.FINANCE), on=LATE)
    assert loan.demands.get().outcome == ""


def test_nobody_signs_for_two(lent):
    make.checked(lent)
    reviewer = make.staff(Role.REVIEWER)
    actions.sign_compensation(loan=lent, words="同意。", by=reviewer, on=LATE)
    with pytest.raises((NotYours, NotAllowedFromHere, NotYetYourTurn)):
        actions.sign_compensation(loan=lent, words="同意。", by=reviewer, on=LATE)


def test_three_months_are_the_longest(lent):
    asked = make.demanded(lent)
    clock = compensation.clock(asked, LATE)
    assert (clock.due, clock.document) == (date(2014, 5, 7), "银发〔2002〕394号")
