from django.contrib import admin

from staff.adminsite import LookOnly
from training.models import FollowUp, Trainee, TrainingClass


@admin.register(TrainingClass)
class TrainingClassAdmin(LookOnly):
    list_display = ("code", "module", "course", "year", "first_day", "last_day")
    list_filter = ("module", "year")
    search_fields = ("code", "course")


@admin.register(Trainee)
class TraineeAdmin(LookOnly):
    list_display = ("applicant", "training_class", "attendance", "exam", "plan")
    list_filter = ("training_class__year",)
    search_fields = ("applicant__name",)
    list_select_related = ("applicant", "training_class")


@admin.register(FollowUp)
class FollowUpAdmin(LookOnly):
    list_display = ("trainee", "kind", "service_day", "recorded_on", "recorded_by")
    list_filter = ("kind",)
