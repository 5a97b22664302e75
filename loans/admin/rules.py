"""The rule book as administrators keep it: documents, their rows, rates and limits."""

from django.contrib import admin

from loans.admin.confirmation import ConfirmableAdmin
from loans.models import (
    AgeLimit,
    BenchmarkRate,
    CounterRule,
    CreditCommunity,
    ExcludedTrade,
    GroupProof,
    GuarantorLimit,
    LegalLimit,
    PolicyDocument,
    PolicyRow,
    ReferenceRate,
    RepeatRule,
    StepLimit,
)
from staff.admin.versions import KeptVersions


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(KeptVersions):
    list_display = ("number", "title", "level", "issued")
    list_filter = ("level",)
    search_fields = ("number", "title")


@admin.register(PolicyRow)
class PolicyRowAdmin(ConfirmableAdmin):
    list_display = ("document", "effective_from", "borrower_kind", "groups", "lending_cap_yuan", "rate_ceiling", "subsidy_regime", "leverage", "status")
    list_filter = ("status", "borrower_kind", "document__level")
    search_fields = ("document__number", "groups", "note")
    list_select_related = ("document",)


@admin.register(BenchmarkRate)
class BenchmarkRateAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "up_to_6_months", "up_to_1_year", "years_1_to_3", "years_3_to_5")


@admin.register(ReferenceRate)
class ReferenceRateAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "series", "percent", "status")
    list_filter = ("series", "status")


@admin.register(StepLimit)
class StepLimitAdmin(KeptVersions):
    list_display = ("step", "working_days", "effective_from")
    list_filter = ("step",)


@admin.register(LegalLimit)
class LegalLimitAdmin(KeptVersions):
    list_display = ("what", "number", "unit", "document", "effective_from")
    list_filter = ("what",)
    list_select_related = ("document",)


@admin.register(AgeLimit)
class AgeLimitAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "youngest", "oldest", "document", "status")
    list_select_related = ("document",)


@admin.register(ExcludedTrade)
class ExcludedTradeAdmin(ConfirmableAdmin):
    list_display = ("word", "effective_from", "lifted_from", "document", "status")
    list_filter = ("status",)
    search_fields = ("word", "document__number")
    list_select_related = ("document",)


@admin.register(GroupProof)
class GroupProofAdmin(ConfirmableAdmin):
    list_display = ("group", "paper", "effective_from", "lifted_from", "document", "status")
    list_filter = ("group", "status")
    search_fields = ("paper", "document__number")
    list_select_related = ("document",)


@admin.register(RepeatRule)
class RepeatRuleAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "borrower_kind", "most_loans", "days_late_allowed", "after_fund_paid", "document", "status")
    list_select_related = ("document",)


@admin.register(GuarantorLimit)
class GuarantorLimitAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "most", "document", "status")
    list_select_related = ("document",)


@admin.register(CounterRule)
class CounterRuleAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "borrower_kind", "group", "needed", "up_to", "document", "status")
    list_filter = ("needed", "status")
    list_select_related = ("document",)


@admin.register(CreditCommunity)
class CreditCommunityAdmin(ConfirmableAdmin):
    list_display = ("community", "effective_from", "lifted_from", "document")
    list_filter = ("community",)
    list_select_related = ("community", "document")
