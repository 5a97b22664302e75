"""Building the joint-meeting report, and issuing it: numbered, signed, frozen."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from reports import xlsx as excel
from reports.meeting import figures, pdf, xlsx
from reports.models import BuiltReport, ReportFile
from reports.pdf import CONTENT_TYPE
from reports.periods import Period, period, spoken
from staff import checks, runs
from staff.audit import note
from staff.db import one_view
from staff.delegations import signature
from staff.errors import NotYours, Refused
from staff.models import Role
from staff.numbers import next_number


class PeriodNotOver(Refused):
    """A report has figures as of the last day of its period; that day must have come."""

    title = _("This period is not over")


class AlreadyIssued(Refused):
    """An issued report stays as it is."""

    title = _("This report is issued")


class FiguresChanged(Refused):
    """The book has moved since the draft was built; what is signed must be what the book says."""

    title = _("The figures have changed")


class BookNotInOrder(Refused):
    """Nothing is issued from a book in which a check finds something wrong."""

    title = _("The book is not in order")


@dataclass(frozen=True)
class Papers:
    """The two files of a report."""

    pdf: bytes
    xlsx: bytes


@one_view()
def build(*, period: Period, by, on, run_id=None) -> BuiltReport:
    """Build the report's draft: figures, PDF and Excel. The same figures built again on the same day give the draft that is there."""
    refuse_unless_over(period, on=on)
    runs.report_progress(run_id, 0, 3, _gettext("Asking the book"))
    data = figures.as_data(figures.gather(period=period, on=on))
    found = BuiltReport.objects.filter(kind=figures.KIND, period=period.name, issued_on__isnull=True).first()
    if found and found.figures == data:
        return found
    runs.report_progress(run_id, 1, 3, _gettext("Drawing charts and laying out pages"))
    checksum = figures.checksum(data)
    papers = render(data, on=on, checksum=checksum)
    runs.report_progress(run_id, 2, 3, _gettext("Keeping the files"))
    report = BuiltReport.objects.create(kind=figures.KIND, period=period.name, as_of=period.last, figures=data, checksum=checksum, built_on=on, built_by=by)
    _keep(report, papers, _gettext("draft"))
    note("report.built", subject=report, by=by, on=on, period=period.name, checksum=checksum)
    return report


@transaction.atomic
def issue(*, report: BuiltReport, by, on, run_id=None) -> BuiltReport:
    """Sign the report: it gets a number, its files are made anew with number and name, and PostgreSQL freezes it."""
    report = BuiltReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    refuse_unless_to_be_issued(report, by=by)
    runs.report_progress(run_id, 0, 3, _gettext("Asking the book"))
    refuse_changed(report)
    if wrong := checks.problems():
        raise BookNotInOrder(_gettext("%(n)s checks find something wrong; the first: %(first)s") % {"n": len(wrong), "first": wrong[0]})
    runs.report_progress(run_id, 1, 3, _gettext("Drawing charts and laying out pages"))
    report.number = f"{settings.OFFICE_MARK}联〔{on.year}〕{next_number(f'joint_meeting-{on.year}')}号"
    _keep(report, render(report.figures, number=report.number, issued_by=signature(by, by.delegation), on=on, checksum=report.checksum), report.number)
    report.issued_on, report.issued_by = on, by
    report.save()
    note("report.issued", subject=report, by=by, on=on, number=report.number, checksum=report.checksum)
    return report


def refuse_unless_over(period: Period, *, on):
    """Refuses (PeriodNotOver) a period whose last day has not passed."""
    if on <= period.last:
        raise PeriodNotOver(_gettext("The period ends on %(last)s; the office date is %(on)s.") % {"last": spoken(period.last), "on": spoken(on)})


def refuse_unless_to_be_issued(report: BuiltReport, *, by):
    """Refuses (NotYours, AlreadyIssued) whoever is not the director, and a report that is issued."""
    if by.role != Role.DIRECTOR:
        raise NotYours(_gettext("The director issues reports."))
    if report.issued_on:
        raise AlreadyIssued(_gettext("This report is issued as %(number)s.") % {"number": report.number})


def refuse_changed(report: BuiltReport):
    """Refuses (FiguresChanged) a draft whose figures are no longer those of the book."""
    now = figures.as_data(figures.gather(period=period(report.period), on=report.built_on))
    if figures.checksum(now) != report.checksum:
        raise FiguresChanged(_gettext("The book has changed since this draft was built. Build it again, and read the new figures before you sign."))


def render(data, **signed) -> Papers:
    """Both files from the same figures."""
    return Papers(pdf.render(data, **signed), xlsx.render(data, **signed))


def _keep(report, papers, mark):
    for extension, content_type, content in (("pdf", CONTENT_TYPE, papers.pdf), ("xlsx", excel.CONTENT_TYPE, papers.xlsx)):
        name = f"联席会议报告-{report.period}-{mark}.{extension}"
        ReportFile.objects.create(report=report, name=name, content_type=content_type, content=content, checksum=hashlib.sha256(content).hexdigest())
