"""What must always be true of the book, the loans and their schedules. Each check yields what is wrong; none mends anything.

The database and the actions see to most of it already. These look again, every night and before anything is issued.
"""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from applicants.encryption import blind_index
from applicants.models import Applicant
from loans.states import State


def entries_balance() -> Iterator[str]:
    """The lines of an entry sum to zero."""
    for reference, total in _rows("""
        SELECT entry.reference, sum(line.amount) FROM repayments_entry entry JOIN repayments_line line ON line.entry_id = entry.id
        GROUP BY entry.id HAVING sum(line.amount) <> 0 ORDER BY entry.id"""):
        yield _("Entry %(reference)s does not balance: its lines sum to %(total)s.") % {"reference": reference, "total": total}


def entries_have_two_lines() -> Iterator[str]:
    """An entry has two lines or more."""
    for reference, lines in _rows("""
        SELECT entry.reference, count(line.id) FROM repayments_entry entry LEFT JOIN repayments_line line ON line.entry_id = entry.id
        GROUP BY entry.id HAVING count(line.id) < 2 ORDER BY entry.id"""):
        yield _("Entry %(reference)s has only %(lines)s line(s).") % {"reference": reference, "lines": lines}


def references_are_unique() -> Iterator[str]:
    """A bank's reference is booked once."""
    for bank, reference, times in _rows("""
        SELECT bank.name, entry.reference, count(*) FROM repayments_entry entry JOIN staff_bank bank ON bank.id = entry.bank_id
        GROUP BY bank.name, entry.reference HAVING count(*) > 1 ORDER BY 1, 2"""):
        yield _("%(bank)s: reference %(reference)s is booked %(times)s times.") % {"bank": bank, "reference": reference, "times": times}


def reversals_mirror_their_entries() -> Iterator[str]:
    """A reversal undoes its entry exactly: account by account, loan by loan, at the same bank and value date."""
    for (reference,) in _rows("""
        SELECT undoing.reference
        FROM repayments_entry undoing JOIN repayments_entry undone ON undone.id = undoing.reverses_id
        WHERE undoing.bank_id <> undone.bank_id OR undoing.value_date <> undone.value_date OR EXISTS (
            SELECT 1 FROM repayments_line line WHERE line.entry_id IN (undoing.id, undone.id)
            GROUP BY line.account, line.bank_id, line.loan_id HAVING sum(line.amount) <> 0)
        ORDER BY undoing.id"""):
        yield _("Reversal %(reference)s is no mirror of the entry that it undoes.") % {"reference": reference}


def lines_stand_at_the_bank_of_their_loan() -> Iterator[str]:
    """What is booked for a loan is booked at the bank that lent it."""
    for number, reference in _rows("""
        SELECT DISTINCT loan.number, entry.reference FROM repayments_line line
        JOIN loans_loan loan ON loan.id = line.loan_id JOIN repayments_entry entry ON entry.id = line.entry_id
        WHERE line.bank_id <> loan.bank_id ORDER BY 1, 2"""):
        yield _("Entry %(reference)s books case %(number)s at another bank than its own.") % {"reference": reference, "number": number}


def nobody_owes_less_than_nothing() -> Iterator[str]:
    """On no day was more principal repaid than had been lent."""
    for number, day, balance in _rows("""
        SELECT DISTINCT ON (loan.id) loan.number, running.day, running.balance
        FROM (
            SELECT loan_id, day, sum(moved) OVER (PARTITION BY loan_id ORDER BY day) AS balance
            FROM (
                SELECT line.loan_id, entry.value_date AS day, sum(line.amount) AS moved
                FROM repayments_line line JOIN repayments_entry entry ON entry.id = line.entry_id
                WHERE line.account = 'principal' AND line.loan_id IS NOT NULL GROUP BY 1, 2
            ) days
        ) running JOIN loans_loan loan ON loan.id = running.loan_id
        WHERE running.balance < 0 ORDER BY loan.id, running.day"""):
        yield _("Case %(number)s owes less than nothing on %(day)s: %(balance)s.") % {"number": number, "day": day, "balance": balance}


def settled_loans_owe_nothing_and_live_ones_something() -> Iterator[str]:
    """The state of a loan agrees with the book: what it owes the bank, or the fund once this has paid for it."""
    for number, state, owed in _rows("""
        SELECT loan.number, loan.state, coalesce(sum(line.amount), 0)
        FROM loans_loan loan LEFT JOIN repayments_line line ON line.loan_id = loan.id AND line.account IN ('principal', 'owed_to_fund')
        WHERE loan.state IN ('live', 'settled', 'compensated', 'recovered', 'written_off') GROUP BY loan.id
        HAVING (loan.state IN ('settled', 'recovered', 'written_off')) <> (coalesce(sum(line.amount), 0) = 0) ORDER BY loan.id"""):
        if state == "settled":
            yield _("Case %(number)s is settled and still owes %(owed)s.") % {"number": number, "owed": owed}
        elif state == "live":
            yield _("Case %(number)s is being repaid and owes %(owed)s.") % {"number": number, "owed": owed}
        else:
            yield _("Case %(number)s stands at “%(state)s” and owes %(owed)s.") % {"number": number, "state": State(state).label, "owed": owed}


