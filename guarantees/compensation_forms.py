"""What is typed about demands, payments, recoveries, write-offs and suspensions: shapes, not rules."""

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.actions.checked import Brought, Found
from guarantees.models import FundAccount, PaperKind, Recovery, WriteOff
from staff.forms import DayField, YuanField

ACCEPTED = {"accept": "application/pdf,image/jpeg,image/png"}
VERDICTS = (("", _("not yet looked at")), ("good", _("in order")), ("bad", _("not in order")))


def words(label, most=500, **kwargs):
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **kwargs)


class PapersForm(forms.Form):
    """Papers as they are brought: a line each, ticked where it is there, with its number and a scan."""

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = list(kinds)
        for kind in self.kinds:
            self.fields[f"brought_{kind}"] = forms.BooleanField(label=kind.label, required=False)
            self.fields[f"reference_{kind}"] = forms.CharField(label=_("Number or particulars"), max_length=120, required=False)
            self.fields[f"scan_{kind}"] = forms.FileField(label=_("Scan"), required=False, widget=forms.FileInput(ACCEPTED))

    def lines(self):
        """(tick, number, scan) of every paper."""
        return [tuple(self[f"{part}_{kind}"] for part in ("brought", "reference", "scan")) for kind in self.kinds]

    def clean(self):
        """A number without its tick would be lost."""
        said = super().clean()
        for kind in self.kinds:
            if said.get(f"reference_{kind}") and not said.get(f"brought_{kind}") and not said.get(f"scan_{kind}"):
                self.add_error(f"brought_{kind}", _gettext("Tick “%(paper)s” too: it has a number.") % {"paper": kind.label})
        return said

    def papers(self):
        """What was brought."""
        said = self.cleaned_data
        return [Brought(kind, said[f"reference_{kind}"], said[f"scan_{kind}"]) for kind in self.kinds if said[f"brought_{kind}"] or said[f"scan_{kind}"]]


class BringForm(PapersForm):
    """Papers brought by themselves: one at least."""

    def clean(self):
        said = super().clean()
        if self.kinds and not self.errors and not self.papers():
            self.add_error(f"brought_{self.kinds[0]}", _gettext("Tick one paper at least."))
        return said


class DemandForm(PapersForm):
    principal = YuanField(label=_("Principal (yuan)"))
    interest = YuanField(label=_("Interest (yuan)"), initial=0)
    reason = words(_("Reason and collection so far"))


class CheckForm(forms.Form):
    """The check of papers that were brought: a verdict and a remark each."""

    def __init__(self, *args, papers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.brought = [(PaperKind(paper.kind), paper) for paper in papers]
        for kind, _paper in self.brought:
            self.fields[f"verdict_{kind}"] = forms.ChoiceField(label=kind.label, choices=VERDICTS, required=False)
            self.fields[f"remark_{kind}"] = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def clean(self):
        """What is not in order says why; something is looked at."""
        said = super().clean()
        for kind, _paper in self.brought:
            if said.get(f"verdict_{kind}") == "bad" and not said.get(f"remark_{kind}"):
                self.add_error(f"remark_{kind}", _gettext("Say why “%(paper)s” is not in order.") % {"paper": kind.label})
        if self.brought and not any(said.get(f"verdict_{kind}") for kind, _paper in self.brought):
            self.add_error(f"verdict_{self.brought[0][0]}", _gettext("Give the verdict on one paper at least."))
        return said

    def lines(self):
        """(paper, verdict, remark) of every paper."""
        return [(paper, self[f"verdict_{kind}"], self[f"remark_{kind}"]) for kind, paper in self.brought]

    def found(self):
        """The verdicts that were given."""
        said = self.cleaned_data
        return [Found(kind, said[f"verdict_{kind}"] == "good", said[f"remark_{kind}"]) for kind, _paper in self.brought if said[f"verdict_{kind}"]]


class SignForm(forms.Form):
    words = words(_("Opinion"), 300)


class PaymentForm(forms.Form):
    day = DayField(label=_("Day of the payment"))
    document = forms.CharField(label=_("Document number"), max_length=60)


class RecoveryForm(forms.Form):
    amount = YuanField(label=_("Amount (yuan)"))
    source = forms.ChoiceField(label=_("From whom"), choices=Recovery.Source)
    day = DayField(label=_("Received on"))
    document = forms.CharField(label=_("Document number"), max_length=60)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ReverseRecoveryForm(forms.Form):
    recovery = forms.ModelChoiceField(label=_("Recovery"), queryset=Recovery.objects.none(), empty_label=None)
    reason = words(_("Reason"), 200)

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recovery"].queryset = among
        self.fields["recovery"].label_from_instance = lambda one: f"{one.day.isoformat()}  {one.document}  {one.amount:,.2f}"


class UndoForm(forms.Form):
    reason = words(_("Reason"), 200)


class WriteOffForm(PapersForm):
    cause = forms.ChoiceField(label=_("Cause"), choices=WriteOff.Cause)
    reason = words(_("Reason and recovery so far"))


class SuspendForm(forms.Form):
    account = forms.ModelChoiceField(label=_("Bank"), queryset=FundAccount.objects.select_related("bank"), empty_label=None)
    reason = words(_("Reason"), 300)


class LiftForm(forms.Form):
    words = words(_("New risk control agreed"), 300)
