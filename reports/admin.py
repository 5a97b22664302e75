from django.contrib import admin

from reports.models import BuiltReport
from staff.adminsite import LookOnly


@admin.register(BuiltReport)
class BuiltReportAdmin(LookOnly):
    list_display = ("kind", "period", "as_of", "built_on", "built_by", "number", "issued_on")
    list_filter = ("kind",)
    exclude = ("figures",)
