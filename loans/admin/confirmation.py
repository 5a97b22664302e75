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
        if not self.instance.pk:
            return cleaned
        kept = self._meta.model.objects.get(pk=self.instance.pk)
        if kept.standing == Standing.IN_EFFECT and not self.has_changed():
            raise forms.ValidationError(_gettext("Nothing was changed."))
        if replaced := confirmation.changed_by(kept):
            _checked(replaced)
        return cleaned

    def validate_constraints(self):
        """What waits may say the same as what is in effect: whether it fits is looked at when it is confirmed. What can never be true is refused here."""
        if self.errors:
            return
        try:
            confirmation.check_cells(self.instance)
        except Refused as refusal:
            self.add_error(None, str(refusal))


def enter(request, row, replaced):
    """Put a row down to wait, and say so."""
    confirmation.enter(row=row, replaces=replaced, by=request.user, on=office_today())
    messages.info(request, _gettext("%(row)s waits for a director or a finance officer; until then what was in effect stays.") % {"row": row})


def _checked(row):
    """A refusal of the change as the form says it."""
    try:
        confirmation.check_change(row)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class ConfirmableAdmin(KeptVersions):
    """The base of the admin pages of rows that two persons answer for."""

    form = ConfirmableForm
    readonly_fields = ("standing", "replaces", "entered_by", "entered_on", "confirmed_by", "confirmed_on", "sent_back_by", "sent_back_on", "sent_back_reason")
    actions: tuple[str, ...] = ("take_back",)

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
        replaced = confirmation.changed_by(self.model.objects.get(pk=obj.pk)) if change else None
        enter(request, obj, replaced)

    def kept(self, row):
        """The versions of a row and of those whose place it took, oldest row first."""
        chain = [row]
        while chain[0].replaces:
            chain.insert(0, chain[0].replaces)
        return [event for one in chain for event in super(ConfirmableAdmin, self).kept(one)]

    @admin.action(description=_("Take back what waits for confirmation"))
    def take_back(self, request, rows):
        for row in rows:
            try:
                confirmation.take_back(row=row, by=request.user, on=office_today())
            except Refused as refusal:
                messages.error(request, str(refusal))
