"""The application form (申请审核表) as it is typed at the counter."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from applicants.forms import CHOOSE, IDENTITY
from applicants.models import Applicant, Community, Group, Paper
from applicants.queries import household_of
from loans.actions import Guarantor, Proof, Spouse
from loans.checklist import WANTED
from loans.eligibility import behind
from loans.forms_of_repayment import Form
from loans.models import BorrowerKind, CounterGuarantee
from loans.models.lending_rules import NEED_NONE
from staff.forms import DayField, YuanField
from staff.models import Bank

TRADES = ("种植业", "养殖业", "食品加工", "服装加工", "餐饮服务", "批发零售", "修理修配", "家政服务", "理发美容", "运输服务")
ENTRY = ("name", "phone", "community", "address")
OF_PERSON, OF_FIRM = (*ENTRY, "certificate_number"), (*ENTRY, "legal_representative", "staff_in_post")
LOAN = (
    "borrower_kind",
    "partners",
    "new_hires",
    "group",
    "community",
    "bank",
    "project",
    "trade",
    "place",
    "licence",
    "own_funds",
    "amount",
    "use",
    "term",
    "form",
    "grace_months",
    "expected_workers",
    "siyb_excellent",
    "remark",
)


def _text(label, most, **kwargs):
    return forms.CharField(label=label, max_length=most, **{"required": False, **kwargs})


class Member(forms.ModelChoiceField):
    """One of the household, told by name and masked number."""

    def label_from_instance(self, person):
        return f"{person.name} {person.masked_number}"


class ApplicationForm(forms.Form):
    """All that the form asks, in the order in which it is asked."""

    borrower_kind = forms.ChoiceField(label=_("Borrower kind"), choices=BorrowerKind, initial=BorrowerKind.INDIVIDUAL, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Identity number, or the firm's registration number"), max_length=24, widget=forms.TextInput({**IDENTITY, "autofocus": ""})
    )
    name = _text(_("Name of person or firm"), 60, required=True)
    phone = _text(_("Telephone"), 30, required=True)
    community = forms.ModelChoiceField(label=_("Community"), queryset=Community.objects.all(), empty_label=_("please choose"))
    address = _text(_("Address"), 120)
    certificate_number = _text(_("Re-employment certificate no."), 30)
    legal_representative = _text(_("Legal representative"), 40)
    staff_in_post = forms.IntegerField(label=_("Staff in post"), min_value=1, max_value=100000, required=False)
    new_hires = forms.IntegerField(label=_("Newly hired within a year"), min_value=0, max_value=100000, required=False)
    partners = forms.IntegerField(label=_("Partners"), min_value=2, max_value=50, required=False)

    group = forms.ChoiceField(label=_("Group relied on"), choices=[*CHOOSE, *Group.choices])
    group_proof = _text(_("Proof"), 60)
    group_proof_number = _text(_("Number of the proof"), 40)
    group_valid_until = DayField(label=_("Valid until"), required=False, help_text=_("Where the paper names a last day"))
    zero_employment_proof = _text(_("Zero-employment family: proof"), 200)
    siyb_excellent = forms.BooleanField(label=_("Asks as an excellent SIYB trainee"), required=False)

    spouse = Member(label=_("Spouse, of those in the household"), queryset=Applicant.objects.none(), required=False, empty_label=_("nobody of them"))
    spouse_name = _text(_("Spouse's name"), 60)
    spouse_number = forms.CharField(label=_("Spouse's identity number"), max_length=24, required=False, widget=forms.TextInput(IDENTITY))

    project = _text(_("Project"), 60, required=True)
    trade = forms.CharField(label=_("Trade"), max_length=30, widget=forms.TextInput({"list": "trades", "autocomplete": "off"}))
    place = _text(_("Place of business"), 120, required=True)
    licence = _text(_("Business licence no."), 40)
    own_funds = YuanField(label=_("Own funds (yuan)"))
    expected_workers = forms.IntegerField(label=_("Expected workers"), min_value=1, max_value=9999, initial=1)

    bank = forms.ModelChoiceField(label=_("Handling bank"), queryset=Bank.objects.filter(is_active=True), empty_label=_("please choose"))
    amount = YuanField(label=_("Amount asked (yuan)"))
    term = forms.IntegerField(label=_("Term (months)"), min_value=1, max_value=120, initial=24)
    form = forms.ChoiceField(label=_("Form of repayment"), choices=[c for c in Form.choices if c[0] != Form.CUSTOM], initial=Form.GRACE_QUARTERLY)
    grace_months = forms.IntegerField(label=_("Months without principal"), min_value=0, max_value=60, initial=6)
    use = _text(_("Use of the money"), 200, required=True)
    remark = _text(_("Remark"), 300)

    def __init__(self, *args, known=None, **kwargs):
        """`known`: the registered applicant that the form is about; the number then stays masked and is not typed again."""
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["spouse"].queryset = household_of(known) if known else Applicant.objects.none()
        self.home = known is not None and self.fields["spouse"].queryset.exists()
        if known:
            number = self.fields["number"]
            number.disabled, number.initial, number.required = True, known.masked_number, False

    def clean(self):
        data = self.cleaned_data
        if bool(data.get("spouse_name")) != bool(data.get("spouse_number")):
            self.add_error("spouse_number" if data.get("spouse_name") else "spouse_name", _("A spouse has a name and an identity number."))
        if data.get("spouse") and data.get("spouse_name"):
            self.add_error("spouse", _("Choose the spouse here, or type name and number of somebody new: not both."))
        if data.get("borrower_kind") == BorrowerKind.PARTNERSHIP and not data.get("partners"):
            self.add_error("partners", _("How many partners are there?"))
        if data.get("borrower_kind") == BorrowerKind.ENTERPRISE:
            for field in ("legal_representative", "staff_in_post", "new_hires"):
                if data.get(field) in (None, ""):
                    self.add_error(field, _("An enterprise states this."))
        return data

    def for_counter(self):
        """What was typed, as `actions.take_application` takes it."""
        data = self.cleaned_data
        firm = data["borrower_kind"] == BorrowerKind.ENTERPRISE
        return {
            **{name: data[name] for name in LOAN},
            "number": _number(self.known) if self.known else data["number"],
            "entry": {name: data[name] for name in (OF_FIRM if firm else OF_PERSON)},
            "groups": [Proof(data["group"], data["group_proof"], data["group_proof_number"], data["group_valid_until"])],
            "zero_employment_proof": data["zero_employment_proof"],
            "spouse": _spouse(data),
        }


def _spouse(data):
    if data["spouse"]:
        return Spouse(data["spouse"].name, data["spouse"].identity_number)
    return Spouse(data["spouse_name"], data["spouse_number"]) if data["spouse_name"] else None


def _number(applicant):
    return (applicant.credit_code or applicant.licence_number) if applicant.is_enterprise else applicant.identity_number


class GuarantorForm(forms.Form):
    """Who or what stands behind the borrower."""

    kind = forms.ChoiceField(label=_("Counter-guarantee"), choices=[("", _("none")), *CounterGuarantee.Kind.choices], required=False)
    name = _text(_("Name of person or firm"), 60)
    identity_number = forms.CharField(label=_("Identity number"), max_length=24, required=False, widget=forms.TextInput(IDENTITY))
    employer = _text(_("Employer"), 80)
    phone = _text(_("Telephone"), 30)
    thing = _text(_("Mortgaged or pledged thing"), 120)
    certificate = _text(_("Certificate no."), 60)
    owner = _text(_("Owner"), 60)
    value = YuanField(label=_("Value (yuan)"), required=False)
    group = forms.ChoiceField(label=_("Exempt as"), choices=[("", _("small sum, or not exempt")), *NEED_NONE], required=False)
    reason = _text(_("Particulars or reason"), 200)

    def clean(self):
        for name in behind.WHOLE.get(self.cleaned_data.get("kind"), ()):
            field = "identity_number" if name == "person" else name
            if field in self.cleaned_data and not self.cleaned_data[field]:
                self.add_error(field, _("This kind of counter-guarantee needs it."))
        return self.cleaned_data


class GroupProofForm(forms.Form):
    """A further group of the applicant, and its proof."""

    group = forms.ChoiceField(label=_("Also in the group"), choices=[("", _("none")), *Group.choices], required=False)
    proof = _text(_("Proof"), 60)
    proof_number = _text(_("Number of the proof"), 40)


class PapersForm(forms.Form):
    """Which papers were brought to the counter, and how they are held; scans are attached on the case's page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = [("", _("not yet")), (Paper.Held.ORIGINAL_SEEN, _("Original seen")), (Paper.Held.COPY_KEPT, _("Copy kept"))]
        for kind, _needed in WANTED:
            self.fields[str(kind)] = forms.ChoiceField(label=kind.label, choices=held, required=False)

    def brought(self):
        """(kind, how it is held) of every paper that is there."""
        return [(kind, held) for kind, held in self.cleaned_data.items() if held]


Guarantors = formset_factory(GuarantorForm, extra=2, max_num=6)
OtherGroups = formset_factory(GroupProofForm, extra=2, max_num=4)


def guarantors(formset):
    """The rows that name somebody or something."""
    return [Guarantor(**row) for row in formset.cleaned_data if row.get("kind")]


def other_groups(formset):
    """The rows that name a group."""
    return [Proof(**row) for row in formset.cleaned_data if row.get("group")]
