"""People and businesses who come to the counter, and the papers that they bring."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from applicants.encryption import EncryptedText
from applicants.identity import age, masked


class Group(models.TextChoices):
    """The groups of policy/groups.csv: who the documents speak of."""

    LAID_OFF_SOE = "laid_off_soe", _("Laid-off worker of a state firm")
    SOE_CLOSURE = "soe_closure", _("Worker of a closed or bankrupt state firm")
    COLLECTIVE_LAID_OFF = "collective_laid_off", _("Laid-off worker of a collective firm")
    DIBAO_UNEMPLOYED = "dibao_unemployed", _("On minimum income and unemployed for a year or more")
    ZERO_EMPLOYMENT_FAMILY = "zero_employment_family", _("Member of a zero-employment family")
    REGISTERED_UNEMPLOYED = "registered_unemployed", _("Registered urban unemployed")
    VETERAN = "veteran", _("Veteran")
    GRADUATE = "graduate", _("College graduate")
    HARD_TO_EMPLOY = "hard_to_employ", _("Person hard to employ")
    DISABLED = "disabled", _("Disabled person")
    WOMAN = "woman", _("Woman")
    RELEASED_PRISONER = "released_prisoner", _("Released prisoner")
    RETURNING_MIGRANT = "returning_migrant", _("Returned migrant worker starting a business")
    OVERCAPACITY = "overcapacity", _("Worker of an overcapacity firm")
    ONLINE_MERCHANT = "online_merchant", _("Online merchant")
    REGISTERED_POOR = "registered_poor", _("Registered poor (lifted out of poverty)")
    RURAL_ENTREPRENEUR = "rural_entrepreneur", _("Farmer starting a business in the country")
    COVID_EXTRA = "covid_extra", _("Self-employed hit by the epidemic")
    SIYB_EXCELLENT = "siyb_excellent", _("Excellent SIYB trainee")
    LABOUR_INTENSIVE_FIRM = "labour_intensive_firm", _("Labour-intensive small enterprise")
    SMALL_MICRO_FIRM = "small_micro_firm", _("Small or micro enterprise")


class Community(models.Model):
    """A street or town that recommends applicants, and the loan officer who looks after it."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("loan officer"), on_delete=models.PROTECT, null=True, blank=True, related_name="communities"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def __str__(self):
        return self.name


class Household(models.Model):
    """People who live together: at most one live loan among them."""

    zero_employment = models.BooleanField(_("zero-employment family"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self):
        return f"{self.pk}"


class Applicant(models.Model):
    """A person or an enterprise, registered once, whatever they apply for later."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ENTERPRISE = "enterprise", _("Enterprise")

    class Sex(models.TextChoices):
        MALE = "M", _("Male")
        FEMALE = "F", _("Female")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True, db_index=True)  # "tianguopeng", for search
    initials = models.CharField(max_length=60, blank=True, db_index=True)  # "tgp"
    identity_number = EncryptedText(_("identity number"), null=True, editable=False)
    identity_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    last_four_index = models.CharField(max_length=64, null=True, db_index=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True, db_index=True)
    community = models.ForeignKey(Community, verbose_name=_("community"), on_delete=models.PROTECT, null=True, blank=True, related_name="applicants")
    address = models.CharField(_("address"), max_length=120, blank=True)
    household = models.ForeignKey(Household, verbose_name=_("household"), on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    certificate_number = models.CharField(_("re-employment certificate no."), max_length=30, blank=True)
    credit_code = models.CharField(_("credit code"), max_length=18, null=True, unique=True)
    licence_number = models.CharField(_("old licence number"), max_length=20, null=True, unique=True)
    legal_representative = models.CharField(_("legal representative"), max_length=40, blank=True)
    staff_in_post = models.PositiveIntegerField(_("staff in post"), null=True)
    registered_on = models.DateField(_("registered on"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("registered by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        constraints = [
            models.CheckConstraint(
                name="applicant_is_identified",
                condition=Q(kind="person", identity_index__isnull=False, birth_date__isnull=False)
                | (Q(kind="enterprise") & (Q(credit_code__isnull=False) | Q(licence_number__isnull=False))),
                violation_error_message=_("A person needs an identity number; an enterprise needs a credit code or its old licence number."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_enterprise(self):
        return self.kind == self.Kind.ENTERPRISE

    @property
    def masked_number(self):
        """The identity number as most people may see it; an enterprise's number is public."""
        if self.is_enterprise:
            return self.credit_code or self.licence_number
        return masked(self.identity_number)

    def age_on(self, day):
        """Whole years lived by a day."""
        return age(self.birth_date, day)


class GroupMembership(models.Model):
    """That a person belongs to a group, and the proof of it."""

    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="memberships")
    group = models.CharField(_("group"), max_length=30, choices=Group)
    proof = models.CharField(_("proof"), max_length=60, blank=True)
    proof_number = models.CharField(_("number of the proof"), max_length=40, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)  # the paper's own last day, where it names one
    added_on = models.DateField(_("added on"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        constraints = [models.UniqueConstraint(name="membership_once", fields=["applicant", "group"])]

    def __str__(self):
        return self.get_group_display()


def paper_path(paper, filename):
    """An unguessable name; the name that the clerk gave stays in the row."""
    return f"{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


class Paper(models.Model):
    """One paper: its original seen, a copy kept, or a scan attached; of a person, or of one step of one case."""

    class Kind(models.TextChoices):
        APPLICATION_FORM = "application_form", _("Application and review form")
        IDENTITY_CARD = "identity_card", _("Identity card")
        HOUSEHOLD_BOOK = "household_book", _("Household register")
        MARRIAGE = "marriage", _("Marriage certificate")
        SPOUSE_IDENTITY = "spouse_identity", _("Spouse's identity card")
        GROUP_PROOF = "group_proof", _("Proof of the group")
        LICENCE = "licence", _("Business licence")
        PREMISES = "premises", _("Title deed or lease of the premises")
        TRAINING_CERTIFICATE = "training_certificate", _("Start-up training certificate")
        PROJECT_PLAN = "project_plan", _("Feasibility analysis and plan")
        GUARANTOR_PAPERS = "guarantor_papers", _("Guarantor's identity and income papers")
        STAFF_LIST = "staff_list", _("Staff list, payroll and contracts")
        STATEMENTS = "statements", _("Statements and articles")
        PHOTO = "photo", _("Photo")
        SIGNED_FORM = "signed_form", _("Signed scan")
        OTHER = "other", _("Other")

    class Held(models.TextChoices):
        ORIGINAL_SEEN = "original", _("Original seen")
        COPY_KEPT = "copy", _("Copy kept")
        SCAN = "scan", _("Scan attached")

    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="papers")
    case_number = models.CharField(_("case"), max_length=20, blank=True, db_index=True)
    step = models.CharField(_("step"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    held = models.CharField(_("how it is held"), max_length=10, choices=Held)
    file = models.FileField(_("scan"), upload_to=paper_path, blank=True)
    original_name = models.CharField(max_length=160, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    added_on = models.DateField(_("added on"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(
                name="paper_scan_has_file",
                condition=(Q(held="scan") & ~Q(file="")) | (~Q(held="scan") & Q(file="")),
                violation_error_message=_("A scan needs its file; a paper seen or copied has none."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @staticmethod
    def named(kinds):
        """These kinds of paper in one line of the reader's language."""
        return pgettext("in a list", ", ").join(str(Paper.Kind(kind).label) for kind in kinds)
