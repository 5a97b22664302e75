"""Reminders before a due day, notes and notices after it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from loans.models import Loan
from loans.states import State
from repayments import queries
from repayments.borrower_plan import plan_of
from repayments.collecting import actions, papers, parts, reminders
from repayments.models import Reminder, ReminderIssue
from staff import desk
from staff.models import Role, Run
from tests import make, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def loan(db):
    make.office_date()
    return make.case_at(State.LIVE)


@pytest.fixture
def first(loan):
    """Its first due day on which the borrower pays something."""
    return next(payment for payment in plan_of(loan, make.TODAY).payments if payment.total)


def rows(day):
    return reminders.rows(reminders.coming(Loan.objects.select_related("applicant", "bank"), day), day)


def issue(day):
    return actions.issue_reminders(dues=reminders.coming(Loan.objects.select_related("applicant", "bank"), day), by=make.staff(Role.LOAN_OFFICER), on=day)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2012, 2, 20), None),
        (date(2012, 2, 21), "month"),
        (date(2012, 3, 13), "month"),
        (date(2012, 3, 14), "week"),
        (date(2012, 3, 19), "week"),
        (date(2012, 3, 20), "day"),
        (date(2012, 3, 21), None),
    ],
)
def test_the_rungs_of_a_due_day(on, expected):
    assert reminders.rung(date(2012, 3, 21), on) == expected


def test_a_reminder_names_what_the_borrower_brings(loan, first):
    [row] = rows(first.due - timedelta(1))
    assert (row.rung, row.due, row.principal, row.interest) == ("day", first.due, first.principal, first.own_interest)


def test_what_was_paid_ahead_is_taken_off_and_a_covered_row_gives_no_reminder(loan):
    payment = next(payment for payment in plan_of(loan, make.TODAY).payments if payment.principal)
    day = payment.due - timedelta(3)
    [before] = rows(day)
    make.repaid(loan, "100.00", on=day)
    [after] = rows(day)
    assert after.principal == before.principal - 100
    make.repaid(loan, str(payment.principal - 100), interest=str(before.interest), on=day)
    assert rows(day) == []


def test_messages_keep_to_seventy_characters_and_name_no_identity_number(loan, first):
    [row] = rows(first.due - timedelta(1))
    row.loan.applicant.name = "一个名字特别特别长的劳动密集型小企业有限责任公司"
    text = reminders.message(row._replace(principal=Decimal("1999999.99")))
    assert len(text) <= 70
    assert f"{row.due.month}月{row.due.day}日" in text
    assert loan.applicant.identity_number not in text


def test_each_rung_is_issued_once_and_kept_on_the_case(loan, first):
    week = first.due - timedelta(7)
    made = issue(week)
    assert made.reminders.get().text == reminders.message(rows(week)[0])
    with pytest.raises(actions.NobodyToRemind):
        issue(week)
    issue(first.due - timedelta(1))
    assert sorted(Reminder.objects.values_list("rung", flat=True)) == ["day", "week"]
    shown = make.browser(loan.officer).get(reverse("loans:case", args=[loan.number])).content.decode()
    assert "还款提示（提前一周）" in shown


def test_the_page_issues_and_gives_letters_and_the_sms_file(loan, first):
    make.office_date(first.due - timedelta(1))
    browser = make.browser(loan.officer)
    assert loan.applicant.name in browser.get(reverse("repayments:reminders")).content.decode()
    answer = browser.post(reverse("repayments:reminders"))
    made = Reminder.objects.get().issue
    assert answer["Location"] == reverse("repayments:reminder_issue", args=[made.pk])
    lines = browser.get(reverse("repayments:reminder_sms", args=[made.pk])).content.decode("utf-8-sig").splitlines()
    assert lines[1].replace(chr(34), "").startswith(f"{loan.applicant.phone},{loan.applicant.name}")
    [letter] = pdf.pages(papers.letters(made))
    assert "还款提示通知书" in letter
    assert f"{first.total:,.2f}元" in letter


def test_a_long_list_is_a_job_in_pieces_and_list_letters_and_sms_file_say_the_same(loan, first, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    others = [make.case_at(State.LIVE) for _ in range(2)]
    gone = make.case_at(State.SETTLED)
    day = make.office_date(first.due - timedelta(1))
    listed = rows(day)
    assert {row.loan for row in listed} == {loan, *others}, "one due day of one bank, and nobody who owes nothing"
    browser, told = make.browser(loan.officer), []
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("repayments:reminders") + f"?bank={loan.bank_id}")
    run = Run.objects.get(kind=papers.KIND)
    assert (answer["Location"], run.state) == (reverse("staff:run", args=[run.pk]), Run.State.DONE)
    made = ReminderIssue.objects.get()
    assert run.result_url == reverse("repayments:reminder_issue", args=[made.pk])
    kept = b"".join([browser.get(reverse("repayments:reminder_letters", args=[made.pk])).content])
    letters = pdf.pages(kept)
    page = browser.get(run.result_url).content.decode()
    sms = browser.get(reverse("repayments:reminder_sms", args=[made.pk])).content.decode("utf-8-sig").splitlines()[1:]
    assert len(letters) == len(sms) == len(listed) == 3
    for row in listed:
        amount = f"{row.amount:,.2f}"
        assert [text for text in letters if row.loan.iou_number in text and amount in text]
        assert reminders.message(row) in page
        assert [line for line in sms if row.loan.applicant.name in line and amount in line]
    assert gone.iou_number not in "".join(letters)
    with pytest.raises(actions.NobodyToRemind):
        actions.issue_in_pieces(dues=reminders.coming(Loan.objects.all(), day), by=loan.officer, on=day, told=lambda *of: told.append(of))
    assert told == [(0, 3), (2, 3)]


def test_a_loan_that_the_fund_paid_for_is_not_reminded(loan, first):
    day = first.due - timedelta(1)
    assert len(rows(day)) == 1
    Loan.objects.filter(pk=loan.pk).update(state=State.COMPENSATED)
    assert rows(day) == []


def late(loan):
    """A day on which its first principal is a month late."""
    return next(row for row in queries.allocation(loan, make.TODAY) if row.principal).due + timedelta(30)


def noted(loan, day, **more):
    usual = {"day": day, "how": "visit", "with_whom": "本人", "said": "答应月底前还清。"}
    return actions.note_collection(loan=loan, by=loan.officer, on=day, **(usual | more))


def test_a_promise_is_open_then_kept_or_broken_by_what_was_received(loan):
    day = late(loan)
    note = noted(loan, day, promised_amount=Decimal(500), promised_day=day + timedelta(5))
    assert parts.promise_of(note, day) == "open"
    assert parts.promise_of(note, day + timedelta(6)) == "broken"
    make.repaid(loan, "499.99", on=day + timedelta(5))
    assert parts.promise_of(note, day + timedelta(6)) == "broken"
    make.repaid(loan, "0.01", on=day + timedelta(5))
    assert parts.promise_of(note, day + timedelta(5)) == "kept"


def test_the_next_action_comes_to_the_officers_desk_on_its_day_until_a_later_note(loan):
    day = late(loan)
    noted(loan, day, next_action="再次上门", next_day=day + timedelta(3))
    mine = lambda on: [row.circumstances for row in parts.waiting(loan.officer, on)]  # noqa: E731
    assert mine(day) == []
    assert mine(day + timedelta(3)) == ["再次上门"]
    assert "再次上门" in [row.circumstances for row in desk.waiting(loan.officer, day + timedelta(3))]
    noted(loan, day + timedelta(3))
    assert mine(day + timedelta(3)) == []


def test_a_promise_to_pay_comes_to_the_desk_on_its_day_and_stays_when_it_is_broken_until_it_is_kept(loan):
    day, mine = late(loan), lambda on: [(row.circumstances, row.left) for row in parts.waiting(loan.officer, on)]
    promised = day + timedelta(5)
    noted(loan, day, promised_amount=Decimal(500), promised_day=promised)
    assert mine(promised - timedelta(1)) == []
    [(due, left)] = mine(promised)
    assert "承诺" in due and "500.00" in due and left == 0
    [(broken, left)] = mine(promised + timedelta(7))
    assert "未兑现" in broken and left < 0
    make.repaid(loan, "500", on=promised)
    assert mine(promised + timedelta(7)) == []


@pytest.mark.parametrize("more", [{"next_action": "上门"}, {"promised_amount": Decimal(5)}, {"promised_amount": Decimal(5), "promised_day": make.TODAY}])
def test_half_a_note_is_refused(loan, more):
    with pytest.raises(actions.HalfANote):
        noted(loan, late(loan), **more)


def test_a_dunning_notice_is_numbered_and_says_what_is_late(loan):
    day = late(loan)
    arrears = queries.arrears(loan, day)
    notice = actions.dun(loan=loan, pay_by=day + timedelta(7), by=loan.officer, on=day)
    assert (notice.principal, notice.days, notice.number) == (arrears.amount, arrears.days, f"{notice.number.partition('〔')[0]}〔{day.year}〕1号")
    [text] = pdf.pages(papers.dunning_notice(notice))
    assert f"{arrears.amount:,.2f}元" in text
    with pytest.raises(actions.DunnedToday):
        actions.dun(loan=loan, pay_by=day + timedelta(7), by=loan.officer, on=day)


def test_nobody_is_dunned_who_is_not_late(loan):
    with pytest.raises(actions.NotLate):
        actions.dun(loan=loan, pay_by=make.TODAY + timedelta(7), by=loan.officer, on=make.TODAY)


def test_the_list_of_arrears_by_bucket_and_officer_and_for_banks_their_own(loan, postal_officer):
    make.office_date(late(loan))
    page = reverse("repayments:arrears")
    assert loan.applicant.name in make.browser(loan.officer).get(page).content.decode()
    assert loan.applicant.name in make.browser(loan.officer).get(page, {"bucket": "1-30", "officer": loan.officer.pk}).content.decode()
    assert loan.applicant.name not in make.browser(loan.officer).get(page, {"bucket": "31-90"}).content.decode()
    assert loan.applicant.name not in make.browser(postal_officer).get(page).content.decode()
    report = reverse("reports:report", args=["arrears"])
    assert report in make.browser(loan.officer).get(page).content.decode()
    assert report not in make.browser(postal_officer).get(page).content.decode()
    assert f'href="{page}"' in make.browser(loan.officer).get(report).content.decode()
