"""The book keeps its promises in PostgreSQL itself, whoever writes to it and however."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, connection, transaction

from repayments import ledger
from repayments.ledger import AlreadyBooked, AlreadyReversed, Booking, Posting
from repayments.models import Account, Entry, Line
from staff.audit import history
from staff.history import words
from staff.models import Event
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

DAY = date(2011, 3, 21)


@pytest.fixture
def loan(rural):
    return made.loan()


@pytest.fixture
def entry(loan):
    return made.repaid(loan, DAY, "3000.00", "90.00")


def sql(statement):
    """Run this past all our code, and let deferred triggers speak."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def written(*amounts, bank, by):
    """An entry with these lines, past ledger.post."""
    with transaction.atomic():
        entry = Entry.objects.create(kind="receipt", bank=bank, reference="past the ledger", value_date=DAY, booked_on=DAY, booked_by=by)
        for amount in amounts:
            Line.objects.create(entry=entry, bank=bank, account=Account.BANK_MONEY, amount=amount)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (("10.00", "-9.99"), "does not balance"),
        (("10.00",), "does not balance|fewer than two lines"),
        ((), "fewer than two lines"),
        (("0.00", "0.00"), "line_moves_something"),
    ],
)
def test_an_entry_that_does_not_balance_or_has_not_two_lines_is_refused(amounts, words, rural, finance):
    with pytest.raises(IntegrityError, match=words):
        written(*map(D, amounts), bank=rural, by=finance)


def test_a_line_added_to_an_entry_later_must_balance_too(entry, rural):
    with pytest.raises(IntegrityError, match="does not balance"):
        sql(f"INSERT INTO repayments_line (entry_id, account, bank_id, amount) VALUES ({entry.pk}, 'interest', {rural.pk}, 1)")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE repayments_entry SET value_date = value_date - 1",
        "DELETE FROM repayments_entry",
        "UPDATE repayments_line SET amount = amount * 2",
        "DELETE FROM repayments_line",
        "TRUNCATE repayments_line CASCADE",
        "TRUNCATE repayments_entry CASCADE",
    ],
)
def test_nothing_in_the_book_is_ever_changed_or_deleted(statement, entry):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(Exception, match=r"never emptied|Cannot update or delete rows"):
        sql(statement)
    assert ledger.balance(Account.BANK_MONEY) == D("-17910.00")


def test_a_reference_of_a_bank_is_booked_once(entry, loan):
    money = Posting(Account.BANK_MONEY, D(1)), Posting(Account.PRINCIPAL, D(-1), loan)
    with pytest.raises(AlreadyBooked, match=entry.reference):
        ledger.post(Entry.Kind.RECEIPT, *money, bank=loan.bank, reference=entry.reference, value_date=DAY, on=DAY, by=make.user())
    with pytest.raises(AlreadyBooked):
        ledger.post_many([Booking(Entry.Kind.RECEIPT, loan.bank, entry.reference, DAY, money)], on=DAY, by=make.user())
    assert ledger.outstanding(loan) == D("18000.00")


def test_two_banks_may_give_the_same_reference(entry, loan, postal, finance):
    money = Posting(Account.FUND, D(1)), Posting(Account.TREASURY, D(-1))
    assert ledger.post(Entry.Kind.PAY_IN, *money, bank=postal, reference=entry.reference, value_date=DAY, on=DAY, by=finance).pk


def test_a_reversal_mirrors_its_entry_and_happens_once(entry, loan, finance):
    undone = ledger.reverse(entry, on=date(2011, 4, 1), by=finance, reason="录错")
    assert (undone.reverses, undone.value_date, undone.booked_on, undone.memo) == (entry, DAY, date(2011, 4, 1), "录错")
    assert sorted(undone.lines.values_list("account", "amount")) == sorted((line.account, -line.amount) for line in entry.lines.all())
    assert ledger.outstanding(loan) == loan.principal
    with pytest.raises(AlreadyReversed):
        ledger.reverse(entry, on=date(2011, 4, 2), by=finance, reason="再录错")


