"""A ledger brought through the page: kept sealed, examined by a worker, and taken in by a worker once somebody has read the outcome."""

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from reports.importing.actions import RowsRefused, take_in
from reports.importing.examine import Examined, as_data, examine
from reports.models import UploadedLedger
from staff import runs
from staff.errors import NotYours, Refused
from staff.models import Role

KEPT_ROWS = 1000  # of those refused or warned of


class LedgerTooLarge(Refused):
    """A ledger is at most settings.LEDGER_MAX_BYTES long."""

    title = _("The file is too large")


class NotReady(Refused):
    """Only a ledger that was examined, with nothing refused, is taken in, and once."""

    title = _("Not ready to be taken in")


@transaction.atomic
def bring(*, file, task, by, on):
    """Keep a workbook and have it examined; one brought before and not taken in gives way. Returns it."""
    _only_administrators(by)
    if file.size > settings.LEDGER_MAX_BYTES:
        most = filesizeformat(settings.LEDGER_MAX_BYTES)
        raise LedgerTooLarge(
            _gettext("%(name)s has %(size)s; a ledger may have %(most)s.") % {"name": file.name, "size": filesizeformat(file.size), "most": most}
        )
    UploadedLedger.objects.filter(content__isnull=False).update(content=None)
    upload = UploadedLedger.objects.create(file_name=file.name[:160], content=file.read(), uploaded_on=on, uploaded_by=by)
    title = _gettext("Examining %(file)s") % {"file": upload.file_name}
    upload.examination = runs.ask(task, kind="examine_ledger", title=title[:120], by=by, on=on, upload_id=upload.pk)
    upload.save(update_fields=["examination"])
    return upload


@transaction.atomic
def ask_to_take_in(*, upload, task, by, on):
    """Have an examined ledger taken in."""
    _only_administrators(by)
    upload = UploadedLedger.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.taking_in_id or upload.content is None or not upload.outcome or upload.outcome["refused"]:
        raise NotReady(_gettext("%(file)s is not ready to be taken in, or was already.") % {"file": upload})
    title = _gettext("Taking in %(file)s") % {"file": upload.file_name}
    upload.taking_in = runs.ask(task, kind="import_ledger", title=title[:120], by=by, on=on, upload_id=upload.pk)
    upload.save(update_fields=["taking_in"])
    return upload


def examine_upload(*, upload, run):
    """The worker's part of the dry run."""
    runs.report_progress(run.pk, 0, 1, _gettext("Reading the workbook"))
    try:
        found = examine(upload.content, on=run.asked_on)
    except Refused:
        _forget(upload)
        raise
    _keep_outcome(upload, found)
    run.result_url = page_of(upload)


def take_in_upload(*, upload, run):
    """The worker's part of the import. What was refused meanwhile is shown as after a dry run."""
    try:
        found = take_in(
            content=upload.content,
            file_name=upload.file_name,
            by=run.asked_by,
            on=run.asked_on,
            progress=lambda done, total, message: runs.report_progress(run.pk, done, total, message),
        )
    except RowsRefused as refusal:
        _keep_outcome(upload, refusal.found)
        raise
    _keep_outcome(upload, found)
    _forget(upload)
    run.result_url = page_of(upload)


def page_of(upload):
    return reverse("reports:imported", args=[upload.pk])


def _keep_outcome(upload: UploadedLedger, found: Examined):
    outcome = as_data(found)
    rows = [row for row in outcome["rows"] if row["errors"] or row["warnings"]]
    upload.outcome = outcome | {"rows": rows[:KEPT_ROWS], "left_out": len(rows[KEPT_ROWS:])}
    upload.save(update_fields=["outcome"])
    if found.count("refused"):
        _forget(upload)


def _forget(upload):
    """Identity numbers are kept no longer than they are needed."""
    upload.content = None
    upload.save(update_fields=["content"])


def _only_administrators(by):
    if by.role != Role.ADMINISTRATOR:
        raise NotYours(_gettext("Only an administrator takes an old ledger in."))
