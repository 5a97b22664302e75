"""Agreements with banks are kept here. Fund accounts, promises, plans and demands are to look at: money moves on the fund page, under its locks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guarantees.models import (
    AnnualPlan,
    BankAgreement,
    BankStatement,
    Compensation,
    Demand,
    FundAccount,
    Promise,
    PromiseDays,
    Recovery,
    RequiredPaper,
    Suspension,
    WriteOff,
)
from loans.admin.confirmation import ConfirmableAdmin
from staff.admin.versions import KeptVersions
from staff.adminsite import LookOnly
from staff.templatetags.office import percent


@admin.register(FundAccount)
class FundAccountAdmin(LookOnly):
    list_display = ("bank", "account_number", "opened")
    list_select_related = ("bank",)


@admin.register(BankAgreement)
class BankAgreementAdmin(ConfirmableAdmin):
    list_display = ("bank", "document_number", "effective_from", "effective_until", "shares", "rate_basis", "status")
    list_filter = ("bank", "status")
    list_select_related = ("bank",)

    @admin.display(description=_("Fund : bank : agency"))
    def shares(self, row):
        return " : ".join(percent(share, 0) for share in (row.fund_share, row.bank_share, row.agency_share))


@admin.register(BankStatement)
class BankStatementAdmin(LookOnly):
    list_display = ("account", "month", "opening", "closing", "entered_by", "signed_on", "signed_by")
    list_filter = ("account",)
    list_select_related = ("account__bank", "entered_by", "signed_by")


@admin.register(PromiseDays)
class PromiseDaysAdmin(ConfirmableAdmin):
    list_display = ("effective_from", "days", "note")


@admin.register(Promise)
class PromiseAdmin(LookOnly):
    list_display = ("number", "loan", "amount", "promised_on", "promised_by", "valid_until", "end", "ended_on")
    list_filter = ("end", "account__bank")
    search_fields = ("number", "loan__number")
    list_select_related = ("loan", "promised_by")


@admin.register(AnnualPlan)
class AnnualPlanAdmin(LookOnly):
    list_display = ("year", "version", "loans", "amount", "jobs", "in_force_from", "drawn_up_by")
    list_select_related = ("drawn_up_by",)


@admin.register(Demand)
class DemandAdmin(LookOnly):
    list_display = ("loan", "principal", "interest", "demanded_on", "demanded_by", "outcome", "closed_on", "closed_by")
    list_filter = ("outcome",)
    list_select_related = ("loan", "demanded_by", "closed_by")


@admin.register(RequiredPaper)
class RequiredPaperAdmin(KeptVersions):
    list_display = ("purpose", "kind", "effective_from", "lifted_from", "note")
    list_filter = ("purpose",)


@admin.register(Compensation)
class CompensationAdmin(LookOnly):
    list_display = ("loan", "day", "document", "principal", "interest", "fund", "agency", "bank", "booked_by")
    list_filter = ("loan__bank",)
    list_select_related = ("loan", "booked_by")


@admin.register(Recovery)
class RecoveryAdmin(LookOnly):
    list_display = ("loan", "day", "document", "source", "amount", "fund", "agency", "bank", "recorded_by")
    list_filter = ("source", "loan__bank")
    list_select_related = ("loan", "recorded_by")


@admin.register(WriteOff)
class WriteOffAdmin(LookOnly):
    list_display = ("loan", "cause", "amount", "proposed_on", "proposed_by", "outcome", "closed_on")
    list_filter = ("outcome",)
    list_select_related = ("loan", "proposed_by")


@admin.register(Suspension)
class SuspensionAdmin(LookOnly):
    list_display = ("bank", "suspended_on", "suspended_by", "rate", "limit", "document", "lifted_on", "lifted_by")
    list_select_related = ("bank", "suspended_by", "lifted_by")
