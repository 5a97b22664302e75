"""The page of the next twelve months: chart, table, and what it rests on."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from guarantees.outlook import outlook
from reports import forecast, shelf, tables
from reports.meeting import charts
from reports.tables import Table
from staff.office_date import office_today
from staff.web import WHOLE_OFFICE, for_roles, reads_only


@require_GET
@for_roles(*WHOLE_OFFICE)
@reads_only
def ahead(request):
    """Room of the fund at each bank today and at the next twelve month ends."""
    found = outlook(on=office_today())
    table = Table("forecast", forecast.TITLE, forecast.COLUMNS, [tables.as_row(row) for row in forecast.rows_of(found)])
    chart = charts.room_ahead(table) if table.rows else None
    return render(request, "reports/ahead.html", {"outlook": found, "table": table, "chart": chart, "formats": shelf.SPOKEN})
