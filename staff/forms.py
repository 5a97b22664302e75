"""Forms as the office draws them, and the two kinds of field that every room needs."""

import unicodedata

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CLASSES = (  # the first match says how a widget is dressed
    ((forms.HiddenInput, forms.MultipleHiddenInput), ""),
    ((forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple), "form-check-input"),
    ((forms.Select,), "form-select"),
    ((forms.Widget,), "form-control"),
)


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
    """A day, picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day: 2012-01-04."""

    widget = DayInput
    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class YuanField(forms.DecimalField):
    """An amount of yuan to the fen; thousands may be parted and digits full-width. The page shows 万元 and words beside it."""

    def __init__(self, *, max_digits=14, decimal_places=2, min_value=0, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)
        self.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num", "data-yuan": ""})

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(unicodedata.normalize("NFKC", value).split()).replace(",", "").replace("¥", "")
        return super().to_python(value)