@pytest.mark.parametrize(("kind", "reverses"), [("reversal", "NULL"), ("receipt", "{entry}")])
def test_only_a_reversal_names_an_entry_and_it_always_does(kind, reverses, entry):
    with pytest.raises(IntegrityError, match="entry_reversal_names_its_entry"):
        sql(
            f"INSERT INTO repayments_entry (kind, bank_id, reference, value_date, booked_on, booked_by_id, booked_at, memo, reverses_id)"
            f" SELECT '{kind}', bank_id, 'x', value_date, booked_on, booked_by_id, now(), '', {reverses.format(entry=entry.pk)} FROM repayments_entry LIMIT 1"
        )


def test_balances_are_sums_as_of_any_value_date(loan, entry):
    made.repaid(loan, date(2011, 6, 21), "3000.00", on=date(2012, 1, 2))
    assert [ledger.outstanding(loan, as_of=day) for day in (date(2010, 7, 4), date(2011, 3, 20), DAY, date(2011, 6, 21))] == [0, 21000, 18000, 15000]
    assert ledger.balances(Account.PRINCIPAL, "loan") == {loan.pk: D(15000)}
    assert ledger.balances(Account.PRINCIPAL, "bank", as_of=DAY) == {loan.bank_id: D(18000)}


def test_many_entries_at_once_are_like_as_many_single_ones(loan, finance):
    def booking(reference, principal, interest):
        parts = Posting(Account.PRINCIPAL, -D(principal), loan), Posting(Account.INTEREST, -D(interest), loan)
        return Booking(Entry.Kind.RECEIPT, loan.bank, reference, DAY, (Posting(Account.BANK_MONEY, D(principal) + D(interest)), *parts))

    ledger.post_many([booking("R1", "100.00", "5.00"), booking("R2", "0.00", "7.00")], on=DAY, by=finance)
    first, second = Entry.objects.filter(kind="receipt").order_by("id")
    assert sorted(first.lines.values_list("account", "amount")) == [("bank_money", D(105)), ("interest", D(-5)), ("principal", D(-100))]
    assert sorted(second.lines.values_list("account", "amount")) == [("bank_money", D(7)), ("interest", D(-7))]  # nothing of nothing
    assert Event.objects.filter(kind="book.receipt", subject=f"loans.loan:{loan.pk}").count() == 2


def test_many_entries_are_booked_all_or_none(loan, finance):
    lame = Booking(Entry.Kind.RECEIPT, loan.bank, "R9", DAY, (Posting(Account.BANK_MONEY, D(5)), Posting(Account.PRINCIPAL, D(-4), loan)))
    sound = Booking(Entry.Kind.RECEIPT, loan.bank, "R8", DAY, (Posting(Account.BANK_MONEY, D(5)), Posting(Account.PRINCIPAL, D(-5), loan)))
    with pytest.raises(IntegrityError, match="does not balance"):
        all_at_once([sound, lame], by=finance)
    assert ledger.outstanding(loan) == loan.principal


def all_at_once(bookings, *, by):
    with transaction.atomic(), connection.cursor() as cursor:
        ledger.post_many(bookings, on=DAY, by=by)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_in_the_book_takes_no_more_lines_even_balanced_ones():
    loan = made.loan()
    entry = made.repaid(loan, DAY, "3000.00")
    pair = f"({entry.pk}, 'bank_money', {loan.bank_id}, 1), ({entry.pk}, 'interest', {loan.bank_id}, -1)"
    with pytest.raises(IntegrityError, match="takes no more lines"):
        sql(f"INSERT INTO repayments_line (entry_id, account, bank_id, amount) VALUES {pair}")
    assert entry.lines.count() == 2


def test_the_history_says_in_words_what_was_booked(loan, finance):
    over = Posting(Account.BANK_MONEY, D("3102.34")), Posting(Account.PRINCIPAL, D(-3000), loan), Posting(Account.INTEREST, D("-102.34"), loan)
    entry = ledger.post(Entry.Kind.RECEIPT, *over, bank=loan.bank, reference="R77", value_date=DAY, on=DAY, by=finance)
    ledger.reverse(entry, on=DAY, by=finance, reason="录错")
    assert [words(event) for event in history(loan)] == [
        f"2010-07-05银行放款：本金21,000.00（{loan.iou_number}）",
        "2011-03-21还款：本金3,000.00，利息102.34（R77）",
        "冲正2011-03-21的凭证：本金3,000.00，利息102.34（R77/reversed）",
    ]
