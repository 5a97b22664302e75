"""What may be typed about applicants: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant, Group, Paper

IDENTITY = {"autocomplete": "off", "spellcheck": "false", "maxlength": 24, "inputmode": "text"}
CHOOSE = [("", _("please choose"))]


class PersonForm(forms.ModelForm):
    """What the register says of a person, as far as it may be corrected."""

    class Meta:
        model = Applicant
        fields = ("name", "phone", "community", "address", "certificate_number")


class EnterpriseForm(forms.ModelForm):
    """What the register says of an enterprise, as far as it may be corrected."""

    class Meta:
        model = Applicant
        fields = ("name", "legal_representative", "staff_in_post", "phone", "community", "address")


class GroupForm(forms.Form):
    """One group and its proof."""

    group = forms.ChoiceField(label=_("Group"), choices=[*CHOOSE, *Group.choices])
    proof = forms.CharField(label=_("Proof"), max_length=60, required=False)
    proof_number = forms.CharField(label=_("Number of the proof"), max_length=40, required=False)


class HouseholdForm(forms.Form):
    """Who else lives in the household, by identity number."""

    identity_number = forms.CharField(label=_("Identity number"), widget=forms.TextInput(IDENTITY), required=False)
    zero_employment_proof = forms.CharField(
        label=_("Zero-employment family: proof"), max_length=200, required=False, help_text=_("Only where nobody in the household has work")
    )

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("identity_number", _("Give the identity number of somebody in the household, or the proof."))
        return self.cleaned_data


class PaperForm(forms.Form):
    """One paper: its kind, how it is held, and the scan where there is one."""

    kind = forms.ChoiceField(label=_("Paper"), choices=Paper.Kind)
    held = forms.ChoiceField(label=_("How it is held"), choices=Paper.Held)
    file = forms.FileField(
        label=_("Scan"), required=False, help_text=_("PDF, JPEG or PNG"), widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"})
    )
    about = forms.CharField(label=_("Note"), max_length=200, required=False)
