"""What the office has on record already, read once before a ledger is checked against it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from applicants.models import Applicant
from guarantees.models import AnnualPlan
from loans import numbers, rulebook
from loans.models import CorrectedNumber, Loan
from loans.policy import Rule
from loans.rates import Rates
from repayments import ledger
from repayments.models import Account, Entry, Line, Visit
from reports.models import ImportedLoan
from staff.models import Bank
from training.models import Trainee, TrainingClass


class LentLoan(NamedTuple):
    """A loan that receipts and visits can be about, wherever it is kept so far."""

    bank: Bank
    disbursed: date
    owed: Decimal
    pk: int | None = None  # None: it is in this ledger only


class Booked(NamedTuple):
    """An entry of the book, to compare with: amounts by account."""

    kind: str
    loan_pk: int | None
    value_date: date
    amounts: dict[str, Decimal]


@dataclass(frozen=True)
class Known:
    """Everything that a row may meet again. Keyed by what the ledger itself names things by."""

    banks: dict[str, Bank]  # by full and by short name
    loans: dict[str, LentLoan]  # by IOU number
    contents: dict[str, dict[str, str]]  # by IOU number: the row as it was imported
    contracts: set[tuple[int, str]]  # bank and contract number
    renamed: dict[str, str]  # IOU numbers that were corrected since: the number now borne
    first: dict[str, str]  # by IOU number: the one under which the loan came into the book
    new_contracts: dict[tuple[str, str], str]  # by IOU number and a contract number that was corrected since: the one now borne
    numbers: set[str]  # of cases
    people: dict[str, tuple[int, str]]  # by blind index, or registration number of an enterprise: key and name
    entries: dict[tuple[int, str], Booked]  # by bank and reference
    visits: dict[tuple[int, date], tuple[Any, ...]]  # by loan and day
    classes: dict[str, TrainingClass]
    marks: dict[tuple[str, str], tuple[Any, ...]]  # by class and blind index
    plans: dict[int, tuple[Any, ...]]
    rules: Sequence[Rule]
    rates: Rates


def known() -> Known:
    """The office's records as they stand, in a query or two each."""
    return Known(
        banks={name: bank for bank in Bank.objects.all() for name in (bank.name, bank.short_name)},
        loans=_loans(),
        contents=dict(ImportedLoan.objects.values_list("loan__iou_number", "content")),
        contracts=set(Loan.objects.filter(contract_number__isnull=False).values_list("bank_id", "contract_number")),
        renamed=numbers.ious_now(),
        first=numbers.first_ious(),
        new_contracts=_new_contracts(),
        numbers=set(Loan.objects.values_list("number", flat=True)),
        people=_people(),
        entries=_entries(),
        visits={(row[0], row[1]): row[2:] for row in Visit.objects.values_list("loan_id", "visit_day", "business", "workers", "note")},
        classes={found.code: found for found in TrainingClass.objects.all()},
        marks=_marks(),
        plans={row[0]: row[1:] for row in AnnualPlan.objects.order_by("-version").values_list("year", "loans", "amount", "jobs")},
        rules=rulebook.rules(),
        rates=rulebook.all_rates(),
    )


def _loans() -> dict[str, LentLoan]:
    owed = ledger.balances(Account.PRINCIPAL, "loan")
    lent = Loan.objects.lent().select_related("bank")
    return {loan.iou_number: LentLoan(loan.bank, loan.disbursed_on, owed.get(loan.pk, ledger.NOTHING), loan.pk) for loan in lent}


def _new_contracts() -> dict[tuple[str, str], str]:
    rows = CorrectedNumber.objects.confirmed().filter(which=CorrectedNumber.Which.CONTRACT, loan__iou_number__isnull=False)
    return {(iou, was): now for iou, was, now in rows.values_list("loan__iou_number", "was", "loan__contract_number")}


def _people() -> dict[str, tuple[int, str]]:
    rows = Applicant.objects.values_list("pk", "name", "identity_index", "credit_code", "licence_number")
    return {key: (pk, name) for pk, name, *keys in rows for key in keys if key}


def _entries() -> dict[tuple[int, str], Booked]:
    lines: dict[int, dict[str, Decimal]] = defaultdict(dict)
    loans: dict[int, int] = {}
    for entry, account, amount, loan in Line.objects.values_list("entry_id", "account", "amount", "loan_id").iterator():
        lines[entry][account] = amount
        if loan:
            loans[entry] = loan
    rows = Entry.objects.values_list("pk", "bank_id", "reference", "kind", "value_date").iterator()
    return {(bank, reference): Booked(kind, loans.get(pk), day, lines[pk]) for pk, bank, reference, kind, day in rows}


def _marks() -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = Trainee.objects.values_list("training_class__code", "applicant__identity_index", "attendance", "exam", "plan")
    return {(row[0], row[1]): row[2:] for row in rows}
