"""The office's own date and calendar, read at the door."""

from django.utils import timezone

from staff.models import DayOff, OfficeDate


def office_today():
    """The day that due days, clocks, lapses, ledgers and rules in force go by: the fixed day of the demo, else the real date."""
    row = OfficeDate.objects.first()
    return (row and row.fixed_on) or timezone.localdate()


def days_kept():
    """What the office itself keeps beside the calendar: {day: open?}, as `staff.workdays` takes it."""
    return dict(DayOff.objects.values_list("day", "working"))
