"""This room's Celery tasks, gathered where Celery looks for them."""

from repayments.collecting.tasks import issue_reminders
from repayments.half_year.tasks import build_half_year, issue_half_year, print_half_year

__all__ = ("build_half_year", "issue_half_year", "issue_reminders", "print_half_year")
