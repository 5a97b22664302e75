"""Doors for the Celery worker: an id in, one action."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from reports.importing import uploads
from reports.meeting import actions as meeting
from reports.models import BuiltReport, UploadedLedger
from reports.periods import period as period_named
from staff.errors import Refused
from staff.office_date import office_today
from staff.runs import running


@shared_task(acks_late=True)
def examine_ledger(*, run_id, upload_id):
    """Examine an uploaded ledger; nothing is written."""
    _run(uploads.examine_upload, run_id, upload_id)


@shared_task(acks_late=True)
def import_ledger(*, run_id, upload_id):
    """Take an examined ledger in."""
    _run(uploads.take_in_upload, run_id, upload_id)


@shared_task(acks_late=True)
def build_joint_meeting(*, run_id, period):
    """Build the joint-meeting report of a period."""
    with suppress(Refused), running(run_id) as run, translation.override(run.asked_by.language or settings.LANGUAGE_CODE):
        report = meeting.build(period=period_named(period), by=run.asked_by, on=office_today(), run_id=run_id)
        run.result, run.result_url = {"report": report.pk}, reverse("reports:meeting", args=[report.pk])


@shared_task(acks_late=True)
def issue_joint_meeting(*, run_id, report_id):
    """Issue a joint-meeting report in the name of the director who asked."""
    with suppress(Refused), running(run_id) as run, translation.override(run.asked_by.language or settings.LANGUAGE_CODE):
        run.result_url = reverse("reports:meeting", args=[report_id])
        report = BuiltReport.objects.get(pk=report_id)
        if not report.issued_on:  # else a worker died after it had issued
            report = meeting.issue(report=report, by=run.asked_by, on=office_today(), run_id=run_id)
        run.result = {"number": report.number}


def _run(action, run_id, upload_id):
    upload = UploadedLedger.objects.get(pk=upload_id)
    if upload.content is None:  # done already, by a worker that died before it could say so
        return
    with suppress(Refused), running(run_id) as run, translation.override(run.asked_by.language or settings.LANGUAGE_CODE):
        action(upload=upload, run=run)
