"""What a policy row may say, cell by cell: checked where an administrator types it, in words that name the cell and the rule."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from applicants.models import Group
from loans.forms.rules import FIRMS
from loans.models import BorrowerKind, PolicyRow
from loans.policy import Regime
from loans.terms_words import PAYERS, SUBSIDY

CEILING = re.compile(r"agreed|(benchmark|old_lpr|lpr)\+\d{1,2}\.\d{2}")
SHARE = re.compile(r"\d(\.\d+)?")
SAYING = (
    "lending_cap_yuan",
    "per_partner_cap_yuan",
    "term_months",
    "extension_months",
    "rate_ceiling",
    "subsidy_regime",
    "finance_split",
    "leverage",
    "suspend_compensation_rate",
    "new_hire_share",
    "new_hire_share_over_100",
)
PARTS_OF_ONE = ("suspend_compensation_rate", "new_hire_share", "new_hire_share_over_100")
ABOVE_NOTHING = ("lending_cap_yuan", "per_partner_cap_yuan", "term_months", "leverage")


class PolicyRowCells(forms.ModelForm):
    """The cells of one row; groups are ticked, regimes chosen by their words."""

    borrower_kind = forms.ChoiceField(label=_("borrower"), choices=BorrowerKind, widget=UnfoldAdminSelectWidget)
    groups = forms.MultipleChoiceField(
        label=_("groups"),
        choices=Group,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("The row speaks only for those ticked; none: for everybody"),
    )
    subsidy_regime = forms.ChoiceField(
        label=_("subsidy regime"),
        required=False,
        choices=[("", "—"), *((regime.value, f"{regime.value} · {SUBSIDY[regime]}") for regime in Regime)],
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = PolicyRow
        fields = ("document", "effective_from", "borrower_kind", "groups", *SAYING, "status", "note")
        help_texts = {
            "rate_ceiling": _("benchmark+3.00, old_lpr+3.00, lpr+1.50 (percentage points) or agreed"),
            "finance_split": _("central=0.25;local=0.25;borrower=0.50; together 1"),
            "new_hire_share": _("a part of 1: 0.15 is 15 %"),
        }

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        self.initial["groups"] = [code for code in (self.initial.get("groups") or "").split(";") if code]

    def clean_groups(self):
        return ";".join(self.cleaned_data["groups"])

    def clean_rate_ceiling(self):
        value = self.cleaned_data["rate_ceiling"].strip()
        if value and not CEILING.fullmatch(value):
            words = _("Write benchmark+3.00, old_lpr+3.00, lpr+1.50 (points with two decimals) or agreed; %(value)s is none of these.")
            raise forms.ValidationError(words, params={"value": value})
        return value

    def clean_finance_split(self):
        return checked_split(self.cleaned_data["finance_split"], PAYERS)

    def clean(self):
        cleaned = super().clean()
        self._check_figures(cleaned)
        self._check_groups(cleaned)
        said = [name for name in SAYING if cleaned.get(name) not in (None, "")]
        if cleaned.get("status") == PolicyRow.Status.TEXT_MISSING and said:
            self.add_error(said[0], _("A row whose text is missing fills no cell: read the paper first, or choose another status."))
        if cleaned.get("finance_split") and not cleaned.get("subsidy_regime"):
            self.add_error("subsidy_regime", _("Who pays belongs to a regime: name the regime of this row."))
        if not said and not self.errors and not self.instance.pk and cleaned.get("status") != PolicyRow.Status.TEXT_MISSING:
            raise forms.ValidationError(_("The row says nothing: fill at least one cell, or mark that its text is missing."))
        return cleaned

    def _check_figures(self, cleaned):
        for name in ABOVE_NOTHING:
            if cleaned.get(name) is not None and cleaned[name] <= 0:
                self.add_error(name, _("This must be above 0; leave it empty where the document says nothing."))
        for name in PARTS_OF_ONE:
            if cleaned.get(name) is not None and not 0 < cleaned[name] <= 1:
                self.add_error(name, _("A part of 1: 0.15 is 15 %."))
        lower, usual = cleaned.get("new_hire_share_over_100"), cleaned.get("new_hire_share")
        if lower and usual and lower > usual:
            self.add_error("new_hire_share_over_100", _("Above 100 staff the share is not higher than the usual one."))

    def _check_groups(self, cleaned):
        firms = [code for code in (cleaned.get("groups") or "").split(";") if code in FIRMS]
        others = [code for code in (cleaned.get("groups") or "").split(";") if code and code not in FIRMS]
        if cleaned.get("borrower_kind") == BorrowerKind.ENTERPRISE and others:
            self.add_error("groups", _("Enterprises belong to groups of enterprises only."))
        if cleaned.get("borrower_kind") in (BorrowerKind.INDIVIDUAL, BorrowerKind.PARTNERSHIP) and firms:
            self.add_error("groups", _("These groups are of enterprises only."))


def checked_split(text, among):
    """Payers and shares as typed, nothing where nothing was: each payer once and one `among` these, each share a part of 1, all together 1."""
    value = text.strip()
    if value:
        _check_split(value, among)
    return value


def _check_split(value, among):
    parts = [part.partition("=") for part in value.split(";")]
    payers = [payer for payer, _is, _share in parts]
    if wrong := [payer for payer in payers if payer not in among]:
        raise forms.ValidationError(_("“%(payer)s” is no payer: write %(payers)s."), params={"payer": wrong[0], "payers": "、".join(among)})
    if len(set(payers)) < len(payers):
        raise forms.ValidationError(_("A payer stands twice."))
    if any(not SHARE.fullmatch(share) for _payer, _is, share in parts):
        raise forms.ValidationError(_("Each share is a part of 1, such as central=0.25."))
    whole = sum(Decimal(share) for _payer, _is, share in parts)
    if whole != 1:
        raise forms.ValidationError(_("The shares add up to %(sum)s; they must add up to 1."), params={"sum": whole})
