"""Cases and all that belongs to them: looked at by administrators, changed by actions only."""

from django.contrib import admin

from loans.models import CorrectedNumber, CounterGuarantee, Investigation, Loan, PaperReturn, Venture
from staff.adminsite import LookOnly


@admin.register(Loan)
class LoanAdmin(LookOnly):
    list_display = ("number", "applicant", "bank", "state", "state_since", "amount_asked", "principal", "iou_number", "officer")
    list_filter = ("state", "bank", "community", "imported")
    search_fields = ("number", "applicant__name", "iou_number", "contract_number")
    list_select_related = ("applicant", "bank", "officer")
    show_full_result_count = False


@admin.register(CounterGuarantee)
class CounterGuaranteeAdmin(LookOnly):
    list_display = ("loan", "kind", "name", "employer", "thing", "value", "added_on", "withdrawn_on")
    list_filter = ("kind",)
    exclude = ("identity_index",)
    list_select_related = ("loan",)


@admin.register(Investigation)
class InvestigationAdmin(LookOnly):
    """The visits; opinions stay with the case, where they are hidden until all three are in."""

    list_display = ("loan", "sequence", "visit_day", "place", "workers", "agrees", "recorded_by")
    list_select_related = ("loan", "recorded_by")


@admin.register(PaperReturn)
class PaperReturnAdmin(LookOnly):
    list_display = ("loan", "from_state", "returned_on", "returned_by", "answer_by", "completed_on")
    list_select_related = ("loan", "returned_by")


@admin.register(CorrectedNumber)
class CorrectedNumberAdmin(LookOnly):
    list_display = ("loan", "which", "was", "now", "reason", "asked_on", "asked_by", "confirmed_on", "confirmed_by")
    search_fields = ("was", "now", "loan__number")
    list_select_related = ("loan", "asked_by", "confirmed_by")


@admin.register(Venture)
class VentureAdmin(LookOnly):
    list_display = ("name", "trade", "place", "opened", "jobs", "state", "cancelled_on")
    list_filter = ("state", "trade")
    search_fields = ("name",)
