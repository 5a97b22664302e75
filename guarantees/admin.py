"""Fund accounts, promises, plans and demands: to look at. Money moves on the fund page, under its locks."""

from django.contrib import admin

from guarantees.models import AnnualPlan, Demand, FundAccount, Promise, PromiseDays
from staff.admin.versions import KeptVersions
from staff.adminsite import LookOnly


@admin.register(FundAccount)
class FundAccountAdmin(LookOnly):
    list_display = ("bank", "account_number", "opened")
    list_select_related = ("bank",)


@admin.register(PromiseDays)
class PromiseDaysAdmin(KeptVersions):
    list_display = ("effective_from", "days", "note")


@admin.register(Promise)
class PromiseAdmin(LookOnly):
    list_display = ("number", "loan", "amount", "promised_on", "promised_by", "valid_until", "end", "ended_on")
    list_filter = ("end", "account__bank")
    search_fields = ("number", "loan__number")
    list_select_related = ("loan", "promised_by")


@admin.register(AnnualPlan)
class AnnualPlanAdmin(LookOnly):
    list_display = ("year", "loans", "amount", "jobs", "drawn_up_by")


@admin.register(Demand)
class DemandAdmin(LookOnly):
    list_display = ("loan", "principal", "interest", "demanded_on", "demanded_by", "answered_on", "answered_by")
    list_select_related = ("loan", "demanded_by", "answered_by")
