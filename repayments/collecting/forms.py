"""What is typed when money is collected: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models import Community
from repayments.half_year.columns import BUCKET_WORDS
from repayments.models import CollectionNote, Reminder
from repayments.queries import BUCKETS
from staff.forms import DayField, YuanField
from staff.models import Bank, Role, User


class NoteForm(forms.Form):
    """One attempt to collect."""

    day = DayField(label=_("Day"))
    how = forms.ChoiceField(label=_("How"), choices=CollectionNote.How, widget=forms.RadioSelect)
    with_whom = forms.CharField(label=_("With whom"), max_length=60)
    said = forms.CharField(label=_("What was said"), max_length=500, widget=forms.Textarea({"rows": 3}))
    promised_amount = YuanField(label=_("Promised to pay (yuan)"), required=False, min_value=1)
    promised_day = DayField(label=_("By which day"), required=False)
    next_action = forms.CharField(label=_("Next action"), max_length=200, required=False)
    next_day = DayField(label=_("On which day"), required=False)


class DunForm(forms.Form):
    """By when the borrower is to pay."""

    pay_by = DayField(label=_("To be paid by"))
    interest = YuanField(label=_("Interest in arrears (yuan)"), required=False)

    def clean_interest(self):
        return self.cleaned_data["interest"] or 0


class Filter(forms.Form):
    """Which of the rows: nothing chosen is everybody."""

    officer = forms.ModelChoiceField(label=_("Loan officer"), queryset=User.objects.filter(role=Role.LOAN_OFFICER), required=False, empty_label=_("All"))
    bank = forms.ModelChoiceField(label=_("Bank"), queryset=Bank.objects.all(), required=False, empty_label=_("All"))
    community = forms.ModelChoiceField(label=_("Community"), queryset=Community.objects.order_by("name"), required=False, empty_label=_("All"))

    def chosen(self, loans):
        """These loans as far as officer, bank and community are the chosen ones."""
        wanted = {name: self.cleaned_data[name] for name in ("officer", "bank", "community") if self.is_valid() and self.cleaned_data[name]}
        return loans.filter(**wanted)


class ReminderFilter(Filter):
    rung = forms.ChoiceField(label=_("When"), choices=[("", _("All")), *Reminder.Rung.choices], required=False)
    due = DayField(label=_("Due day"), required=False)


class ArrearsFilter(Filter):
    bucket = forms.ChoiceField(label=_("Bucket"), choices=[("", _("All")), *((name, BUCKET_WORDS[name]) for name in BUCKETS[1:5])], required=False)
