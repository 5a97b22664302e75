from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_results.models import TaskResult
from unfold.widgets import UnfoldAdminTextInputWidget

from staff.adminsite import LookOnly, OfficeAdmin

PARTS = {
    "minute": _("minute"),
    "hour": _("hour"),
    "day_of_month": _("day of the month"),
    "month_of_year": _("month"),
    "day_of_week": _("day of the week (0 is Sunday)"),
}


class TimetableForm(forms.ModelForm):
    """When a job runs: the five parts of its schedule, * for every."""

    class Meta:
        model = PeriodicTask
        fields = ("enabled",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in PARTS.items():
            kept = getattr(self.instance.crontab, name, "*")
            self.fields[name] = forms.CharField(label=label, initial=kept, max_length=64, widget=UnfoldAdminTextInputWidget)

    def clean(self):
        schedule = CrontabSchedule(**{name: self.cleaned_data.get(name, "*") for name in PARTS})
        try:
            schedule.clean_fields()
        except forms.ValidationError as wrong:
            for name, errors in wrong.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        return self.cleaned_data


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(OfficeAdmin):
    """The timetable: when each job runs, and whether. Which jobs there are is the program's business."""

    form = TimetableForm
    list_display = ("name", "when", "enabled", "last_run_at", "total_run_count")
    list_filter = ("enabled",)
    readonly_fields = ("name", "description", "last_run_at", "total_run_count")
    fieldsets = (
        (None, {"fields": ("name", "description", "enabled")}),
        (_("when it runs"), {"fields": tuple(PARTS)}),
        (_("history"), {"fields": ("last_run_at", "total_run_count")}),
    )
    list_select_related = ("crontab",)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(crontab__isnull=False)

    def has_add_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **kwargs | {"fields": ("enabled",)})

    def save_model(self, request, obj, form, change):
        parts = {name: form.cleaned_data[name] for name in PARTS}
        obj.crontab = CrontabSchedule.objects.get_or_create(**parts, timezone=obj.crontab.timezone)[0]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("when it runs"))
    def when(self, task):
        at = task.crontab
        daily = (at.day_of_month, at.month_of_year, at.day_of_week) == ("*", "*", "*") and at.minute.isdigit() and at.hour.isdigit()
        if daily:
            return _("every day at %(time)s") % {"time": f"{int(at.hour):02}:{int(at.minute):02}"}
        return f"{at.minute} {at.hour} {at.day_of_month} {at.month_of_year} {at.day_of_week}"


@admin.register(TaskResult)
class TaskResultAdmin(LookOnly):
    """What came of each run of a job."""

    list_display = ("task_name", "periodic_task_name", "status", "date_started", "date_done", "worker")
    list_filter = ("status", "task_name")
    search_fields = ("task_id", "task_name")
    fields = ("task_name", "periodic_task_name", "status", "worker", "date_created", "date_started", "date_done", "result", "traceback", "task_id")
    show_full_result_count = False
