"""What administrators keep: people, banks, the timetable of jobs. What actions own is only looked at."""

from staff.admin import jobs, people
from staff.adminsite import LookOnly, OfficeAdmin

__all__ = ["LookOnly", "OfficeAdmin", "jobs", "people"]
