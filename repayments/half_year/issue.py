"""核对并签发: a draft is looked at once more, numbered, signed, printed and frozen, in one transaction."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.half_year.actions import compile_ledger, one_at_a_time, refuse_unless_open
from repayments.half_year.adjustments import dropped
from repayments.half_year.calls import calls_pdf
from repayments.half_year.canonical import canonical, checksum
from repayments.half_year.figures import Figures
from repayments.half_year.foot import Foot
from repayments.half_year.pdf import Told, ledger_pdf, nobody
from repayments.half_year.period import Period
from repayments.half_year.queries import part_of
from repayments.half_year.xlsx import ledger_xlsx
from repayments.models import Entry, HalfYearDue, HalfYearLedger, HalfYearLine, IssuedFile
from staff import checks
from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import Role, User
from staff.numbers import next_number

NAMED = 5  # how many of many differences a sentence names
CSV, EXCEL, PDF = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf"


class BookHasChanged(Refused):
    """A draft is issued only as long as the book still says what the draft says."""

    title = _("The book has changed since this draft")


class DoesNotAgree(Refused):
    """Ledger, fund page and journal must agree bank by bank to the fen."""

    title = _("Ledger, fund and journal do not agree")


class BookIsWrong(Refused):
    """Nothing is issued while a check of the book finds something wrong."""

    title = _("The check of the book found something wrong")


class Finding(NamedTuple):
    """One thing looked at before an issue, and what is wrong with it: nothing, where it may pass."""

    title: Any
    problems: list[str]
    refusal: type[Refused]


@transaction.atomic
def issue(*, ledger: HalfYearLedger, by: User, on: date, told: Told = nobody) -> HalfYearLedger:
    """Number, sign, print and freeze a draft; refuses one that the book, the fund page or a check contradicts."""
    if by.role != Role.DIRECTOR:
        raise NotYours(_gettext("Only the director issues a half-year ledger."))
    one_at_a_time()
    ledger = HalfYearLedger.objects.select_for_update(of=("self",)).select_related("built_by").get(pk=ledger.pk)
    refuse_unless_open(Period.parse(ledger.period), on=on)
    _refuse(ledger)  # before the long work
    number = f"{settings.OFFICE_MARK}台〔{on.year}〕{next_number(f'half-year ledger {on.year}')}号"
    ledger.number, ledger.issued_on, ledger.issued_by = number, on, by
    files = list(_files(ledger, told))
    _nobody_books_meanwhile()
    _refuse(ledger)
    IssuedFile.objects.bulk_create(files)
    ledger.last_entry = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    ledger.save(update_fields=["number", "issued_on", "issued_by", "last_entry"])
    note("half_year.issued", subject=ledger, by=by, on=on, period=ledger.period, number=number, checksum=ledger.checksum)
    return ledger


def findings(ledger: HalfYearLedger) -> list[Finding]:
    """What speaks against issuing this draft as the book stands now."""
    fresh, found = compile_ledger(period=Period.parse(ledger.period), by=None, on=ledger.built_on)
    return [
        Finding(_("The draft says what the book says now"), list(_changes(ledger, found)), BookHasChanged),
        Finding(_("Ledger, fund page and journal agree to the fen"), list(_differences(fresh)), DoesNotAgree),
        Finding(_("The checks of the book find nothing wrong"), checks.problems(), BookIsWrong),
    ]


def rebuilt_checksum(ledger: HalfYearLedger) -> str:
    """The checksum of this period's figures as the book has them now: the same, unless it was corrected since."""
    fresh, _found = compile_ledger(period=Period.parse(ledger.period), by=None, on=ledger.built_on)
    return fresh.checksum


def _refuse(ledger: HalfYearLedger) -> None:
    for finding in findings(ledger):
        if finding.problems:
            raise finding.refusal(" ".join(finding.problems[:NAMED]))


def _changes(ledger: HalfYearLedger, found: Figures) -> Iterator[str]:
    """Loans whose line or due days the book would now give otherwise."""
    for model, fresh, words in (
        (HalfYearLine, found.lines, _gettext("Lines that differ from the book: %(n)s (%(ious)s). Build the draft again.")),
        (HalfYearDue, found.dues, _gettext("Due days that differ from the plan in force: %(n)s (%(ious)s). Build the draft again.")),
    ):
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "ledger_id")]
        kept = set(model.objects.filter(ledger=ledger).values_list(*names))
        now = {tuple(getattr(row, name) for name in names) for row in fresh}
        if ious := sorted({row[names.index("iou")] for row in kept ^ now}):
            yield words % {"n": len(ious), "ious": _named(ious)}
    gone_now = dropped(Period.parse(ledger.period), found.lines)
    if ious := sorted({row["iou"] for row in [*ledger.dropped, *gone_now] if row not in ledger.dropped or row not in gone_now}):
        words = _gettext("Loans that corrections took off the ledger since: %(n)s (%(ious)s). Build the draft again.")
        yield words % {"n": len(ious), "ious": _named(ious)}


def _differences(fresh: HalfYearLedger) -> Iterator[str]:
    """The banks whose foot does not agree, and by how much."""
    for foot in map(Foot.from_data, fresh.foot):
        if not foot.agrees:
            said = {"bank": foot.bank, "total": foot.total, "fund": foot.fund, "journal": foot.journal}
            yield _gettext("%(bank)s: the ledger has %(total)s, the fund page %(fund)s, the journal %(journal)s.") % said


def _named(ious: list[str]) -> str:
    return ", ".join(ious[:NAMED]) + ("…" if len(ious) > NAMED else "")


def _nobody_books_meanwhile() -> None:
    """Bookings wait for the end of this transaction; those under way are finished and seen."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE repayments_entry, repayments_line, repayments_schedule, repayments_instalment, repayments_visit IN SHARE MODE")


def _files(ledger: HalfYearLedger, told: Told) -> Iterator[IssuedFile]:
    """What is issued, as it goes out."""
    whole = part_of(ledger, None)
    lines, dues = list(whole.lines), list(whole.dues)
    name = f"{ledger.period}半年还款台账"
    yield _file(ledger, f"{name}.csv", CSV, canonical(ledger.period, lines))
    yield _file(ledger, f"{name}.xlsx", EXCEL, ledger_xlsx(ledger, lines, dues, whole.annex))
    yield _file(ledger, f"{name}.pdf", PDF, ledger_pdf(ledger, lines, dues, whole.annex, told=told))
    yield _file(ledger, f"{ledger.period}电话催收单.pdf", PDF, calls_pdf(ledger, dues, told=told))


def _file(ledger: HalfYearLedger, name: str, content_type: str, content: bytes) -> IssuedFile:
    return IssuedFile(ledger=ledger, name=name, content_type=content_type, content=content, checksum=checksum(content))
