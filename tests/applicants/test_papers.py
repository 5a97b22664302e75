"""Papers: what may be attached, and who may open it."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applicants import actions, files
from applicants.models import Paper
from loans.states import State
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def attach(loan, file, kind="other", by=None, **fields):
    by = by or make.staff(Role.LOAN_OFFICER)
    return actions.attach_paper(applicant=loan.applicant, kind=kind, held="scan", file=file, case_number=loan.number, by=by, on=make.TODAY, **fields)


def pdf(size=2000):
    return SimpleUploadedFile("身份证 扫描.pdf", b"%PDF-1.4\n".ljust(size, b"x"))


def test_a_scan_is_kept_under_an_unguessable_name_with_its_checksum():
    paper = attach(make.application(), pdf())
    content = b"%PDF-1.4\n".ljust(2000, b"x")
    assert (paper.content_type, paper.size, paper.checksum) == ("application/pdf", 2000, hashlib.sha256(content).hexdigest())
    assert paper.original_name == "身份证 扫描.pdf"
    assert len(Path(paper.file.name).name) == 32 and "身份证" not in paper.file.name


@pytest.mark.parametrize("content", [b"MZ\x90\x00 a program", b"<html>", b"", b"GIF89a"])
def test_what_a_file_is_stands_in_its_first_bytes_whatever_its_name(content):
    with pytest.raises(files.WrongFile):
        attach(make.application(), SimpleUploadedFile("照片.png", content, content_type="image/png"))


def test_a_scan_has_a_size_limit(settings):
    settings.PAPER_MAX_BYTES = 1000
    with pytest.raises(files.FileTooLarge):
        attach(make.application(), pdf(1001))


@pytest.mark.parametrize(("held", "file"), [("scan", None), ("original", "file")])
def test_a_scan_has_a_file_and_nothing_else_has(held, file):
    with pytest.raises(actions.NothingAttached):
        actions.attach_paper(applicant=make.person(), kind="other", held=held, file=file and make.picture(), by=make.staff(Role.LOAN_OFFICER), on=make.TODAY)


def opens(person, paper):
    return make.browser(person).get(reverse("applicants:paper", args=[paper.pk])).status_code


def test_a_scan_opens_to_those_who_see_the_case():
    loan = make.application()
    paper = attach(loan, make.picture())
    own, other = make.staff(Role.BANK, bank=loan.bank), make.user(Role.BANK, "外行", bank=make.bank("邮政储蓄银行", "邮储"))
    seen = {role: opens(make.staff(role), paper) for role in Role if role != Role.BANK}
    assert seen == {role: 403 if role in (Role.ADMINISTRATOR, Role.TRAINER) else 200 for role in Role if role != Role.BANK}
    assert (opens(own, paper), opens(other, paper)) == (200, 404)


def test_a_scan_is_sent_as_what_it_is_and_kept_by_no_cache():
    paper = attach(make.application(), make.picture())
    answer = make.browser(make.staff(Role.LOAN_OFFICER)).get(reverse("applicants:paper", args=[paper.pk]))
    assert answer["Content-Type"] == "image/png" and answer["Cache-Control"] == "private, no-store" and answer["X-Content-Type-Options"] == "nosniff"


def test_the_place_on_the_disk_is_no_address():
    paper = attach(make.application(), make.picture())
    assert make.browser(make.staff(Role.LOAN_OFFICER)).get(f"/media/{paper.file.name}").status_code == 404


def test_a_signed_opinions_scan_stays_sealed_until_all_three_are_in():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan)
    finance = make.staff(Role.FINANCE)
    make.opinion(loan, Role.FINANCE)
    paper = attach(loan, pdf(), kind=Paper.Kind.SIGNED_FORM, by=finance, step="opinion")
    assert (opens(finance, paper), opens(make.staff(Role.LOAN_OFFICER), paper), opens(make.staff(Role.BANK, bank=loan.bank), paper)) == (200, 404, 404)
    make.opinion(loan, Role.LOAN_OFFICER)
    make.opinion(loan, Role.BANK)
    assert opens(make.staff(Role.LOAN_OFFICER), paper) == 200
