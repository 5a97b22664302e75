from django import forms

from staff.forms import DayField
from training.models import FollowUp


class FollowUpForm(forms.ModelForm):
    """One service after the class: which, when, what was advised."""

    service_day = DayField(label=FollowUp._meta.get_field("service_day").verbose_name)

    class Meta:
        model = FollowUp
        fields = ("kind", "service_day", "words")
        widgets = {"words": forms.Textarea({"rows": 3})}
