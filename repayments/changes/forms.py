"""What is typed when a schedule changes: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from repayments.models import Schedule
from staff.forms import DayField, YuanField

Cause = Schedule.Cause


def _number(label, **kwargs):
    return forms.CharField(label=label, max_length=60, widget=forms.TextInput({"autocomplete": "off"}), **kwargs)


class AskForm(forms.Form):
    """The borrower's request for an extension, and who consents to it."""

    months = forms.IntegerField(label=_("Extend by (months)"), min_value=1, max_value=12)
    reason = forms.CharField(label=_("Why the borrower cannot pay in time"), max_length=300, widget=forms.Textarea({"rows": 2}))
    request_day = DayField(label=_("Day of the borrower's request"))
    request_paper = _number(_("Borrower's request no."))
    guarantors_day = DayField(label=_("Day of the guarantors' consent"), required=False)
    guarantors_paper = _number(_("Guarantors' consent no."), required=False)


class ConsentForm(forms.Form):
    bank_day = DayField(label=_("Day of the bank's consent"))
    bank_paper = _number(_("Bank's consent no."))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class EarlyForm(forms.Form):
    """A receipt above what is due, and what the borrower chose for the rest."""

    cause = forms.ChoiceField(
        label=_("The borrower repays"),
        choices=[
            (Cause.KEEP_TERM, _("in part, and keeps the term: smaller payments")),
            (Cause.KEEP_PAYMENT, _("in part, and keeps the payment: sooner done")),
            (Cause.WHOLE, _("everything")),
        ],
        widget=forms.RadioSelect,
    )
    value_date = DayField(label=_("Paid on"))
    reference = _number(_("Bank's serial number"))
    principal = YuanField(label=_("Principal (yuan)"))
    interest = YuanField(label=_("Interest (yuan)"))
    penalty = YuanField(label=_("Penalty interest (yuan)"), required=False)

    def clean_cause(self):
        return Cause(self.cleaned_data["cause"])

    def clean_penalty(self):
        return self.cleaned_data["penalty"] or 0


class StepForm(forms.Form):
    """One dated step of the rate, as the contract holds it."""

    from_day = DayField(label=_("The new rate counts from"))
    rate = forms.DecimalField(label=_("Rate (% a year)"), max_digits=7, decimal_places=4, min_value=0, max_value=24)
    document = forms.CharField(label=_("Clause of the contract, or its paper"), max_length=80)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
