"""Any table as a PDF, laid out for A4."""

from django.utils.translation import get_language

from reports import tables
from reports.periods import Period
from staff.papers import pdf

CONTENT_TYPE = "application/pdf"
STYLE = "css/report_paper.css"


def write(out, report, *, period: Period, **chosen):
    """Any report module as a PDF of its table."""
    first, *more = tables.all_of(report, period=period, **chosen)
    context = {"table": first, "more": more, "period": period, "language": get_language()}
    out.write(pdf("papers/report_table.html", context, styles=(STYLE,)))
