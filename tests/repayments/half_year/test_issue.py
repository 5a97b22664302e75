"""核对并签发: what refuses it, what it leaves behind, and that nothing changes afterwards."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction

from applicants.models import Community
from repayments import ledger as book
from repayments.half_year.actions import PeriodIssued, build
from repayments.half_year.adjustments import annex
from repayments.half_year.canonical import canonical, checksum
from repayments.half_year.issue import BookHasChanged, BookIsWrong, DoesNotAgree, findings, issue, rebuilt_checksum
from repayments.half_year.period import Period
from repayments.ledger import Posting
from repayments.models import Account, Entry, HalfYearDue, HalfYearLedger, HalfYearLine, IssuedFile
from repayments.schedule import Row
from staff.audit import history
from staff.errors import NotYours
from staff.models import Role
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db

ON = date(2012, 1, 4)
LATER = date(2012, 7, 2)


@pytest.fixture
def loan(rural):
    loan = made.loan(bank=made.funded(rural))
    made.repaid(loan, date(2011, 9, 21), 3000)
    return loan


@pytest.fixture
def issued(loan, director):
    return issue(ledger=made.draft(), by=director, on=ON)


# --- What an issue leaves behind ----------------------------------------------------------------------------------------
def test_an_issued_ledger_is_numbered_signed_and_in_the_history(issued, director):
    kept = HalfYearLedger.objects.get()
    assert (kept.number, kept.issued_on, kept.issued_by) == ("双担台〔2012〕1号", ON, director)
    assert [event.kind for event in history(kept)] == ["half_year.built", "half_year.issued"]
    assert kept.last_entry == Entry.objects.latest("pk").pk


def test_numbers_of_a_year_have_no_gaps(loan, director):
    numbers = [issue(ledger=made.draft(period), by=director, on=ON).number for period in (Period(2011, 1), Period(2011, 2))]
    assert numbers == ["双担台〔2012〕1号", "双担台〔2012〕2号"]


def test_its_files_are_kept_with_checksums_of_their_own(issued):
    files = {file.name: file for file in issued.files.all()}
    assert list(files) == ["2011-H2半年还款台账.csv", "2011-H2半年还款台账.xlsx", "2011-H2半年还款台账.pdf", "2011-H2电话催收单.pdf"]
    assert all(checksum(bytes(file.content)) == file.checksum for file in files.values())
    assert bytes(files["2011-H2半年还款台账.csv"].content) == canonical("2011-H2", issued.lines.all())
    assert files["2011-H2半年还款台账.csv"].checksum == issued.checksum
    assert bytes(files["2011-H2半年还款台账.pdf"].content)[:5] == b"%PDF-"


def test_a_rebuild_gives_the_same_checksum(issued):
    assert rebuilt_checksum(issued) == issued.checksum


# --- What refuses it ------------------------------------------------------------------------------------------------------
def nothing_issued():
    return not HalfYearLedger.objects.filter(issued_on__isnull=False).exists() and not IssuedFile.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIRECTOR])
def test_only_the_director_issues(loan, role):
    with pytest.raises(NotYours):
        issue(ledger=made.draft(), by=make.user(role), on=ON)
    assert nothing_issued()


def test_a_draft_that_the_book_has_overtaken_is_refused(loan, director):
    draft = made.draft()
    made.repaid(loan, date(2011, 12, 21), 3000)
    with pytest.raises(BookHasChanged, match=loan.iou_number):
        issue(ledger=draft, by=director, on=ON)
    assert nothing_issued()
    assert issue(ledger=made.draft(), by=director, on=ON).version == 2


def test_also_a_visit_or_another_officer_overtakes_a_draft(loan, director, officer):
    draft = made.draft()
    Community.objects.update(officer=officer)
    with pytest.raises(BookHasChanged):
        issue(ledger=draft, by=director, on=ON)
    draft = made.draft()
    made.visited(loan, date(2011, 12, 30))
    with pytest.raises(BookHasChanged):
        issue(ledger=draft, by=director, on=ON)


def test_what_happens_after_the_last_day_does_not(loan, director):
    draft = made.draft()
    made.repaid(loan, date(2012, 1, 3), 3000)
    made.visited(loan, date(2012, 1, 3))
    assert issue(ledger=draft, by=director, on=ON).issued_on == ON


def test_a_foot_that_does_not_agree_is_refused_and_named(loan, rural, postal, director):
    stray = Posting(Account.PRINCIPAL, D(-100), loan, postal), Posting(Account.BANK_MONEY, D(100))
    book.post(Entry.Kind.RECEIPT, *stray, bank=rural, reference="stray", value_date=date(2011, 9, 21), on=ON, by=director)
    with pytest.raises(DoesNotAgree, match=r"农村信用合作联社：台账17900\.00，基金在保余额18000\.00，账簿17900\.00"):
        issue(ledger=made.draft(), by=director, on=ON)
    assert nothing_issued()


def test_nothing_is_issued_while_a_check_of_the_book_complains(loan, director):
    loan.ventures.all().delete()
    with pytest.raises(BookIsWrong, match=loan.number):
        issue(ledger=made.draft(), by=director, on=ON)
    assert [bool(finding.problems) for finding in findings(HalfYearLedger.objects.get())] == [False, False, True]
    assert nothing_issued()


def test_a_period_is_issued_once_and_never_built_again(issued, director):
    with pytest.raises(PeriodIssued, match="双担台〔2012〕1号"):
        issue(ledger=issued, by=director, on=ON)
    with pytest.raises(PeriodIssued):
        build(period=made.H2, by=director, on=ON)


# --- Frozen: PostgreSQL itself says no ------------------------------------------------------------------------------------
def refused_by_the_database(act):
    with pytest.raises(DatabaseError) as wrong, transaction.atomic():
        act()
    return str(wrong.value)


def test_nothing_of_an_issued_ledger_can_be_changed_added_or_taken_away(issued, loan):
    line, due, file = HalfYearLine.objects.get(), HalfYearDue.objects.first(), IssuedFile.objects.first()
    for row, field in ((line, "closing"), (due, "principal"), (file, "name")):
        rows = type(row).objects.filter(pk=row.pk)
        assert "frozen" in refused_by_the_database(lambda rows=rows, field=field: rows.update(**{field: 1}))
        assert "frozen" in refused_by_the_database(rows.delete)
        row.pk = None
        assert "frozen" in refused_by_the_database(lambda row=row: row.save(force_insert=True))
    whole = HalfYearLedger.objects.filter(pk=issued.pk)
    assert "Cannot update or delete" in refused_by_the_database(lambda: whole.update(number=None, issued_on=None, issued_by=None))


def test_no_table_of_ledgers_can_be_emptied(issued):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would have done
    for table in ("halfyearledger", "halfyearline", "halfyeardue", "issuedfile"):
        with connection.cursor() as cursor:
            assert "never emptied" in refused_by_the_database(lambda table=table, cursor=cursor: cursor.execute(f"TRUNCATE repayments_{table} CASCADE"))


def test_a_line_cannot_be_moved_into_an_issued_ledger(issued):
    other = made.draft(Period(2011, 1))
    assert "frozen" in refused_by_the_database(lambda: other.lines.update(ledger=issued))


def test_a_draft_stays_free(loan):
    draft = made.draft()
    assert draft.lines.update(remark="x") == 1
    draft.lines.all().delete()


# --- Later corrections ------------------------------------------------------------------------------------------------------
H1 = Period(2012, 1)


def next_draft():
    ledger = build(period=H1, by=make.user(Role.DIRECTOR), on=LATER)
    lines = list(ledger.lines.all())
    found = annex(ledger, lines)
    return lines, found and found.adjusted, found and tuple(found.bridge)


def test_a_back_dated_receipt_is_the_next_ledgers_adjustment(issued, loan):
    late = made.repaid(loan, date(2011, 12, 21), 2500, on=date(2012, 3, 1))
    made.repaid(loan, date(2012, 3, 21), 500, on=date(2012, 3, 21))
    (line,), (adjusted,), bridge = next_draft()
    assert (line.opening, line.adjustment, line.paid) == (15500, -2500, 500)
    assert (adjusted.iou, adjusted.adjustment, adjusted.entries) == (loan.iou_number, -2500, [late])
    assert issued.lines.get().closing == 18000 and rebuilt_checksum(issued) != issued.checksum
    assert bridge == (18000, 0, -2500, 15500)


def test_a_reversal_after_the_issue_is_one_too(issued, loan):
    undone = made.reversed_(Entry.objects.get(kind=Entry.Kind.RECEIPT), on=date(2012, 2, 1))
    (line,), (adjusted,), _bridge = next_draft()
    assert (line.opening, line.adjustment, adjusted.entries) == (21000, 3000, [undone])


def test_a_loan_that_was_repaid_before_after_all_leaves_with_its_adjustment(issued, loan):
    made.repaid(loan, date(2011, 12, 30), 18000, on=date(2012, 2, 1))
    lines, (adjusted,), bridge = next_draft()
    assert (lines, adjusted.gone, adjusted.adjustment) == ([], True, -18000)
    assert bridge == (18000, 0, -18000, 0)


def test_a_loan_undone_after_its_ledger_was_issued_leaves_with_its_adjustment(issued, loan):
    receipt, on = Entry.objects.get(kind=Entry.Kind.RECEIPT), date(2012, 2, 1)
    back = made.reversed_(receipt, on=on)
    made.undone(loan, on=on)
    lines, (adjusted,), bridge = next_draft()
    assert (lines, adjusted.gone, adjusted.adjustment, bridge) == ([], True, -18000, (18000, 0, -18000, 0))
    assert [(entry.pk == back.pk, entry.moved) for entry in adjusted.entries] == [(True, 3000), (False, -21000)]
    assert issued.lines.get().closing == 18000


def test_a_later_extension_changes_no_older_ledger(issued, loan):
    plan = [Row(n, date(2012, 3 * n, 21), D(4500), D(0), D(18000 - 4500 * n)) for n in range(1, 5)]
    made.extended(loan, [Row(0, date(2011, 9, 21), D(3000), D(0), D(18000)), *plan], date(2012, 1, 20))
    assert rebuilt_checksum(issued) == issued.checksum
    (line,), adjusted, _bridge = next_draft()
    assert (line.opening, line.due, line.maturity, adjusted) == (18000, 9000, date(2012, 12, 21), [])


def test_a_first_entry_is_no_adjustment(issued, loan, rural):
    made.loan(date(2011, 8, 1), bank=rural)
    lines, adjusted, bridge = next_draft()
    assert [(line.first_entry, line.adjustment) for line in lines] == [(False, 0), (True, 0)]
    assert adjusted == []
    assert bridge == (18000, 21000, 0, 39000)


def test_without_an_issued_ledger_before_there_is_nothing_to_adjust(loan):
    made.draft()
    made.repaid(loan, date(2011, 12, 21), 2500)
    (line,), adjusted, _bridge = next_draft()
    assert (line.adjustment, adjusted) == (0, None)
