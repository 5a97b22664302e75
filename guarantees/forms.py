"""What is typed about promises, the bank's steps and the fund: shapes, not rules."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from guarantees import statement_file
from guarantees.models import FundAccount
from guarantees.plans import QUARTERS, Figures, Grid
from staff.forms import DayField, YuanField
from staff.models import Bank
from staff.templatetags.office import month

LARGEST_FILE = 2 * 1024 * 1024


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
    penalty_rate = forms.DecimalField(
        label=_("Penalty rate (% a year)"),
        max_digits=7,
        decimal_places=4,
        min_value=0,
        required=False,
        help_text=_("Left empty: one and a half times the rate"),
    )
    penalty_on_rows = forms.BooleanField(label=_("Penalty interest on late instalments too, not only after maturity"), required=False)


class DisbursementForm(forms.Form):
    day = DayField(label=_("Paid out on"))
    amount = YuanField(label=_("Amount lent (yuan)"))
    iou_number = forms.CharField(label=_("IOU no."), max_length=40)
    difference_reason = forms.CharField(label=_("Why less than promised"), max_length=200, required=False)


def _account(label):
    return forms.ModelChoiceField(label=label, queryset=FundAccount.objects.select_related("bank"), empty_label=_("please choose"))


class MoneyForm(forms.Form):
    """Money that moves in the fund: how much, when, by which paper."""

    between: tuple[str, ...] = ()

    amount = YuanField(label=_("Amount (yuan)"))
    document = forms.CharField(label=_("Document number"), max_length=60)
    value_date = DayField(label=_("Day"))
    memo = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def accounts(self):
        """The fund accounts as chosen; nothing while one is missing."""
        chosen = {name: self.cleaned_data[name] for name in self.between if self.is_bound and self.cleaned_data.get(name)}
        return chosen if len(chosen) == len(self.between) else {}


class AccountForm(MoneyForm):
    """Money that comes to the fund at one bank, or leaves it."""

    between = ("account",)
    field_order = ("account",)
    account = _account(_("Fund at"))


class TransferForm(MoneyForm):
    """Money that moves from the fund at one bank to that at another."""

    between = ("source", "target")
    field_order = ("source", "target")
    source = _account(_("From the fund at"))
    target = _account(_("To the fund at"))


class FreeLineForm(forms.Form):
    """One amount that nobody has asked for yet, at one bank, from one month on."""

    bank = forms.ModelChoiceField(label=_("Bank"), queryset=Bank.objects.filter(fund_account__isnull=False), empty_label=None, required=False)
    amount = YuanField(label=_("Amount (yuan)"), required=False, min_value=1)
    month = forms.ChoiceField(label=_("From"), required=False)

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [("0", _("today")), *((str(at), month(day)) for at, day in enumerate(days[1:], start=1))]

    def clean(self):
        if self.cleaned_data.get("amount") and not self.cleaned_data.get("bank"):
            self.add_error("bank", _("Choose the bank of this amount."))
        return self.cleaned_data


class PlanForm(forms.Form):
    """A year's plan as a grid: loans, amount and jobs of every bank's quarters, and of every group."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=300, required=False)

    def __init__(self, *args, banks, groups, grid=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.banks, self.groups = list(banks), list(groups)
        given = (
            {} if grid is None else {f"q-{bank}-{quarter}": f for (bank, quarter), f in grid.quarters.items()} | {f"g-{g}": f for g, f in grid.groups.items()}
        )
        for key, label in (*self._quarters(), *self._groups()):
            for name, figure in zip(Figures._fields, given.get(key, Figures()), strict=True):
                self.fields[f"{key}-{name}"] = self._field(name, label, figure)

    def grid(self):
        """What was typed, as a plan's grid; blank is nothing."""
        quarters = {(bank.pk, quarter): self._figures(f"q-{bank.pk}-{quarter}") for bank in self.banks for quarter in QUARTERS}
        return Grid(quarters, {group: self._figures(f"g-{group}") for group, _label in self.groups})

    @property
    def bank_rows(self):
        """(label, fields) of every bank's quarters, under each bank's name."""
        return [(bank, [(quarter, self._fields_of(f"q-{bank.pk}-{quarter}")) for quarter in QUARTERS]) for bank in self.banks]

    @property
    def group_rows(self):
        return [(label, self._fields_of(f"g-{group}")) for group, label in self.groups]

    def _quarters(self):
        return [(f"q-{bank.pk}-{quarter}", f"{bank} {quarter}") for bank in self.banks for quarter in QUARTERS]

    def _groups(self):
        return [(f"g-{group}", label) for group, label in self.groups]

    def _fields_of(self, key):
        return [self[f"{key}-{name}"] for name in Figures._fields]

    def _figures(self, key):
        return Figures(*(self.cleaned_data.get(f"{key}-{name}") or 0 for name in Figures._fields))

    @staticmethod
    def _field(name, label, figure):
        words = {"loans": _("loans"), "amount": _("amount (yuan)"), "jobs": _("jobs")}[name]
        kind = YuanField if name == "amount" else forms.IntegerField
        field = kind(label=f"{label} {words}", required=False, min_value=0, initial=figure or None)
        plain = {"aria-label": f"{label} {words}", "data-sum": name, "class": "num"}
        field.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", **plain})
        return field


class StatementForm(forms.Form):
    """What the bank says of one month: its closing balance, and its lines, pasted or as a file."""

    closing = YuanField(label=_("The bank's closing balance (yuan)"))
    pasted = forms.CharField(label=_("Lines: day, money in, money out, text"), required=False, widget=forms.Textarea({"rows": 8, "spellcheck": "false"}))
    file = forms.FileField(label=_("or as a file"), required=False, validators=[FileExtensionValidator(["xlsx", "xls", "csv", "txt"])])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file

    def clean(self):
        if self.cleaned_data.get("pasted") and self.cleaned_data.get("file"):
            self.add_error("file", _("Paste the lines or choose a file, not both."))
        return self.cleaned_data

    def sheet(self):
        """The cells as given; none where the month had no movement."""
        file = self.cleaned_data.get("file")
        return statement_file.sheet_of(file.read(), file.name) if file else statement_file.cells_of(self.cleaned_data.get("pasted", ""))
