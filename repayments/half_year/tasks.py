"""Celery's doors: a Run and what it is about go in, one action is called. Each may safely run twice."""

from celery import shared_task
from django.urls import reverse

from repayments.half_year import actions, papers
from repayments.half_year.issue import issue
from repayments.half_year.pdf import Told
from repayments.half_year.period import Period
from repayments.models import HalfYearLedger
from staff import runs
from staff.models import Run


@shared_task(acks_late=True)
def build_half_year(*, run_id: int, period: str) -> None:
    """Build the draft of a period."""
    with runs.running(run_id) as run:
        ledger = actions.build(period=Period.parse(period), by=run.asked_by, on=run.asked_on, run_id=run_id)
        papers.forget_replaced()
        run.result = {"ledger": ledger.pk, "version": ledger.version}
        run.result_url = reverse("repayments:half_year", args=[ledger.pk])


@shared_task(acks_late=True)
def issue_half_year(*, run_id: int, ledger_id: int) -> None:
    """Issue a draft; once it is issued there is nothing left to do."""
    with runs.running(run_id) as run:
        ledger = HalfYearLedger.objects.get(pk=ledger_id)
        if ledger.issued_on is None:
            issue(ledger=ledger, by=run.asked_by, on=run.asked_on, told=_telling(run))
        run.result_url = reverse("repayments:half_year", args=[ledger_id])


@shared_task(acks_late=True)
def print_half_year(*, run_id: int) -> None:
    """Lay out a paper of a ledger; what is asked for stands in the run."""
    with runs.running(run_id) as run:
        papers.print_paper(run=run, told=_telling(run))
        run.result_url = reverse("repayments:half_year_paper", args=[run.pk])


def _telling(run: Run) -> Told:
    return lambda done, total: runs.report_progress(run.pk, done, total, run.title)
