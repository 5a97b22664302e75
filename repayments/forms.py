"""What is typed about a live loan: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from repayments.models import Visit
from staff.forms import DayField, YuanField


class ReceiptForm(forms.Form):
    """A repayment as the bank reports it."""

    value_date = DayField(label=_("Paid on"))
    principal = YuanField(label=_("Principal (yuan)"))
    interest = YuanField(label=_("Interest (yuan)"))
    reference = forms.CharField(label=_("Bank's serial number"), max_length=60)
    penalty = YuanField(label=_("Penalty interest (yuan)"), required=False)
    overpaid = YuanField(label=_("Paid beyond everything owed (yuan)"), required=False, help_text=_("Waits for its refund"))

    def clean_penalty(self):
        return self.cleaned_data["penalty"] or 0

    def clean_overpaid(self):
        return self.cleaned_data["overpaid"] or 0


class RowForm(forms.Form):
    """The same in one line of a list."""

    value_date = DayField(label=_("Paid on"))
    principal = YuanField(label=_("Principal (yuan)"))
    interest = YuanField(label=_("Interest (yuan)"))
    penalty = YuanField(label=_("Penalty interest (yuan)"), required=False)
    reference = forms.CharField(label=_("Bank's serial number"), max_length=60, widget=forms.TextInput({"autocomplete": "off", "data-serial": ""}))

    def __init__(self, *args, number, **kwargs):
        """`number` of the case: the fields stand in their own cells and belong to a <form> by its name."""
        super().__init__(*args, auto_id=f"r-{number}-%s", **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"form": f"r-{number}", "aria-label": f"{field.label} {number}"}
            field.widget.attrs.pop("data-yuan", None)  # the words of an amount would burst the line

    def clean_penalty(self):
        return self.cleaned_data["penalty"] or 0


class ReverseForm(forms.Form):
    reason = forms.CharField(label=_("Why it is reversed"), max_length=200, widget=forms.Textarea({"rows": 2}))


class RefundForm(forms.Form):
    value_date = DayField(label=_("Paid back on"))
    amount = YuanField(label=_("Amount (yuan)"))
    reference = forms.CharField(label=_("Bank's serial number"), max_length=60)


class VisitForm(forms.Form):
    """What was found at the business."""

    visit_day = DayField(label=_("Day of the visit"))
    business = forms.ChoiceField(label=_("State of business"), choices=Visit.Business, widget=forms.RadioSelect)
    workers = forms.IntegerField(label=_("Workers"), min_value=0, max_value=9999)
    remark = forms.CharField(label=_("What was found"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}))
