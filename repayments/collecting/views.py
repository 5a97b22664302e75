"""Reminders as list, letters and SMS file; loans in arrears; notes and dunning notices."""

import csv

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _gettext
from django.views.decorators.http import require_GET, require_http_methods

from loans import acts
from loans import queries as cases
from loans.actpage import act_page
from loans.models import Loan
from repayments import queries
from repayments.collecting import actions, listing, papers, reminders, tasks
from repayments.collecting.acts import COLLECTORS
from repayments.collecting.forms import ArrearsFilter, DunForm, NoteForm, ReminderFilter
from repayments.half_year.columns import BUCKET_WORDS
from repayments.models import DunningNotice, ReminderIssue
from staff import parts, runs
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.papers import shown
from staff.scope import visible
from staff.templatetags.office import day
from staff.web import OFFICE, READERS, for_roles, reads_only


@require_http_methods(["GET", "POST"])
@for_roles(*OFFICE, Role.AUDITOR)
def reminder_list(request):
    """Who is to be reminded now; issuing the reminders of the list."""
    today, form = office_today(), ReminderFilter(request.GET or None)
    may_issue = request.user.role in COLLECTORS
    if request.method == "POST" and may_issue:
        try:
            return _issued(request, today)
        except Refused as refusal:
            messages.error(request, str(refusal))
    page = Paginator(listing.dues(form, today), 50).get_page(request.GET.get("page"))
    issues = ReminderIssue.objects.select_related("issued_by").annotate(n=Count("reminders"))[:5]
    context = {"page": page, "rows": reminders.rows(page.object_list, today), "form": form, "issues": issues, "may_issue": may_issue}
    return render(request, "repayments/reminders.html", context)


def _issued(request, today):
    """Issue the list: at once where it is short, else as a job that one can watch."""
    asked = listing.asked_in(request.GET)
    dues = listing.to_issue(asked, today)
    if len(dues) <= actions.AT_ONCE:
        return redirect("repayments:reminder_issue", actions.issue_reminders(dues=dues, by=request.user, on=today).pk)
    title = _gettext("Repayment reminders of %(day)s") % {"day": day(today)}
    run = runs.ask(tasks.issue_reminders, kind=papers.KIND, title=title, by=request.user, on=today, chosen=asked)
    return redirect("staff:run", run.pk)


@require_GET
@for_roles(*OFFICE, Role.AUDITOR)
@reads_only
def reminder_issue(request, pk):
    """Reminders that were issued in one go, with their letters and their SMS file."""
    issue = get_object_or_404(ReminderIssue.objects.select_related("issued_by"), pk=pk)
    return render(request, "repayments/reminder_issue.html", {"issue": issue, "rows": papers.reminders_of(issue)})


@require_GET
@for_roles(*OFFICE, Role.AUDITOR)
@reads_only
def reminder_letters(request, pk):
    """The 还款提示通知书 of an issue, one page a borrower."""
    issue = get_object_or_404(ReminderIssue, pk=pk)
    name, kept = f"还款提示通知书-{pk}.pdf", papers.kept_letters(issue)
    if kept is None:
        return shown(papers.letters(issue), name)
    with default_storage.open(kept) as file:
        return shown(file.read(), name)


@require_GET
@for_roles(*OFFICE, Role.AUDITOR)
@reads_only
def reminder_sms(request, pk):
    """Telephone and text of an issue, as the SMS service takes them."""
    issue = get_object_or_404(ReminderIssue, pk=pk)
    name = content_disposition_header(True, f"还款提示短信-{issue.issued_on}-{pk}.csv")
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
    csv.writer(answer).writerows([("手机号", "短信内容"), *((row.phone, row.text) for row in papers.reminders_of(issue) if row.phone)])
    return answer


@require_GET
@for_roles(*READERS)
@reads_only
def arrears(request):
    """Loans that are late, by bucket and officer, the longest first. Bank staff see their own bank's."""
    today, form = office_today(), ArrearsFilter(request.GET or None)
    loans = visible(Loan.objects.select_related("applicant", "bank", "community", "officer"), request.user)
    late = list(queries.overdue(form.chosen(loans) if form.is_valid() else loans, today))
    for loan in late:
        loan.days_late = (today - loan.late_since).days
        loan.bucket = queries.bucket(loan.days_late)
        loan.bucket_words = BUCKET_WORDS[loan.bucket]
    sums = [
        (name, BUCKET_WORDS[name], len(of), sum(loan.late for loan in of))
        for name in queries.BUCKETS[1:5]
        if (of := [loan for loan in late if loan.bucket == name])
    ]
    wanted = form.cleaned_data.get("bucket") if form.is_valid() else ""
    page = Paginator([loan for loan in late if not wanted or loan.bucket == wanted], 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sums": sums,
        "form": form,
        "may_note": request.user.role in (*COLLECTORS, Role.BANK),
        "links": parts.shown("arrears.actions", request),
    }
    return render(request, "repayments/arrears.html", context)


def _case(request, number):
    return get_object_or_404(cases.cases(request.user), number=number)


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles("note_collection"))
def note_collection(request, number):
    """Write down one attempt to collect."""
    form = NoteForm(request.POST or None, initial={"day": office_today()})
    return act_page(request, _case(request, number), "note_collection", form, lambda **who: actions.note_collection(**form.cleaned_data, **who))


@require_http_methods(["GET", "POST"])
@for_roles(*acts.roles("dun"))
def dun(request, number):
    """Issue a dunning notice for what is late today."""
    form = DunForm(request.POST or None, initial={"pay_by": office_today() + actions.PAY_WITHIN})
    return act_page(request, _case(request, number), "dun", form, lambda **who: actions.dun(**form.cleaned_data, **who))


@require_GET
@for_roles(*READERS)
@reads_only
def dunning_notice(request, pk):
    """The 催收通知书 as it was issued."""
    notices = DunningNotice.objects.select_related("loan__applicant", "loan__bank", "issued_by")
    notice = get_object_or_404(visible(notices, request.user, bank="loan__bank"), pk=pk)
    return shown(papers.dunning_notice(notice), _gettext("Dunning notice") + f"-{notice.number}.pdf")
