"""What is typed about a claim: shapes, not rules."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.claims.actions import Figures
from repayments.claims.uploads import BadList, read
from repayments.models import SubsidyClaim, SubsidyLine
from repayments.subsidy import Quarter
from staff.forms import DayField, YuanField, plain
from staff.models import Bank, Role

BIGGEST_FILE = 5 * 1024 * 1024


class ClaimForm(forms.Form):
    """The bank's own figures of a quarter (贴息资金申请), and its list per loan."""

    bank = forms.ModelChoiceField(label=_("Bank"), queryset=Bank.objects.filter(is_active=True))
    quarter = forms.ChoiceField(label=_("Quarter"))
    lent = YuanField(label=_("Lent in the quarter (yuan)"), required=False)
    loans = forms.IntegerField(label=_("Loans in the quarter"), required=False, min_value=0)
    opening = YuanField(label=_("Balance at the beginning (yuan)"), required=False)
    closing = YuanField(label=_("Balance at the end (yuan)"), required=False)
    claimed = YuanField(label=_("Amount claimed (yuan)"), required=False, help_text=_("Left open, the list per loan says it"))
    file = forms.FileField(
        label=_("List per loan"),
        required=False,
        help_text=_("Excel or CSV with the columns 借据号 and 申请贴息资金额; without a list the total alone is compared"),
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args, user, quarters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(str(quarter), name) for quarter, name in quarters]
        if user.role == Role.BANK:
            self.fields["bank"].queryset = Bank.objects.filter(pk=user.bank_id)
            self.fields["bank"].initial = user.bank_id

    def clean_quarter(self):
        return Quarter.parse(self.cleaned_data["quarter"])

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given is None:
            return None
        if given.size > BIGGEST_FILE:
            raise forms.ValidationError(_gettext("The file is too large: at most 5 MB."))
        try:
            return read(given.name, given.read())
        except BadList as bad:
            raise forms.ValidationError(bad.faults) from bad

    def clean(self):
        given = super().clean()
        if not self.errors and given["claimed"] is None:
            if given["file"] is None:
                self.add_error("claimed", _gettext("Say what is claimed, or bring the list per loan."))
            else:
                given["claimed"] = sum((one.amount for one in given["file"]), Decimal("0.00"))
        return given

    @property
    def figures(self):
        return Figures(**{name: self.cleaned_data[name] for name in Figures._fields})


class ReviewForm(forms.Form):
    """The office's opinion, with a reason for every difference."""

    difference = forms.CharField(label=_("Why the totals differ"), max_length=300, required=False)
    for_all = forms.CharField(label=_("Reason for every loan left blank below"), max_length=200, required=False)
    words = forms.CharField(label=_("Opinion of the office"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, claim: SubsidyClaim, differing: list[SubsidyLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.differing = differing
        if claim.by_loan:
            del self.fields["difference"]
        if not differing:
            del self.fields["for_all"]
        for line in differing:
            label = f"{_gettext('Why they differ')} {line.iou}"
            widget = forms.TextInput({"aria-label": label})
            self.fields[f"reason_{line.pk}"] = forms.CharField(label=label, max_length=200, required=False, initial=line.reason, widget=widget)

    @property
    def lines(self):
        """(line, its field) of every loan on which bank and book differ."""
        return [(line, self[f"reason_{line.pk}"]) for line in self.differing]

    @property
    def reasons(self):
        given = self.cleaned_data
        return {line.pk: given[f"reason_{line.pk}"] or given.get("for_all", "") for line in self.differing}


class ApproveForm(forms.Form):
    """Finance's decision: as proposed, but for the loans named with less."""

    cuts = forms.CharField(
        label=_("Approved for less"),
        required=False,
        help_text=_("One loan a line: IOU number, a space, the amount in yuan. All others are approved as proposed."),
        widget=forms.Textarea({"rows": 3, "placeholder": "NJ20100012 300.00"}),
    )
    words = forms.CharField(label=_("Opinion of finance"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, claim: SubsidyClaim, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = {line.iou: line.pk for line in claim.lines.filter(of_quarter=claim.quarter)}

    def clean_cuts(self):
        amounts, faults = {}, []
        for number, line in enumerate(self.cleaned_data["cuts"].splitlines(), 1):
            if not line.strip():
                continue
            iou, _space, amount = line.strip().replace("\t", " ").partition(" ")
            try:
                amounts[self.own[plain(iou)]] = Decimal(plain(amount).replace(",", "")).quantize(Decimal("0.01"))
            except KeyError:
                faults.append(_gettext("Line %(n)s: the claim has no loan %(iou)s in its own quarter.") % {"n": number, "iou": iou})
            except InvalidOperation:
                faults.append(_gettext("Line %(n)s: “%(amount)s” is no amount.") % {"n": number, "amount": amount})
        if faults:
            raise forms.ValidationError(faults)
        return amounts


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class PaymentForm(forms.Form):
    """A payment order of the treasury."""

    amount = YuanField(label=_("Amount (yuan)"), min_value=None)
    document = forms.CharField(label=_("Document number"), max_length=60)
    day = DayField(label=_("Day of payment"))
