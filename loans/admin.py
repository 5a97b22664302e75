"""What administrators keep of this room: documents, their rows, rates and limits. Cases and all that belongs to them are only looked at."""

from django.contrib import admin

from loans.models import (
    BenchmarkRate,
    CorrectedNumber,
    CounterGuarantee,
    Investigation,
    LegalLimit,
    Loan,
    PaperReturn,
    PolicyDocument,
    PolicyRow,
    ReferenceRate,
    StepLimit,
    Venture,
)
from staff.admin.versions import KeptVersions
from staff.adminsite import LookOnly


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(KeptVersions):
    list_display = ("number", "title", "level", "issued")
    list_filter = ("level",)
    search_fields = ("number", "title")


@admin.register(PolicyRow)
class PolicyRowAdmin(KeptVersions):
    list_display = ("document", "effective_from", "borrower_kind", "groups", "lending_cap_yuan", "rate_ceiling", "subsidy_regime", "leverage", "status")
    list_filter = ("status", "borrower_kind", "document__level")
    search_fields = ("document__number", "groups", "note")
    list_select_related = ("document",)


@admin.register(BenchmarkRate)
class BenchmarkRateAdmin(KeptVersions):
    list_display = ("effective_from", "up_to_6_months", "up_to_1_year", "years_1_to_3", "years_3_to_5")


@admin.register(ReferenceRate)
class ReferenceRateAdmin(KeptVersions):
    list_display = ("effective_from", "series", "percent", "status")
    list_filter = ("series", "status")


@admin.register(StepLimit)
class StepLimitAdmin(KeptVersions):
    list_display = ("step", "working_days", "effective_from")
    list_filter = ("step",)


@admin.register(LegalLimit)
class LegalLimitAdmin(KeptVersions):
    list_display = ("what", "number", "unit", "document", "effective_from")
    list_select_related = ("document",)


@admin.register(Loan)
class LoanAdmin(LookOnly):
    list_display = ("number", "applicant", "bank", "state", "state_since", "amount_asked", "principal", "iou_number", "officer")
    list_filter = ("state", "bank", "community", "imported")
    search_fields = ("number", "applicant__name", "iou_number", "contract_number")
    list_select_related = ("applicant", "bank", "officer")
    show_full_result_count = False


@admin.register(CounterGuarantee)
class CounterGuaranteeAdmin(LookOnly):
    list_display = ("loan", "kind", "name", "employer", "value")
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
    list_display = ("loan", "which", "was", "now", "reason", "corrected_on", "corrected_by")
    search_fields = ("was", "now", "loan__number")
    list_select_related = ("loan", "corrected_by")


@admin.register(Venture)
class VentureAdmin(LookOnly):
    list_display = ("name", "trade", "place", "opened", "jobs", "state", "cancelled_on")
    list_filter = ("state", "trade")
    search_fields = ("name",)
