"""Celery's door for a long list of reminders: issued in pieces, their letters laid out and kept. May safely run twice."""

from celery import shared_task
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _gettext

from repayments.collecting import actions, listing, papers
from staff import runs


@shared_task(acks_late=True)
def issue_reminders(*, run_id: int, chosen: dict[str, str]) -> None:
    """Issue every reminder of the list that is asked for; then lay out the letters."""
    with runs.running(run_id) as run:
        issuing = lambda done, total: runs.report_progress(run_id, done, 2 * total, _gettext("Reminders are issued"))  # noqa: E731
        laying = lambda done, total: runs.report_progress(run_id, total + done, 2 * total, _gettext("Letters are laid out"))  # noqa: E731
        dues = listing.to_issue(chosen, run.asked_on)
        issue = actions.issue_in_pieces(dues=dues, by=run.asked_by, on=run.asked_on, told=issuing)
        file = default_storage.save(f"reminders/{issue.pk}.pdf", ContentFile(papers.letters(issue, told=laying)))
        run.result = {"issue": issue.pk, "file": file}
        run.result_url = reverse("repayments:reminder_issue", args=[issue.pk])
