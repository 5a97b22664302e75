"""Celery's doors: a Run and what it is about go in, one action is called. Each may safely run twice."""

from celery import shared_task
from django.urls import reverse

from repayments.half_year import actions
from repayments.half_year.period import Period
from staff import runs


@shared_task(acks_late=True)
def build_half_year(*, run_id: int, period: str) -> None:
    """Build the draft of a period."""
    with runs.running(run_id) as run:
        ledger = actions.build(period=Period.parse(period), by=run.asked_by, on=run.asked_on, run_id=run_id)
        run.result = {"ledger": ledger.pk, "version": ledger.version}
        run.result_url = reverse("repayments:half_year", args=[ledger.pk])
