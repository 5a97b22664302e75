"""What is typed when a contract or IOU number is corrected: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loans.numbers import FIELDS, Which
from staff.forms import plain


class NumberForm(forms.Form):
    """The right number of a paper that the case has."""

    which = forms.ChoiceField(label=_("Which number"), widget=forms.RadioSelect)
    now = forms.CharField(label=_("Right number"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    reason = forms.CharField(label=_("How the wrong number came about"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        there = [which for which in reversed(Which) if getattr(loan, FIELDS[which])]
        self.fields["which"].choices = [(which, f"{which.label} {getattr(loan, FIELDS[which])}") for which in there]

    def clean_which(self):
        return Which(self.cleaned_data["which"])

    def clean_now(self):
        return plain(self.cleaned_data["now"])


class DecideForm(forms.Form):
    """Which correction is decided: the one that was shown."""

    which = forms.ChoiceField(choices=Which, widget=forms.HiddenInput)


class SendBackForm(DecideForm):
    reason = forms.CharField(label=_("Why the number on record stays"), max_length=200, widget=forms.Textarea({"rows": 2}))
