"""Forms as the office draws them, and the two kinds of field that every room needs."""

import unicodedata

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from staff.delegations import house_of
from staff.models import Role, User

CLASSES = (  # the first match says how a widget is dressed
    ((forms.HiddenInput, forms.MultipleHiddenInput), ""),
    ((forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple), "form-check-input"),
    ((forms.Select,), "form-select"),
    ((forms.Widget,), "form-control"),
)


def plain(text):
    """What was typed, with full-width characters made plain and spaces gone; other things as they are."""
    return "".join(unicodedata.normalize("NFKC", text).split()) if isinstance(text, str) else text


def say(form, refusal):
    """Write a refusal by the field that it is about, or on top of the form where it is about none of them."""
    form.add_error(next((name for name in refusal.about if name in form.fields), None), str(refusal))


class OfficeBoundField(BoundField):
    """A field whose widget wears the kit's classes, beside those that the form gave it."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        ours = next(name for kinds, name in CLASSES if isinstance(widget, kinds))
        if names := " ".join(filter(None, [widget.attrs.get("class"), attrs.get("class"), ours])):
            attrs["class"] = names
        return attrs


class OfficeRenderer(TemplatesSetting):
    """Every form and form field is drawn by our own pieces."""

    form_template_name = "pieces/form.html"
    field_template_name = "pieces/field.html"
    bound_field_class = OfficeBoundField


class DayInput(forms.DateInput):
    """A day as 2012-01-04; the page adds a calendar to pick from. Not the browser's own field: that speaks the browser's language."""

    def __init__(self, attrs=None):
        super().__init__({"placeholder": "2012-01-04", "inputmode": "numeric", "autocomplete": "off", "data-day": ""} | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, typed as people write it: 2012-01-04, 2012.1.4, 20120104, 2012年1月4日; digits may be full-width."""

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")

    def to_python(self, value):
        return super().to_python(plain(value))


class YuanField(forms.DecimalField):
    """An amount of yuan to the fen; thousands may be parted and digits full-width. The page shows 万元 and words beside it."""

    def __init__(self, *, max_digits=14, decimal_places=2, min_value=0, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)
        self.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num", "data-yuan": ""})

    def to_python(self, value):
        value = plain(value)
        return super().to_python(value.replace(",", "").replace("¥", "") if isinstance(value, str) else value)


class OfficeDateForm(forms.Form):
    """Where the office date goes: some days on, to a day, or to the real date; one of the three."""

    days = forms.IntegerField(label=_("days"), required=False, min_value=1, max_value=366)
    to = DayField(label=_("To this day"), required=False)
    real = forms.BooleanField(label=_("the real date"), required=False)

    def clean(self):
        if not self.errors and sum(bool(value) for value in self.cleaned_data.values()) != 1:
            self.add_error("to", _("Say which day."))
        return self.cleaned_data


class DelegationForm(forms.Form):
    """A written authority, as it lies before the person who enters it."""

    holder = forms.ModelChoiceField(label=_("In whose name"), queryset=User.objects.none())
    delegate = forms.ModelChoiceField(label=_("Who signs"), queryset=User.objects.none())
    first_day = DayField(label=_("From this day"))
    last_day = DayField(label=_("Until, this day included"))
    document = forms.CharField(label=_("Number of the authority"), max_length=60, help_text=_("As on the paper, such as 双授〔2012〕3号"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args, user, **kwargs):
        """Administrators enter anybody's; others their own."""
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(role__in=(Role.AUDITOR, Role.ADMINISTRATOR)).select_related("bank").order_by("pk")
        mine = [person.pk for person in people if house_of(person) == house_of(user)]
        all_of_them = user.role == Role.ADMINISTRATOR
        self.fields["holder"].queryset = people if all_of_them else people.filter(pk=user.pk)
        self.fields["holder"].initial = None if all_of_them else user.pk
        self.fields["delegate"].queryset = people if all_of_them else people.filter(pk__in=mine).exclude(pk=user.pk)
        for name in ("holder", "delegate"):
            self.fields[name].label_from_instance = _named
        self.fields["delegate"].empty_label = _("please choose")


def _named(person):
    return " · ".join(filter(None, (person.name, str(person.get_role_display()), person.bank and person.bank.short_name)))
