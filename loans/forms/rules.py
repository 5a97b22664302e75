"""What is asked of the rule book, and what is said when a row is sent back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from loans.models import BorrowerKind
from loans.policy_files import known_groups
from staff.forms import DayField

FIRMS = (Group.LABOUR_INTENSIVE_FIRM.value, Group.SMALL_MICRO_FIRM.value)


def groups_for(kind, on):
    """The groups that documents know on a day among such borrowers."""
    return [code for code in known_groups(on) if (code in FIRMS) == (kind == BorrowerKind.ENTERPRISE)]


class InForceForm(forms.Form):
    """For whom and on which day the rules are asked; the contract day where it is another one."""

    on = DayField(label=_("Day of application"))
    contract_on = DayField(label=_("Day of contract"), required=False)
    kind = forms.ChoiceField(label=_("Borrower"), choices=BorrowerKind)
    groups = forms.MultipleChoiceField(label=_("Groups"), choices=Group, required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self):
        data = super().clean()
        if data.get("contract_on") and data.get("on") and data["contract_on"] < data["on"]:
            self.add_error("contract_on", _("The contract is not signed before the application."))
        return data


class BetweenForm(forms.Form):
    """Two days to compare."""

    first = DayField(label=_("From this day"))
    last = DayField(label=_("Until this day"))

    def clean(self):
        data = super().clean()
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The second day lies before the first."))
        return data


class SendBackForm(forms.Form):
    """Why a row is sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))
