"""Administrators enter rows; what they add or change waits for a second person and until then counts for nothing."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import confirmation
from loans.models.confirmation import Standing
from staff.admin.versions import KeptVersions
from staff.errors import Refused
from staff.office_date import office_today

SETTLED = (Standing.WAITING, Standing.REPLACED)  # what waits is judged as it stands; what was replaced is history


class ConfirmableForm(forms.ModelForm):
    """A row in effect stays as it is: a change becomes a row of its own."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and not self.has_changed() and self.instance.standing == Standing.IN_EFFECT:
            raise forms.ValidationError(_gettext("Nothing was changed."))
        if self.instance.pk and self._meta.model.objects.waiting().filter(replaces=self.instance.pk).exists():
            raise forms.ValidationError(_gettext("A change of this row waits for confirmation already: it is confirmed or sent back first."))
        return cleaned

    def validate_constraints(self):
        """What waits may say the same as what is in effect: whether it fits is looked at when it is confirmed."""


class ConfirmableAdmin(KeptVersions):
    """The base of the admin pages of rows that two persons answer for."""

    form = ConfirmableForm
    readonly_fields = ("standing", "replaces", "entered_by", "entered_on", "confirmed_by", "confirmed_on", "sent_back_by", "sent_back_on", "sent_back_reason")
    actions = ("take_back",)

    def get_list_display(self, request):
        return (*self.list_display, "standing", "entered_by", "confirmed_by")

    def get_list_filter(self, request):
        return ("standing", *self.list_filter)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("entered_by", "confirmed_by")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.standing in SETTLED)

    def save_model(self, request, obj, form, change):
        """A change leaves the row in effect alone and waits beside it; what was sent back is entered anew."""
        before = self.model.objects.get(pk=obj.pk) if change else None
        replaced = before.replaces if before and before.standing == Standing.SENT_BACK else before
        confirmation.enter(row=obj, replaces=replaced, by=request.user, on=office_today())
        messages.info(request, _gettext("%(row)s waits for a director or a finance officer; until then what was in effect stays.") % {"row": obj})

    @admin.action(description=_("Take back what waits for confirmation"))
    def take_back(self, request, rows):
        for row in rows:
            try:
                confirmation.take_back(row=row, by=request.user, on=office_today())
            except Refused as refusal:
                messages.error(request, str(refusal))
