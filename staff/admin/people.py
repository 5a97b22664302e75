from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from staff import actions
from staff.admin.versions import KeptVersions
from staff.adminsite import LookOnly
from staff.history import words
from staff.models import Bank, DayOff, Delegation, Event, OfficeDate, Run, User
from staff.office_date import office_today


@admin.register(User)
class UserAdmin(DjangoUserAdmin, KeptVersions):
    """People: their role and bank. Who leaves is marked inactive; nobody changes their own role."""

    form, add_form, change_password_form = UserChangeForm, UserCreationForm, AdminPasswordChangeForm
    list_display = ("name", "username", "role", "bank", "phone", "is_active", "last_login")
    list_filter = ("role", "bank", "is_active")
    search_fields = ("name", "username", "phone")
    ordering = ("role", "id")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("name", "role", "bank", "phone", "is_active")}),
        (_("Sign-in"), {"fields": ("username", "password", "last_login", "date_joined")}),
        (_("Preferences"), {"fields": ("language", "large_text")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "role", "bank", "phone", "usable_password", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    actions = ("take_second_factor_away",)

    def get_readonly_fields(self, request, obj=None):
        own = ("role", "bank", "is_active") if obj == request.user else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Take the second factor away (telephone lost)"))
    def take_second_factor_away(self, request, people):
        for person in people:
            actions.take_second_factor_away(user=person, by=request.user, on=office_today())
        self.message_user(request, said("They now sign in with the password alone."))


@admin.register(Bank)
class BankAdmin(KeptVersions):
    list_display = ("name", "short_name", "iou_prefix", "contract_prefix", "phone", "order", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "short_name")


@admin.register(DayOff)
class DayOffAdmin(KeptVersions):
    """Closing days of the office and worked weekends; years that the calendar does not hold yet are kept here whole."""

    list_display = ("day", "working", "note")
    list_filter = ("working",)
    date_hierarchy = "day"


@admin.register(Delegation)
class DelegationAdmin(LookOnly):
    list_display = ("document", "holder", "role", "delegate", "first_day", "last_day", "entered_by", "withdrawn_on")
    list_filter = ("role",)
    list_select_related = ("holder", "delegate", "entered_by")


@admin.register(OfficeDate)
class OfficeDateAdmin(LookOnly):
    list_display = ("__str__", "jobs_done_on")


@admin.register(Event)
class EventAdmin(LookOnly):
    """The history of everything, in words."""

    list_display = fields = ("at", "on", "by", "told", "about")
    search_fields = ("subject", "kind", "by__name")
    list_select_related = ("by",)
    date_hierarchy = "on"
    show_full_result_count = False

    @admin.display(description=_("what happened"))
    def told(self, event):
        return words(event)

    @admin.display(description=_("about"))
    def about(self, event):
        model, _colon, key = event.subject.partition(":")
        return f"{apps.get_model(model)._meta.verbose_name} {key if key.isdigit() else ''}"


@admin.register(Run)
class RunAdmin(LookOnly):
    list_display = ("title", "state", "asked_by", "asked_on", "asked_at", "finished_at")
    list_filter = ("state", "kind")
    list_select_related = ("asked_by",)
