"""What is typed at each step of a case: shapes, not rules."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applicants.models import Paper
from loans.models import PolicyDocument, Stance
from staff.forms import DayField, YuanField

YES_NO = ((True, pgettext_lazy("answer", "Yes")), (False, pgettext_lazy("answer", "No")))


def _words(label, most=500, **kwargs):
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **kwargs)


def _yes_no(label, **kwargs):
    return forms.TypedChoiceField(label=label, choices=YES_NO, coerce=lambda value: value in (True, "True"), widget=forms.RadioSelect, **kwargs)


class RecommendForm(forms.Form):
    words = _words(_("Community's words"), 300)


class FirstReviewForm(forms.Form):
    micro_profit = _yes_no(_("Micro-profit project"), help_text=_("Decides on the interest subsidy"))
    words = _words(_("Opinion of first review"))


class SecondReviewForm(forms.Form):
    words = _words(_("Opinion of second review"))


class ReturnForm(forms.Form):
    missing = forms.MultipleChoiceField(label=_("Missing papers"), choices=Paper.Kind, widget=forms.CheckboxSelectMultiple, required=False)
    wanted = _words(_("What is wanted"), 150, required=False, help_text=_("The applicant reads this on the notice"))
    answer_by = DayField(label=_("To be brought by"))

    def __init__(self, *args, kinds=None, **kwargs):
        super().__init__(*args, **kwargs)
        if kinds:
            self.fields["missing"].choices = [(kind, Paper.Kind(kind).label) for kind in kinds]


class CompleteForm(forms.Form):
    pass


class SendBackForm(forms.Form):
    reason = _words(_("Why another visit is needed"))


class TakeOutForm(forms.Form):
    reason = _words(_("Why it is taken out"), 200)


class RefuseForm(forms.Form):
    document = forms.ModelChoiceField(
        label=_("Document"), queryset=PolicyDocument.objects.all(), required=False, empty_label=_("another, named below"), to_field_name="number"
    )
    rule = forms.CharField(label=_("Rule"), max_length=120, help_text=_("Article or rule that the refusal goes by"))
    reason = _words(_("Why it stands against this application"), 300)

    def cleaned_rule(self):
        """The document with its rule, as the refusal names it."""
        document = self.cleaned_data["document"]
        return f"{document} {self.cleaned_data['rule']}" if document else self.cleaned_data["rule"]


class WithdrawForm(forms.Form):
    reason = _words(_("Why the applicant withdraws"), 300)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once."""

    def __init__(self, **kwargs):
        super().__init__(widget=ManyFiles({"multiple": True, "accept": "image/jpeg,image/png"}), **kwargs)

    def clean(self, data, initial=None):
        return [super(PhotosField, self).clean(one, initial) for one in (data or [])]


class VisitForm(forms.Form):
    visit_day = DayField(label=_("Day of the visit"))
    place = forms.CharField(label=_("Place"), max_length=120)
    who_went = forms.CharField(label=_("Who went"), max_length=200, help_text=_("One of employment, finance and bank each"))
    premises = forms.CharField(label=_("Premises"), max_length=200)
    trade_seen = forms.CharField(label=_("Trade"), max_length=200)
    own_money = YuanField(label=_("Own money (yuan)"))
    expected_income = YuanField(label=_("Expected income a year (yuan)"))
    debts = YuanField(label=_("Debts (yuan)"), initial=0)
    workers = forms.IntegerField(label=_("Workers"), min_value=0, max_value=9999)
    agrees = _yes_no(_("Person, papers and place agree"))
    photos = PhotosField(label=_("Photos"), required=False)
    note = _words(_("Note"), required=False)


class OpinionForm(forms.Form):
    stance = forms.ChoiceField(label=_("Opinion"), choices=Stance, widget=forms.RadioSelect)
    amount = YuanField(label=_("Amount (yuan)"))
    term_months = forms.IntegerField(label=_("Term (months)"), min_value=1, max_value=120)
    conditions = _words(_("Conditions"), 300, required=False, help_text=_("Where the opinion has any"))
    reason = _words(_("Reason"))


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Paper"), choices=Paper.Kind)
    held = forms.ChoiceField(label=_("How it is held"), choices=Paper.Held)
    step = forms.ChoiceField(label=_("Signed step"), required=False, help_text=_("Of a signed scan: the step that it signs"))
    file = forms.FileField(
        label=_("Scan"), required=False, help_text=_("PDF, JPEG or PNG"), widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"})
    )
    about = forms.CharField(label=_("Note"), max_length=200, required=False)

    STEPS = (
        ("", "—"),
        ("application", _("Application")),
        ("recommendation", _("Community's recommendation")),
        ("first_review", _("First review")),
        ("opinion", _("Opinion")),
        ("second_review", _("Second review")),
        ("approval", _("Approval")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = self.STEPS
