"""The book, schedules, visits and ledgers: to look at. Entries are written by actions and undone by counter-entries."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from repayments.models import Entry, Extension, HalfYearLedger, Line, RateStep, Schedule, Visit
from staff.adminsite import LookOnly


@admin.register(Entry)
class EntryAdmin(LookOnly):
    list_display = ("reference", "kind", "bank", "value_date", "booked_on", "booked_by", "reverses")
    list_filter = ("kind", "bank")
    search_fields = ("reference",)
    date_hierarchy = "value_date"
    list_select_related = ("bank", "booked_by", "reverses")
    show_full_result_count = False


@admin.register(Line)
class LineAdmin(LookOnly):
    list_display = ("entry", "account", "bank", "loan", "amount")
    list_filter = ("account", "bank")
    search_fields = ("entry__reference", "loan__number")
    list_select_related = ("entry", "bank", "loan")
    show_full_result_count = False


class OfCase(LookOnly):
    """What belongs to one case: its number first."""

    @admin.display(description=_("case"), ordering="loan__number")
    def case(self, row):
        return row.loan


@admin.register(Schedule)
class ScheduleAdmin(OfCase):
    list_display = ("case", "version", "cause", "form", "rate", "in_force_from", "cancelled_on", "made_by")
    search_fields = ("loan__number", "loan__iou_number")
    list_select_related = ("loan", "made_by")
    show_full_result_count = False


@admin.register(RateStep)
class RateStepAdmin(OfCase):
    list_display = ("case", "from_day", "rate", "document", "entered_on", "entered_by")
    search_fields = ("loan__number", "loan__iou_number")
    list_select_related = ("loan", "entered_by")


@admin.register(Extension)
class ExtensionAdmin(OfCase):
    list_display = ("case", "months", "asked_on", "consented_on", "decided_on", "decided_by", "old_maturity", "new_maturity", "ended_on")
    search_fields = ("loan__number", "loan__iou_number")
    list_select_related = ("loan", "decided_by")


@admin.register(Visit)
class VisitAdmin(OfCase):
    list_display = ("case", "visit_day", "business", "workers", "recorded_by")
    list_filter = ("business",)
    search_fields = ("loan__number",)
    list_select_related = ("loan", "recorded_by")
    show_full_result_count = False


@admin.register(HalfYearLedger)
class HalfYearLedgerAdmin(LookOnly):
    list_display = ("period", "version", "built_on", "built_by", "number", "issued_on", "issued_by")
    list_select_related = ("built_by", "issued_by")
