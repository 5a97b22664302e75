"""The import page: bring a workbook, read what would become of it, have it taken in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports import tasks
from reports.importing import uploads
from reports.importing.forms import LedgerForm
from reports.models import LedgerImport, UploadedLedger
from staff import runs
from staff.errors import Refused
from staff.models import Role, Run
from staff.office_date import office_today
from staff.web import for_roles, reads_only


@require_http_methods(["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def bring(request):
    """Bring a workbook; it is examined first. Below: what was taken in so far."""
    form = LedgerForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            upload = uploads.bring(file=form.cleaned_data["file"], task=tasks.examine_ledger, by=request.user, on=office_today())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("reports:imported", upload.pk)
    return render(request, "reports/import.html", {"form": form, "imports": LedgerImport.objects.select_related("imported_by")})


@require_GET
@for_roles(Role.ADMINISTRATOR)
@reads_only
def brought(request, pk):
    """What would become, or has become, of a workbook; while a worker is at it, how far it is."""
    upload = get_object_or_404(UploadedLedger.objects.select_related("examination", "taking_in", "uploaded_by"), pk=pk)
    run = upload.taking_in or upload.examination
    at_work = Run.State(run.state) in (Run.State.QUEUED, Run.State.RUNNING)
    done, total, words = runs.progress(run) if at_work else (0, 0, "")
    context = {
        "upload": upload,
        "run": run,
        "at_work": at_work,
        "percent": 100 * done // total if total else None,
        "words": words,
        "taken_in": bool(upload.taking_in_id) and run.state == Run.State.DONE,
        "ready": not upload.taking_in_id and upload.content is not None and bool(upload.outcome),
        "findings": list(findings(upload)),
    }
    return render(request, "reports/imported.html", context)


@require_POST
@for_roles(Role.ADMINISTRATOR)
def take_in(request, pk):
    """Have an examined workbook taken in."""
    upload = get_object_or_404(UploadedLedger, pk=pk)
    try:
        uploads.ask_to_take_in(upload=upload, task=tasks.import_ledger, by=request.user, on=office_today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:imported", upload.pk)


def findings(upload):
    """What was found, a line each: (tone, sheet, row, column, message), what is refused before what is only said."""
    rows = (upload.outcome or {}).get("rows", [])
    for tone, kind in (("bad", "errors"), ("warn", "warnings")):
        yield from ((tone, row["sheet"], row["row"], found["column"], found["message"]) for row in rows for found in row[kind])
