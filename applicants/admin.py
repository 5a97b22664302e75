"""The register, to look at: people and papers are changed at the counter."""

from django.contrib import admin

from applicants.identity import masked
from applicants.models import Applicant, Community, Household, Paper
from staff.adminsite import LookOnly


@admin.register(Applicant)
class ApplicantAdmin(LookOnly):
    list_display = ("name", "kind", "number_masked", "sex", "birth_date", "community", "registered_on")
    list_filter = ("kind", "sex", "community")
    search_fields = ("name", "pinyin", "initials")
    exclude = ("identity_index", "last_four_index", "pinyin", "initials")
    list_select_related = ("community",)
    show_full_result_count = False

    @admin.display(description=Applicant._meta.get_field("identity_number").verbose_name)
    def number_masked(self, applicant):
        return masked(applicant.identity_number) if applicant.identity_number else applicant.credit_code or applicant.licence_number


@admin.register(Community)
class CommunityAdmin(LookOnly):
    list_display = ("name", "officer", "order")
    list_filter = ("officer",)
    search_fields = ("name",)


@admin.register(Household)
class HouseholdAdmin(LookOnly):
    list_display = ("id", "zero_employment", "note")
    list_filter = ("zero_employment",)


@admin.register(Paper)
class PaperAdmin(LookOnly):
    """Which papers there are; the scans themselves open only on the case, to those who may see it."""

    list_display = ("kind", "held", "applicant", "case_number", "added_on", "added_by")
    list_filter = ("kind", "held")
    search_fields = ("applicant__name", "case_number")
    exclude = ("file", "checksum")
    list_select_related = ("applicant", "added_by")
