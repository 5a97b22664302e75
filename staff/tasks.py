from celery import shared_task

from staff import jobs
from staff.office_date import office_today


@shared_task(acks_late=True)
def day_begins():
    """The office date has moved, or the hour has struck: run the jobs of every day that has begun."""
    return [str(day) for day in jobs.run_due(office_today())]
