"""Excel, PDFs and issued files of the half-year ledger. Bank staff get their own bank's part, never another's."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from repayments.half_year import papers, queries, tasks
from repayments.half_year.cards import cards_pdf
from repayments.half_year.forms import PlanFilters
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger, IssuedFile
from staff import runs
from staff.models import Role, Run
from staff.office_date import office_today
from staff.web import OFFICE, READERS, for_roles, reads_only


@require_GET
@for_roles(*READERS)
@reads_only
def excel(request, pk):
    """The workbook: as issued, or of the draft."""
    ledger = get_object_or_404(HalfYearLedger, pk=pk)
    return _file(papers.excel(ledger, request.user.bank_id), papers.EXCEL, f"{ledger.period}半年还款台账.xlsx")


@require_POST
@for_roles(*READERS)
def print_paper(request, pk, paper):
    """Ask for a PDF; whoever asks for the same again gets the one that was made."""
    ledger = get_object_or_404(HalfYearLedger, pk=pk)
    if paper not in papers.PAPERS:
        raise Http404
    asked = {"ledger": pk, "paper": paper, "bank": request.user.bank_id, "filters": _filters(request, ledger)}
    title = _("%(paper)s, %(period)s") % {"paper": papers.PAPERS[paper].title, "period": Period.parse(ledger.period).label}
    with transaction.atomic():
        run = papers.printed_before(asked) or runs.ask(tasks.print_half_year, kind=papers.RUN, title=title, by=request.user, on=office_today(), asked=asked)
    return redirect(run.result_url or "staff:run", *([] if run.result_url else [run.pk]))


@require_GET
@for_roles(*READERS)
@reads_only
def paper(request, pk):
    """A PDF that a job has made."""
    run = get_object_or_404(Run, pk=pk, kind=papers.RUN, state=Run.State.DONE)
    if not papers.may_read(run, request.user) or "file" not in run.result:
        raise Http404
    return FileResponse(default_storage.open(run.result["file"]), filename=run.result["name"], content_type=papers.PDF)


@require_GET
@for_roles(*READERS)
@reads_only
def card(request, pk, line):
    """One borrower's page."""
    ledger = get_object_or_404(HalfYearLedger, pk=pk)
    found = get_object_or_404(queries.lines_of(ledger, request.user), pk=line)
    return _file(cards_pdf(ledger, [found]), papers.PDF, f"{ledger.period} {found.iou} {found.borrower}.pdf", inline=True)


@require_GET
@for_roles(*OFFICE, Role.FINANCE, Role.AUDITOR)
@reads_only
def issued_file(request, pk):
    """The very bytes that were issued."""
    file = get_object_or_404(IssuedFile, pk=pk)
    return _file(bytes(file.content), file.content_type, file.name)


def _filters(request, ledger):
    """The plan's filters, as they stand in the form; what makes no sense is left out."""
    form = PlanFilters(request.POST, queries.dues_of(ledger, request.user))
    return form.chosen_values()


def _file(content, content_type, name, *, inline=False):
    disposition = content_disposition_header(not inline, name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
