"""The half-year ledgers that follow from the office's own ledger, as its real import brings it in (tests/golden)."""

import csv
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from guarantees.queries import positions
from loans.models import Loan
from loans.states import State
from repayments.half_year.actions import compile_ledger
from repayments.half_year.canonical import canonical
from repayments.half_year.foot import Foot
from repayments.half_year.period import Period, complete
from tests import make

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parents[2] / "golden"
TOTALS = list(csv.DictReader((GOLDEN / "half_year_totals.csv").read_text().splitlines()))


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The office with its old ledger taken in; gone again after these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("open_office")
        yield
        transaction.set_rollback(True)


def compiled(period):
    return compile_ledger(period=period, by=None, on=date(2012, 1, 4))


def test_2008_h1_letter_by_letter(office):
    ledger, found = compiled(Period(2008, 1))
    assert canonical(ledger.period, found.lines).decode().splitlines() == (GOLDEN / "half_year_2008-H1.csv").read_text().splitlines()


@pytest.mark.parametrize("row", TOTALS, ids=lambda row: row["period"])
def test_totals(office, row):
    _ledger, found = compiled(Period.parse(row["period"]))
    amounts = ("principal", "opening", "arrears_brought", "due", "paid", "closing", "arrears", "due_next")
    sums = {name: f"{sum(getattr(line, name) for line in found.lines):.2f}" for name in amounts}
    counts = {
        "lines": len(found.lines),
        "first_entries": sum(line.first_entry for line in found.lines),
        "lines_in_arrears": sum(line.arrears > 0 for line in found.lines),
    }
    assert {"period": row["period"]} | sums | {name: str(number) for name, number in counts.items()} == row


def test_every_half_year_agrees_with_fund_page_and_journal_bank_by_bank(office):
    periods = complete(date(2004, 1, 1), date(2012, 1, 4))
    assert len(periods) == 16
    for period in periods:
        feet = [Foot.from_data(row) for row in compiled(period)[0].foot]
        assert [foot.agrees for foot in feet] == [True] * len(feet)
        assert {foot.bank: foot.total for foot in feet} == {p.bank.name: p.used for p in positions(on=period.last) if p.used}


def test_one_ledger_leads_into_the_next(office):
    """Nothing is lost between two half-years: what was closed, and what enters, is opened."""
    for period in (Period(2008, 1), Period(2010, 2)):
        before, after = (compiled(p)[1].lines for p in (period, period.next))
        closed = {line.iou: line.closing for line in before if line.closing}
        assert {line.iou: line.opening for line in after if not line.first_entry} == closed


def test_extensions_granted_later_leave_2009_h1_as_it_was(office):
    """Letter by letter, so that an issued ledger's checksum can be had again from the same book."""
    before, on = compiled(Period(2009, 1))[0].checksum, date(2010, 6, 1)
    running = Loan.objects.filter(state=State.LIVE, disbursed_on__lte=date(2008, 12, 31), maturity__gt=on).order_by("pk")
    extended = [make.extended(loan, on=on, months=6).loan for loan in running[:3]]
    assert len(extended) == 3 and all(loan.schedules.count() == 2 for loan in extended)
    assert compiled(Period(2009, 1))[0].checksum == before


def test_the_plan_of_the_coming_half_year_is_what_the_lines_say_falls_due(office):
    _ledger, found = compiled(Period(2011, 2))
    owed = sum(line.due_next for line in found.lines if line.closing)
    assert sum(due.principal for due in found.dues if not due.young) == owed == D("7262428.61")
    assert {due.due.replace(day=1) for due in found.dues} == {date(2012, month, 1) for month in range(1, 7)}


def test_what_borrowers_paid_and_finance_pays_makes_up_the_interest_due(office):
    """Not to the fen: late receipts and different cut-off days lie between; but nothing of its size goes astray."""
    lines = compiled(Period(2011, 2))[1].lines
    due, received, financed = (sum(getattr(line, name) for line in lines) for name in ("interest_due", "interest_received", "subsidy"))
    assert abs(due - received - financed) < due / 50