def every_lent_loan_is_in_the_book() -> Iterator[str]:
    """A loan that was lent has one disbursement in the book, of its amount and day; any other case has none."""
    for (number,) in _rows("""
        WITH lent AS (
            SELECT line.loan_id, count(DISTINCT entry.id) AS times, sum(line.amount) AS amount, min(entry.value_date) AS day
            FROM repayments_line line JOIN repayments_entry entry ON entry.id = line.entry_id
            LEFT JOIN repayments_entry undoing ON undoing.reverses_id = entry.id
            WHERE line.account = 'principal' AND entry.kind = 'disbursement' AND undoing.id IS NULL
            GROUP BY line.loan_id
        )
        SELECT loan.number FROM loans_loan loan LEFT JOIN lent ON lent.loan_id = loan.id
        WHERE (loan.principal, loan.disbursed_on) IS DISTINCT FROM (lent.amount, lent.day) OR lent.times > 1
        ORDER BY loan.id"""):
        yield _("Case %(number)s and its disbursement in the book do not agree.") % {"number": number}


def schedules_repay_the_loan() -> Iterator[str]:
    """A lent loan has a schedule, and every version of it that counts repays the whole amount, down to zero."""
    for (number,) in _rows("""
        SELECT loan.number FROM loans_loan loan
        WHERE loan.disbursed_on IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM repayments_schedule schedule WHERE schedule.loan_id = loan.id AND schedule.cancelled_on IS NULL)
        ORDER BY loan.id"""):
        yield _("Case %(number)s is lent and has no schedule.") % {"number": number}
    for number, version, total, principal in _rows("""
        SELECT loan.number, schedule.version, coalesce(sum(row.principal), 0), loan.principal
        FROM repayments_schedule schedule JOIN loans_loan loan ON loan.id = schedule.loan_id
        LEFT JOIN repayments_instalment row ON row.schedule_id = schedule.id
        WHERE schedule.cancelled_on IS NULL
        GROUP BY schedule.id, loan.id
        HAVING coalesce(sum(row.principal), 0) <> loan.principal OR coalesce(min(row.balance_after), -1) <> 0
        ORDER BY loan.id, schedule.version"""):
        said = {"number": number, "version": version, "total": total, "principal": principal}
        yield _("Schedule %(version)s of case %(number)s repays %(total)s of %(principal)s.") % said


def rows_rise_and_add_up() -> Iterator[str]:
    """In every schedule that counts, due days rise from row to row, and each row leaves what stood before it less its principal."""
    for number, version, sequence in _rows("""
        SELECT number, version, sequence FROM (
            SELECT loan.id, loan.number, schedule.version, row.sequence, row.due, row.balance_after + row.principal AS before,
                lag(row.due) OVER rows AS due_before, coalesce(lag(row.balance_after) OVER rows, loan.principal) AS left_before
            FROM repayments_schedule schedule JOIN loans_loan loan ON loan.id = schedule.loan_id
            JOIN repayments_instalment row ON row.schedule_id = schedule.id
            WHERE schedule.cancelled_on IS NULL
            WINDOW rows AS (PARTITION BY schedule.id ORDER BY row.sequence)
        ) rows WHERE due <= due_before OR before <> left_before ORDER BY id, version, sequence"""):
        yield _("Schedule %(version)s of case %(number)s: row %(sequence)s does not follow from the one before.") % {
            "number": number,
            "version": version,
            "sequence": sequence,
        }


def every_lent_loan_opened_one_venture() -> Iterator[str]:
    """一贷一创."""
    for (number,) in _rows("""
        SELECT loan.number FROM loans_loan loan LEFT JOIN loans_venture venture ON venture.loan_id = loan.id AND venture.cancelled_on IS NULL
        GROUP BY loan.id HAVING count(venture.id) <> (loan.disbursed_on IS NOT NULL)::int ORDER BY loan.id"""):
        yield _("Case %(number)s has no venture, or one too early.") % {"number": number}


def identity_numbers_agree_with_their_indexes() -> Iterator[str]:
    """Every identity number opens with the office's key, and is found by its blind indexes."""
    for person in Applicant.objects.filter(identity_number__isnull=False).only("identity_number", "identity_index", "last_four_index").iterator():
        number = person.identity_number
        if (person.identity_index, person.last_four_index) != (blind_index(number), blind_index(number[-4:], purpose="last4")):
            yield _("Applicant %(key)s is not found by the identity number on record.") % {"key": person.pk}


CHECKS = (
    entries_balance,
    entries_have_two_lines,
    references_are_unique,
    reversals_mirror_their_entries,
    lines_stand_at_the_bank_of_their_loan,
    nobody_owes_less_than_nothing,
    settled_loans_owe_nothing_and_live_ones_something,
    every_lent_loan_is_in_the_book,
    schedules_repay_the_loan,
    rows_rise_and_add_up,
    every_lent_loan_opened_one_venture,
    identity_numbers_agree_with_their_indexes,
)


def _rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
