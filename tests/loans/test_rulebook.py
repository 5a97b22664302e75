"""The policy rows in the database say what the files say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from loans import rulebook
from loans.models import PolicyDocument
from loans.policy import terms
from loans.policy_files import read_document_notes, read_rates, read_rules
from loans.rates import rate_ceiling

pytestmark = pytest.mark.django_db


def test_every_row_of_the_files_is_in_the_database_as_it_was_written():
    key = lambda rule: (rule.effective_from, rule.document_no, rule.borrower_kind, sorted(rule.groups), rule.note)  # noqa: E731
    kept = rulebook.rules()
    assert {rule.document_no for rule in kept if rule.lower_share_from} == {"吉林省就业文件2008"}  # a note of the file, as a value
    assert sorted((replace(rule, lower_share_from=None) for rule in kept), key=key) == sorted(read_rules(), key=key)


def test_every_rate_is_there():
    found, filed = rulebook.all_rates(), read_rates()
    assert list(found.benchmarks) == sorted(filed.benchmarks)
    assert sorted(found.references) == sorted(filed.references)


def test_a_document_stands_once_with_its_level():
    assert PolicyDocument.objects.get(number="银发〔2008〕238号").rows.count() == 4
    assert PolicyDocument.objects.get(number="双辽本地规定(零就业家庭)").level == "local"


def test_documents_carry_title_and_day_where_these_are_sure():
    women = PolicyDocument.objects.get(number="财金〔2009〕72号")
    assert (women.title, women.issued) == ("关于完善小额担保贷款财政贴息政策推动妇女创业就业工作的通知", date(2009, 7, 27))
    assert PolicyDocument.objects.get(number="财金〔2011〕87号").title == ""


def test_documents_that_fill_no_row_are_there_and_every_one_says_what_it_changed():
    assert PolicyDocument.objects.get(number="财金〔2003〕70号").issued == date(2003, 6, 11)
    assert PolicyDocument.objects.filter(level="national").count() == 22
    shipped = [number for number, _told in read_document_notes()]
    assert PolicyDocument.objects.filter(number__in=shipped, note="").count() == 0
    assert {rule.document_no for rule in read_rules()} <= set(shipped)


def test_terms_come_out_of_the_database_with_their_document_numbers():
    found = terms(rulebook.rules(), kind="individual", groups=["registered_unemployed"], application_on=date(2012, 1, 4))
    assert (found.cap(), found.lending_cap.rule.document_no, found.term_months.value) == (D(50000), "银发〔2008〕238号", 24)
    assert rate_ceiling(found, rulebook.all_rates(), contract_on=date(2012, 1, 4), term_months=24) == D("9.65")
