"""The joint-meeting report of a period as files, for scripts."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.meeting import actions, figures
from reports.periods import period
from staff.errors import Refused
from staff.office_date import office_today


class Command(BaseCommand):
    """`manage.py joint_meeting_report 2011-H2 --pdf report.pdf --xlsx report.xlsx`"""

    help = "Writes the joint-meeting report of a period (2011, 2011-H2, 2011-Q3, 2011-07 or first..last) as PDF and Excel."

    def add_arguments(self, parser):
        parser.add_argument("period")
        parser.add_argument("--pdf", type=Path)
        parser.add_argument("--xlsx", type=Path)

    def handle(self, *args, **given):
        if not given["pdf"] and not given["xlsx"]:
            raise CommandError(_("Say where to write: --pdf FILE, --xlsx FILE or both."))
        on = office_today()
        try:
            wanted = period(given["period"])
            actions.refuse_unless_over(wanted, on=on)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        data = figures.as_data(figures.gather(period=wanted, on=on))
        papers = actions.render(data, on=on, checksum=figures.checksum(data))
        for name in ("pdf", "xlsx"):
            if given[name]:
                given[name].write_bytes(getattr(papers, name))
