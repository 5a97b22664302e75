"""A claim from the bank's figure to finance's payment: each step by its own person, each refusal named for its rule."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction

from repayments.claims import actions, refusals
from repayments.claims.actions import Claimed, Figures
from repayments.claims.compiling import canonical, checksum
from repayments.claims.queries import Four, four_of, with_paid
from repayments.models import SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.errors import NotYours
from staff.models import Event, Role
from tests import make
from tests.repayments.claims import made
from tests.repayments.half_year import made as book
from tests.threads import at_once
from tests.threads import refusals as names

pytestmark = pytest.mark.django_db


def four(claim):
    claim.refresh_from_db()
    return four_of(claim, with_paid(claim.lines.all()))


def test_from_the_banks_figure_to_the_payment():
    loan = book.loan()
    claim = made.approved(made.claim("345.00", per_loan={loan.iou_number: "345.00"}))
    assert four(claim) == Four(D("345.00"), D("345.00"), D("345.00"), D(0))
    made.paid(claim, "200.00")
    assert four(claim).unpaid == D("145.00")
    made.paid(claim, "145.00", "双财预〔2012〕9号")
    assert four(claim) == Four(*[D("345.00")] * 4)
    assert [event.kind for event in Event.objects.filter(subject=f"repayments.subsidyclaim:{claim.pk}").order_by("id")] == [
        "subsidy.submitted",
        "subsidy.reviewed",
        "subsidy.approved",
        "subsidy.paid",
        "subsidy.paid",
    ]


def test_the_line_keeps_days_base_rate_document_and_who_bears_it():
    loan = book.loan()
    line = made.claim().lines.get()
    assert line.pieces == [["2011-06-21", "2011-09-20", 92, "15000.00", "9.0000", line.pieces[0][5]]]
    assert D(line.pieces[0][5]) == D("345")
    assert (line.loan, line.regime, line.document, line.split, line.payee) == (loan, "B", "银发〔2008〕238号", "central=1.00", "bank")


def test_the_banks_volume_stands_beside_the_books():
    book.loan()
    book.loan(lent=date(2011, 7, 1), principal="20000", micro_profit=True)
    book.loan(lent=date(2011, 7, 1), principal="10000", micro_profit=False)  # no micro-profit project: no part of the claim
    claim = made.claim()
    assert (claim.lent, claim.loans, claim.opening, claim.closing) == (D(20000), 1, D(21000), D(41000))


def test_a_quarter_is_claimed_from_its_settlement_day_on():
    with pytest.raises(refusals.QuarterNotOver, match="2011-12-20"):
        made.claim(quarter=made.Q4, on=date(2011, 12, 20))
    assert made.claim("0", quarter=made.Q4, on=date(2011, 12, 21)).quarter == "2011-Q4"


def test_a_quarter_is_claimed_once():
    made.claim("0")
    with pytest.raises(refusals.AlreadyClaimed, match="2011-Q3"):
        made.claim("0")


def test_a_bank_claims_for_itself(postal):
    with pytest.raises(NotYours):
        made.claim("0", bank=make.bank(), by=make.staff(Role.BANK, bank=postal))


def test_a_list_sums_to_what_is_claimed_and_names_the_banks_own_loans(postal):
    own, other = book.loan(), book.loan(bank=postal)
    with pytest.raises(refusals.TotalsDiffer, match=r"345\.00"):
        made.claim("400.00", per_loan={own.iou_number: "345.00"})
    with pytest.raises(refusals.NotThisBanksLoan, match=other.iou_number):
        made.claim("345.00", per_loan={other.iou_number: "345.00"})
    assert not SubsidyClaim.objects.exists()


def test_a_loan_that_only_the_bank_names_gets_a_line_with_nothing_due():
    ended = book.loan(lent=date(2008, 3, 3))
    claim = made.claim("12.00", per_loan={ended.iou_number: "12.00"})
    line = claim.lines.get()
    assert (line.due, line.claimed, line.pieces) == (0, D("12.00"), [])
    with pytest.raises(refusals.Unexplained, match=ended.iou_number):
        made.reviewed(claim)
    made.reviewed(claim, reasons={line.pk: "已到期,不贴息"})
    assert claim.lines.get().reason == "已到期,不贴息"


def test_differences_are_explained_loan_by_loan():
    high, low = book.loan(), book.loan()
    claim = made.claim("590.00", per_loan={high.iou_number: "345.50", low.iou_number: "244.50"})
    with pytest.raises(refusals.Unexplained, match="2"):
        made.reviewed(claim)
    reasons = dict.fromkeys(claim.lines.values_list("pk", flat=True), "银行少算一日")
    claim = made.approved(claim, reasons=reasons)
    assert {line.iou: line.approved for line in claim.lines.all()} == {high.iou_number: D("345.00"), low.iou_number: D("244.50")}
    assert four(claim) == Four(D("690.00"), D("590.00"), D("589.50"), D(0))


def test_less_than_is_due_by_total_alone_does_not_say_for_whom():
    book.loan()
    with pytest.raises(refusals.ListNeeded, match=r"300\.00"):
        made.reviewed(made.claim("300.00"))


def test_more_than_is_due_by_total_alone_needs_a_reason_and_is_cut():
    book.loan()
    claim = made.claim("400.00")
    with pytest.raises(refusals.Unexplained, match=r"400\.00"):
        made.reviewed(claim)
    claim = actions.approve(claim=made.reviewed(claim, difference="银行含逾期利息"), words="同意。", by=make.staff(Role.FINANCE), on=made.TODAY)
    assert four(claim).approved == D("345.00")


def test_who_submits_does_not_review():
    officer = make.staff(Role.LOAN_OFFICER)
    claim = made.claim("0", by=officer)
    with pytest.raises(refusals.NotYourOwn):
        actions.review(claim=claim, words="", by=officer, on=made.TODAY)


def test_a_returned_claim_is_claimed_anew_under_its_number():
    loan = book.loan()
    claim = made.claim("300.00")
    actions.return_to_bank(claim=claim, reason="请附逐笔明细", by=make.staff(Role.LOAN_OFFICER), on=made.TODAY)
    with pytest.raises(refusals.NotAtThisStep):
        made.reviewed(claim)
    again = made.claim("345.00", per_loan={loan.iou_number: "345.00"})
    assert (again.pk, again.number, again.by_loan, again.returned_on) == (claim.pk, claim.number, True, None)


def test_finance_may_approve_less_but_never_more():
    book.loan()
    claim = made.reviewed(made.claim())
    line = claim.lines.get()
    for wrong in ("345.01", "-1"):
        with pytest.raises(refusals.ApprovedTooMuch, match=line.iou):
            actions.approve(claim=claim, words="", amounts={line.pk: D(wrong)}, by=make.staff(Role.FINANCE), on=made.TODAY)
    actions.approve(claim=claim, words="", amounts={line.pk: D("100.00")}, by=make.staff(Role.FINANCE), on=made.TODAY)
    assert four(claim).approved == D("100.00")


def test_when_the_book_moves_the_claim_is_compared_anew():
    loan = book.loan()
    claim = made.claim()
    book.repaid(loan, date(2011, 8, 1), "10000")
    with pytest.raises(refusals.BookMovedOn):
        made.reviewed(claim)
    claim = actions.recompile(claim=claim, by=make.staff(Role.LOAN_OFFICER), on=made.TODAY)
    assert claim.lines.get().due == D("294.00")  # 15,000 for 41 days, 11,000 for 51
    made.reviewed(claim, difference="提前还款")
    book.repaid(loan, date(2011, 9, 1), "1000")
    with pytest.raises(refusals.BookMovedOn):
        actions.approve(claim=claim, words="", by=make.staff(Role.FINANCE), on=made.TODAY)


def test_an_approved_claim_is_frozen_by_the_database():
    book.loan()
    claim = made.approved(made.claim())
    assert claim.checksum == checksum(canonical(claim, claim.lines.all()))
    for change in (
        lambda: SubsidyClaim.objects.filter(pk=claim.pk).update(claimed=1),
        lambda: SubsidyLine.objects.filter(claim=claim).update(approved=1),
        lambda: claim.lines.get().delete(),
    ):
        with pytest.raises(DatabaseError, match=r"frozen|Cannot"), transaction.atomic():
            change()
    for act in (lambda: made.reviewed(claim), lambda: actions.return_to_bank(claim=claim, reason="x", by=make.staff(Role.FINANCE), on=made.TODAY)):
        with pytest.raises(refusals.NotAtThisStep):
            act()


def test_what_is_paid_is_at_most_what_is_approved_and_open():
    book.loan()
    claim = made.approved(made.claim())
    for wrong in ("345.01", "0", "-5"):
        with pytest.raises(refusals.PaidTooMuch, match=r"345\.00"):
            made.paid(claim, wrong)
    made.paid(claim, "300.00")
    with pytest.raises(refusals.PaidTooMuch, match=r"45\.00"):
        made.paid(claim, "45.01", "双财预〔2012〕9号")
    with pytest.raises(refusals.PaidBefore):
        made.paid(claim, "45.00")
    for day in (date(2012, 1, 3), date(2012, 1, 5)):
        with pytest.raises(refusals.NotADay):
            made.paid(claim, "45.00", "双财预〔2012〕9号", day=day)


def test_a_payment_booked_wrongly_is_undone_once_and_may_be_booked_again():
    book.loan()
    claim = made.approved(made.claim())
    payment = made.paid(claim, "300.00")
    actions.undo_payment(payment=payment, reason="金额写错", by=make.staff(Role.FINANCE), on=made.TODAY)
    assert four(claim).paid == 0
    with pytest.raises(refusals.PaidBefore):
        actions.undo_payment(payment=payment, reason="金额写错", by=make.staff(Role.FINANCE), on=made.TODAY)
    made.paid(claim, "345.00", "双财预〔2012〕8-1号")
    assert four(claim).unpaid == 0


def test_firms_pay_first_and_are_refunded():
    firm = book.loan(
        lent=date(2011, 3, 21), principal="300000", rate=D("6.90"), borrower_kind="enterprise", groups=["labour_intensive_firm"], group="labour_intensive_firm"
    )
    line = made.claim("0", per_loan={firm.iou_number: "0"}).lines.get()
    assert (line.payee, line.regime, line.document) == ("borrower", "C", "银发〔2004〕51号")
    assert line.due == D("2338.33")  # half of the benchmark of 6.10 on 300,000 for 92 days


def test_where_the_bank_agreed_so_a_person_pays_first_and_is_refunded():
    direct, refunded = book.loan(), book.loan(borrower_pays_first=True)
    lines = {line.loan_id: (line.payee, line.due) for line in made.claim("690.00").lines.all()}
    assert lines == {direct.pk: ("bank", D("345.00")), refunded.pk: ("borrower", D("345.00"))}


@pytest.mark.django_db(transaction=True)
def test_two_clerks_claim_a_quarter_at_once():
    bank = make.bank()
    clerks = [make.user(Role.BANK, name, bank=bank) for name in ("周海涛", "吴丽娜")]
    make.office_date()
    answers = at_once(*(lambda by=by: actions.submit(bank=bank, quarter=Quarter(2011, 3), figures=Figures(D(0)), by=by, on=made.TODAY) for by in clerks))
    assert names(answers) == ["AlreadyClaimed"]


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_do_not_pay_twice():
    loan = book.loan()
    claim = made.approved(made.claim("345.00", per_loan={loan.iou_number: "345.00"}))
    answers = at_once(lambda: made.paid(claim, "345.00", "甲"), lambda: made.paid(claim, "345.00", "乙"))
    assert names(answers) == ["PaidTooMuch"]
    assert Claimed(loan.iou_number, D("345.00")).amount == four(claim).paid
