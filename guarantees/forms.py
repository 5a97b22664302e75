"""What is typed about promises, the bank's steps and the fund: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guarantees.models import FundAccount
from staff.forms import DayField, YuanField


def _words(label, most=500, **kwargs):
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **kwargs)


class ApprovalForm(forms.Form):
    amount = YuanField(label=_("Amount promised (yuan)"))
    term = forms.IntegerField(label=_("Term (months)"), min_value=1, max_value=120)
    remark = _words(_("Opinion of the approval"), required=False)


class ReasonForm(forms.Form):
    reason = _words(_("Reason"), 300)


class ContractForm(forms.Form):
    contract_number = forms.CharField(label=_("Contract no."), max_length=40)
    contract_date = DayField(label=_("Contract date"))
    rate = forms.DecimalField(label=_("Rate (% a year)"), max_digits=7, decimal_places=4, min_value=0)


class DisbursementForm(forms.Form):
    day = DayField(label=_("Paid out on"))
    amount = YuanField(label=_("Amount lent (yuan)"))
    iou_number = forms.CharField(label=_("IOU no."), max_length=40)
    difference_reason = forms.CharField(label=_("Why less than promised"), max_length=200, required=False)


class DemandForm(forms.Form):
    principal = YuanField(label=_("Principal (yuan)"))
    interest = YuanField(label=_("Interest (yuan)"), initial=0)
    reason = _words(_("Reason and collection so far"))


class MoneyForm(forms.Form):
    """Money that comes to the fund at one bank, or leaves it."""

    account = forms.ModelChoiceField(label=_("Fund at"), queryset=FundAccount.objects.select_related("bank"), empty_label=None)
    amount = YuanField(label=_("Amount (yuan)"))
    document = forms.CharField(label=_("Document number"), max_length=60)
    value_date = DayField(label=_("Day"))


class TransferForm(forms.Form):
    """Money that moves from the fund at one bank to that at another."""

    source = forms.ModelChoiceField(label=_("From the fund at"), queryset=FundAccount.objects.select_related("bank"), empty_label=None)
    target = forms.ModelChoiceField(label=_("To the fund at"), queryset=FundAccount.objects.select_related("bank"), empty_label=None)
    amount = YuanField(label=_("Amount (yuan)"))
    document = forms.CharField(label=_("Document number"), max_length=60)
    value_date = DayField(label=_("Day"))
