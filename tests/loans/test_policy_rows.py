"""The policy tables of the database say what the files say, and can be filled twice."""

from datetime import date
from decimal import Decimal as D

import pytest

from loans import policy_rows
from loans.models import BenchmarkRate, PolicyDocument, PolicyRow, ReferenceRate
from loans.policy_files import read_documents, read_rates, read_rules

pytestmark = pytest.mark.django_db
TABLES = (PolicyDocument, PolicyRow, BenchmarkRate, ReferenceRate)


@pytest.fixture(autouse=True)
def filled():
    policy_rows.fill(*TABLES)


def test_the_database_hands_back_the_very_rules_and_rates_of_the_files():
    assert set(policy_rows.rules()) == set(read_rules()) and len(policy_rows.rules()) == len(read_rules())
    on_record, read = policy_rows.rates(), read_rates()
    assert (sorted(on_record.benchmarks), sorted(on_record.references)) == (sorted(read.benchmarks), sorted(read.references))


def test_every_rule_has_its_document():
    assert {number for number, _title, _issued in read_documents()} == {rule.document_no for rule in read_rules()}


def test_filling_twice_adds_nothing_and_leaves_what_an_administrator_changed():
    PolicyRow.objects.filter(document__number="财金〔2009〕72号").update(status=PolicyRow.Status.CONFIRMED)
    before = [table.objects.count() for table in TABLES]
    policy_rows.fill(*TABLES)
    assert [table.objects.count() for table in TABLES] == before
    assert not PolicyRow.objects.filter(document__number="财金〔2009〕72号", status=PolicyRow.Status.UNCONFIRMED).exists()


def test_terms_from_the_database():
    found = policy_rows.terms_on(kind="individual", groups=["laid_off_soe", "woman"], application_on=date(2012, 1, 4))
    assert (found.cap(), found.lending_cap.rule.document_no) == (D(80000), "财金〔2009〕72号")


def test_the_next_documents_row_takes_over_by_its_date():
    document = PolicyDocument.objects.create(number="双辽本地规定(2012)", level=PolicyDocument.Level.LOCAL)
    PolicyRow.objects.create(
        document=document, effective_from=date(2012, 2, 1), borrower_kind="individual", lending_cap_yuan=D(90000), status=PolicyRow.Status.CONFIRMED
    )
    caps = [policy_rows.terms_on(kind="individual", groups=["woman"], application_on=day).cap() for day in (date(2012, 1, 31), date(2012, 2, 1))]
    assert caps == [D(80000), D(90000)]
