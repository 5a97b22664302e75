"""A bank reports row by row: what is proposed, what is booked, what is refused and stays to be corrected."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans.models import Loan
from loans.states import State
from repayments import actions, ledger, receiving
from repayments.models import HalfYearLedger
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db

DUE = date(2012, 9, 21)  # 7,142.86 of 50,000, and interest that finance pays
LISTED = "/receipts/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def loan():
    return make.case_at(State.LIVE)


def listed(loan, on, *, show=receiving.WEEK, text=""):
    return [row.pk for row in receiving.expected(Loan.objects.filter(bank=loan.bank), show=show, text=text, on=on)]


def shown(loan, address=LISTED, *, on):
    make.office_date(on)
    return make.browser(make.clerk(loan)).get(address)


def reported(loan, *, on, reference="LS1", headers=None, **changes):
    make.office_date(on)
    said = {"value_date": f"{on}", "principal": "7142.86", "interest": "0", "reference": reference} | changes
    return make.browser(make.clerk(loan)).post(f"{LISTED}{loan.number}/", said, headers=headers or HTMX)


def test_a_loan_stands_in_the_list_a_week_or_a_month_before_its_day(loan):
    assert listed(loan, date(2012, 9, 13)) == []
    assert listed(loan, date(2012, 9, 14)) == listed(loan, DUE) == [loan.pk]
    assert listed(loan, date(2012, 8, 21), show=receiving.MONTH) == [loan.pk]


def test_a_late_loan_stands_among_the_late_ones(loan):
    assert listed(loan, DUE, show=receiving.LATE) == []
    assert listed(loan, date(2012, 9, 22), show=receiving.LATE) == [loan.pk]


def test_any_live_loan_is_found_by_name_or_iou_number(loan):
    assert listed(loan, make.TODAY, text=loan.iou_number[-4:]) == listed(loan, make.TODAY, text="潘志") == [loan.pk]
    assert listed(loan, make.TODAY, text="不在此") == []


def test_a_loan_paid_ahead_leaves_the_list_of_principal_but_owes_interest(loan):
    make.repaid(loan, "50000", on=date(2012, 3, 1))
    assert listed(loan, DUE, show=receiving.MONTH) == []


def proposed(loan, on):
    return receiving.proposal(loan, on)


def test_the_next_row_is_proposed_with_the_borrowers_part_of_its_interest(loan):
    assert proposed(loan, date(2012, 9, 15)) == {"value_date": date(2012, 9, 15), "principal": D("7142.86"), "interest": 0, "penalty": None}
    unsubsidised = make.case_at(State.CONFIRMED)
    Loan.objects.filter(pk=unsubsidised.pk).update(micro_profit=False)
    lent = make.disbursed(make.contracted(make.promised(unsubsidised)))
    assert proposed(lent, date(2012, 3, 1)) == {"value_date": date(2012, 3, 1), "principal": 0, "interest": D("1032.01"), "penalty": None}


def test_all_that_is_late_is_proposed_first(loan):
    make.repaid(loan, "2000", on=DUE)
    assert proposed(loan, date(2012, 12, 28))["principal"] == D("12285.72")


def test_what_is_paid_ahead_is_taken_off(loan):
    make.repaid(loan, "10000", on=date(2012, 3, 1))
    assert proposed(loan, date(2012, 9, 15))["principal"] == D("4285.72")


def test_many_proposals_cost_as_many_questions_as_one(loan, django_assert_max_num_queries):
    make.case_at(State.LIVE), make.case_at(State.LIVE)
    loans = list(receiving.expected(Loan.objects.select_related("applicant"), show=receiving.WEEK, text="", on=DUE))
    with django_assert_max_num_queries(6):
        assert len(receiving.proposals(loans, DUE)) == 3


def test_the_page_proposes_and_a_row_is_booked_where_it_stands(loan):
    page = shown(loan, on=DUE).content.decode()
    assert loan.iou_number in page
    assert 'value="7142.86"' in page
    answer = reported(loan, on=DUE)
    assert "data-booked" in answer.content.decode()
    assert "42,857.14" in answer.content.decode()
    assert ledger.outstanding(loan) == D("42857.14")


def test_the_last_row_settles_and_says_so(loan):
    answer = reported(loan, on=DUE, principal="50,000.00")
    assert "已结清" in answer.content.decode()
    assert Loan.objects.get(pk=loan.pk).state == State.SETTLED


@pytest.mark.parametrize(
    ("changes", "said"), [({"principal": "50000.01"}, "50,000.00"), ({"value_date": "2012-09-22"}, "2012"), ({"reference": ""}, "aria-invalid")]
)
def test_a_refused_row_comes_back_with_what_was_typed(loan, changes, said):
    answer = reported(loan, on=DUE, **changes).content.decode()
    assert "data-wrong" in answer
    assert said in answer
    assert ledger.outstanding(loan) == 50000


def test_without_scripts_the_whole_page_answers(loan):
    plain = {"Accept": "text/html"}
    wrong = reported(loan, on=DUE, headers=plain, principal="50000.01").content.decode()
    assert "50,000.00" in wrong
    assert "</html>" in wrong
    assert reported(loan, on=DUE, headers=plain)["Location"] == LISTED
    assert ledger.outstanding(loan) == D("42857.14")


@pytest.mark.parametrize("state", [State.CONFIRMED, State.CONTRACTED])
def test_what_was_never_paid_out_is_not_in_the_list(state):
    loan = make.case_at(state)
    assert reported(loan, on=DUE).status_code == 404


def test_a_serial_number_met_again_is_refused_in_its_row(loan):
    reported(loan, on=DUE)
    assert "LS1" in reported(loan, on=DUE, principal="100").content.decode()
    assert ledger.outstanding(loan) == D("42857.14")


def test_another_banks_loans_are_neither_listed_nor_found(loan):
    make.office_date(DUE)
    stranger = make.browser(make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储")))
    assert f"/cases/{loan.number}/" not in stranger.get(f"{LISTED}?q={loan.iou_number}").content.decode()
    assert stranger.post(f"{LISTED}{loan.number}/", {}).status_code == 404


def test_a_settled_loan_takes_no_row(loan):
    make.settled(loan)
    assert "data-wrong" in reported(loan, on=DUE).content.decode()


def test_the_desk_counts_what_falls_due_this_week(loan):
    page = shown(loan, "/", on=DUE).content.decode()
    assert "本周应还" in page
    assert "1笔" in page


def test_a_business_visit_reads_as_one_on_the_case(loan):
    make.office_date(DUE)
    officer = make.staff(Role.LOAN_OFFICER)
    actions.record_visit(loan=loan, visit_day=DUE, business="difficult", workers=2, remark="雨季客少", by=officer, on=DUE)
    page = make.browser(officer).get(f"/cases/{loan.number}/").content.decode()
    assert "贷后回访：经营困难，用工2人。雨季客少" in page
    assert page.count("雨季客少") == 2


# --- Penalty interest, and days in an issued half-year ---------------------------------------------------------------------------
def test_penalty_interest_has_its_column(loan):
    day = date(2014, 1, 14)  # 50,000 for ten days at 14.475 %
    make.office_date(day)
    browser = make.browser(make.clerk(loan))
    assert 'value="201.04"' in browser.get("/receipts/?show=late").content.decode()
    reported(loan, on=day, principal="50000", penalty="201.04")
    case = browser.get(f"/cases/{loan.number}/").content.decode()
    assert "201.04</td>" in case and Loan.objects.get().state == State.SETTLED


def test_a_row_with_a_day_in_an_issued_half_year_is_asked_once_more(loan):
    half_year = {"period": "2012-H1", "version": 1, "first_day": date(2012, 1, 1), "last_day": date(2012, 6, 30), "last_entry": 0, "number": "1号"}
    signed = {"built_on": DUE, "built_by": make.clerk(loan), "issued_on": DUE, "issued_by": make.clerk(loan)}
    HalfYearLedger.objects.create(**half_year, **signed)
    answer = reported(loan, on=DUE, value_date="2012-06-29").content.decode()
    assert "2012年上半年台账已签发" in answer and "仍然入账" in answer and ledger.outstanding(loan) == 50000
    seal = answer.split('name="shown" value="')[1].split('"')[0]
    assert "data-booked" in reported(loan, on=DUE, value_date="2012-06-29", shown=seal).content.decode()
    assert "data-booked" in reported(loan, on=DUE, reference="LS2").content.decode()  # a day after it needs no question
