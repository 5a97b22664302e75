"""The rule book as administrators keep it: documents, their rows, rates and limits."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline

from loans import terms_words
from loans.admin.confirmation import ConfirmableAdmin, ConfirmableForm, enter
from loans.forms.policy_row import PolicyRowCells, checked_split
from loans.models import (
    AgeLimit,
    BenchmarkRate,
    BorrowerKind,
    CounterRule,
    CreditCommunity,
    ExcludedTrade,
    FeeRule,
    GroupProof,
    GuarantorLimit,
    LegalLimit,
    PolicyDocument,
    PolicyRow,
    ReferenceRate,
    RepeatRule,
    Standing,
    StepLimit,
)
from loans.waiting import group_words
from staff.admin.versions import KeptVersions
from staff.errors import Refused
from staff.templatetags.office import rate, yuan


class PolicyRowForm(PolicyRowCells, ConfirmableForm):
    """One row: its cells are checked, and a change of it waits for the second person."""


class InWords:
    """Whom a row speaks of, in words instead of codes."""

    @admin.display(description=_("borrower"), ordering="borrower_kind")
    def borrower(self, row):
        return dict(BorrowerKind.choices).get(row.borrower_kind, row.borrower_kind)

    @admin.display(description=_("groups"), ordering="groups")
    def of_groups(self, row):
        return group_words(row.groups)


class RowsOnRecord(InWords, TabularInline):
    """The rows that the document has; each opens on a page of its own."""

    model = PolicyRow
    verbose_name_plural = _("rows on record")
    fields = readonly_fields = ("effective_from", "borrower", "of_groups", "lending_cap_yuan", "rate_ceiling", "subsidy_regime", "status", "standing")
    extra, can_delete, show_change_link = 0, False, True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class NewRow(StackedInline):
    """A row to be entered; it waits for the second person."""

    model, form = PolicyRow, PolicyRowForm
    verbose_name, verbose_name_plural = _("new row"), _("new rows")
    extra, can_delete = 0, False
    fields = tuple(name for name in PolicyRowCells.Meta.fields if name != "document")

    def get_queryset(self, request):
        return super().get_queryset(request).none()


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(KeptVersions):
    """Documents with their rows. The level decides how rows count, so it stands once there are any."""

    list_display = ("number", "title", "level", "issued", "rows_in_effect")
    list_filter = ("level", "rows__status", "rows__standing")
    search_fields = ("number", "title", "note")
    date_hierarchy = "issued"
    inlines = (RowsOnRecord, NewRow)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n=Count("rows", filter=Q(rows__standing=Standing.IN_EFFECT)))

    def get_readonly_fields(self, request, obj=None):
        return ("level",) if obj and obj.rows.exists() else ()

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            enter(request, row, None)
        formset.save_m2m()

    @admin.display(description=_("rows in effect"), ordering="n")
    def rows_in_effect(self, document):
        return document.n


@admin.register(PolicyRow)
class PolicyRowAdmin(InWords, ConfirmableAdmin):
    form = PolicyRowForm
    list_display = ("document", "effective_from", "borrower", "of_groups", "cap", "ceiling", "subsidy", "times", "status")
    list_filter = ("status", "borrower_kind", "document__level")
    search_fields = ("document__number", "document__title", "groups", "note")
    list_select_related = ("document",)
    date_hierarchy = "effective_from"
    actions = (*ConfirmableAdmin.actions, "seen_with_the_paper")

    @admin.display(description=_("Lending cap"), ordering="lending_cap_yuan")
    def cap(self, row):
        return yuan(row.lending_cap_yuan)

    @admin.display(description=_("Rate ceiling"))
    def ceiling(self, row):
        return terms_words.ceiling_formula(row.rate_ceiling)

    @admin.display(description=_("Interest subsidy"))
    def subsidy(self, row):
        return terms_words.SUBSIDY.get(row.subsidy_regime, "")

    @admin.display(description=_("Multiple of the fund"), ordering="leverage")
    def times(self, row):
        return rate(row.leverage)

    @admin.action(description=_("Seen with the paper: hand over as confirmed"))
    def seen_with_the_paper(self, request, rows):
        """The administrator's half of confirming an unconfirmed row; the second person's half follows."""
        for row in rows.filter(status=PolicyRow.Status.UNCONFIRMED):
            seen = self.model.objects.get(pk=row.pk)
            seen.status = PolicyRow.Status.CONFIRMED
            try:
                enter(request, seen, row)
            except Refused as refusal:
                messages.error(request, str(refusal))


@admin.register(BenchmarkRate)
class BenchmarkRateAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "up_to_6_months", "up_to_1_year", "years_1_to_3", "years_3_to_5")


@admin.register(ReferenceRate)
class ReferenceRateAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "series", "percent", "status")
    list_filter = ("series", "status")


@admin.register(StepLimit)
class StepLimitAdmin(ConfirmableAdmin):
    list_display = ("step", "working_days", "effective_from")
    list_filter = ("step",)


@admin.register(LegalLimit)
class LegalLimitAdmin(ConfirmableAdmin):
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


class FeeRuleForm(ConfirmableForm):
    """One row of rewards and fees: finance alone bears it."""

    def clean_finance_split(self):
        return checked_split(self.cleaned_data["finance_split"], terms_words.FINANCE)


@admin.register(FeeRule)
class FeeRuleAdmin(ConfirmableAdmin):
    form = FeeRuleForm
    list_display = ("kind", "effective_from", "lifted_from", "percent", "finance_split", "document", "status")
    list_filter = ("kind", "status")
    search_fields = ("document__number", "note")
    list_select_related = ("document",)


@admin.register(CreditCommunity)
class CreditCommunityAdmin(ConfirmableAdmin):
    list_display = ("community", "effective_from", "lifted_from", "document")
    list_filter = ("community",)
    list_select_related = ("community", "document")
