"""The case itself: one application for a guaranteed loan, from the first form to the last repayment."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applicants.models import Group, Paper
from loans.forms_of_repayment import Form
from loans.states import LENT, OPEN, RESERVED, State
from staff.db import set_together


class BorrowerKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual")
    PARTNERSHIP = "partnership", _("Partnership")
    ENTERPRISE = "enterprise", _("Enterprise")


class LoanQuerySet(models.QuerySet):
    def locked(self, pk):
        """This case, locked until the transaction ends. Lock the fund account first where both are needed."""
        return self.select_for_update(of=("self",)).select_related("applicant", "bank").get(pk=pk)

    def open(self):
        """Cases that are on their way or being repaid: at most one a person, one a household."""
        return self.filter(state__in=OPEN)

    def reserved(self):
        """Promised, not yet disbursed."""
        return self.filter(state__in=RESERVED)

    def lent(self):
        """Disbursed, whether or not repaid by now."""
        return self.filter(state__in=LENT)

    def of_household(self, applicant):
        """Cases of this person or of anybody in the household."""
        return self.filter(Q(applicant=applicant) | Q(applicant__household__isnull=False, applicant__household=applicant.household_id))


def _person(label):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


def _yuan(label, **kwargs):
    return models.DecimalField(label, max_digits=12, decimal_places=2, **kwargs)


class Loan(models.Model):
    """One application for a guaranteed loan, from the first form to the last repayment."""

    State = State

    number = models.CharField(_("case number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.APPLIED, db_index=True)
    state_since = models.DateField(_("since"))
    imported = models.BooleanField(_("from the old ledger"), default=False)
    dates_assumed = models.BooleanField(_("application and contract day assumed"), default=False)

    # the application form (申请审核表)
    applicant = models.ForeignKey("applicants.Applicant", verbose_name=_("borrower"), on_delete=models.PROTECT, related_name="loans")
    borrower_kind = models.CharField(_("borrower kind"), max_length=12, choices=BorrowerKind, default=BorrowerKind.INDIVIDUAL)
    partners = models.PositiveSmallIntegerField(_("partners"), null=True, blank=True)
    spouse = models.ForeignKey("applicants.Applicant", verbose_name=_("spouse"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(_("group relied on"), max_length=30, choices=Group)
    groups = ArrayField(models.CharField(max_length=30), default=list)  # all groups at application, frozen
    community = models.ForeignKey("applicants.Community", verbose_name=_("community"), on_delete=models.PROTECT, related_name="loans")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("loan officer"), on_delete=models.PROTECT, null=True, related_name="cases")
    bank = models.ForeignKey("staff.Bank", verbose_name=_("handling bank"), on_delete=models.PROTECT, related_name="loans")
    project = models.CharField(_("project"), max_length=60)
    trade = models.CharField(_("trade"), max_length=30)
    place = models.CharField(_("place of business"), max_length=120, blank=True)
    licence = models.CharField(_("business licence no."), max_length=40, blank=True)
    own_funds = _yuan(_("own funds (yuan)"), null=True, blank=True)
    amount_asked = _yuan(_("amount asked (yuan)"))
    use = models.CharField(_("use of the money"), max_length=200, blank=True)
    term_asked = models.PositiveSmallIntegerField(_("term asked (months)"))
    form = models.CharField(_("form of repayment"), max_length=24, choices=Form)
    grace_months = models.PositiveSmallIntegerField(_("grace (months)"), default=6)
    expected_workers = models.PositiveSmallIntegerField(_("expected workers"), default=1)
    new_hires = models.PositiveSmallIntegerField(_("newly hired within a year (enterprises)"), null=True, blank=True)
    micro_profit = models.BooleanField(_("micro-profit project"), default=False)
    siyb_excellent = models.BooleanField(_("excellent SIYB trainee"), default=False)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    applied_on = models.DateField(_("applied on"))
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.PROTECT, related_name="+")

    # the office's steps
    recommended_on = models.DateField(_("recommended on"), null=True)
    recommended_by = _person(_("recommendation entered by"))
    recommendation = models.CharField(_("community's words"), max_length=300, blank=True)
    reviewed_on = models.DateField(_("first review on"), null=True)
    reviewed_by = _person(_("first reviewer"))
    review_note = models.CharField(_("first review"), max_length=500, blank=True)
    confirmed_on = models.DateField(_("second review on"), null=True)
    confirmed_by = _person(_("second reviewer"))
    confirm_note = models.CharField(_("second review"), max_length=500, blank=True)
    approved_on = models.DateField(_("approved on"), null=True)
    approved_by = _person(_("approved by"))
    approve_note = models.CharField(_("approval"), max_length=500, blank=True)
    amount_granted = _yuan(_("amount granted (yuan)"), null=True)
    term_granted = models.PositiveSmallIntegerField(_("term granted (months)"), null=True)

    # the bank's steps
    credit_decided_on = models.DateField(_("bank decided on"), null=True)
    credit_decided_by = _person(_("bank's decision by"))
    contract_number = models.CharField(_("contract no."), max_length=40, null=True)
    contract_date = models.DateField(_("contract date"), null=True)
    rate = models.DecimalField(_("rate (% a year)"), max_digits=7, decimal_places=4, null=True)
    penalty_rate = models.DecimalField(_("penalty rate (% a year)"), max_digits=7, decimal_places=4, null=True)  # null: 1.5 × the rate of the day
    penalty_on_rows = models.BooleanField(_("penalty interest on late instalments too"), default=False)  # else after maturity alone
    borrower_pays_first = models.BooleanField(_("borrower pays all interest first"), default=False)  # and is refunded: the bank's agreement of the contract day
    disbursed_on = models.DateField(_("disbursed on"), null=True)
    disbursed_by = _person(_("disbursement confirmed by"))
    principal = _yuan(_("amount lent (yuan)"), null=True)
    iou_number = models.CharField(_("IOU no."), max_length=40, null=True)
    maturity = models.DateField(_("maturity"), null=True)
    difference_reason = models.CharField(_("why it differs from the approval"), max_length=200, blank=True)

    # the end
    closed_on = models.DateField(_("closed on"), null=True)
    closed_by = _person(_("closed by"))
    closing_reason = models.CharField(_("reason"), max_length=500, blank=True)

    # terms it was decided under: values with their document numbers, frozen at approval
    terms = models.JSONField(default=dict)

    objects = LoanQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [models.Index(fields=["bank", "state"]), models.Index(fields=["disbursed_on"])]
        constraints = [
            models.UniqueConstraint(name="loan_iou_once_per_bank", fields=["bank", "iou_number"]),
            models.UniqueConstraint(name="loan_contract_once_per_bank", fields=["bank", "contract_number"]),
            models.UniqueConstraint(
                name="loan_one_open_per_person",
                fields=["applicant"],
                condition=Q(state__in=[str(s) for s in OPEN]) & Q(imported=False),
                violation_error_message=_("This applicant already has a case under way or a live loan."),
            ),
            models.CheckConstraint(
                name="loan_asks_at_least_100",
                condition=Q(amount_asked__gte=100),
                violation_error_message=_("A loan is at least 100 yuan."),
            ),
            models.CheckConstraint(
                name="loan_granted_at_most_asked",
                condition=Q(amount_granted__isnull=True) | Q(amount_granted__lte=F("amount_asked")),
                violation_error_message=_("The office cannot grant more than was asked for."),
            ),
            models.CheckConstraint(
                name="loan_lent_at_most_granted",
                condition=Q(principal__isnull=True) | Q(principal__lte=F("amount_granted")),
                violation_error_message=_("The bank cannot lend more than was promised."),
            ),
            models.CheckConstraint(name="loan_recommendation_date_and_name", condition=set_together("recommended_on", "recommended_by")),
            models.CheckConstraint(name="loan_review_date_and_name", condition=set_together("reviewed_on", "reviewed_by")),
            models.CheckConstraint(name="loan_second_review_date_and_name", condition=set_together("confirmed_on", "confirmed_by")),
            models.CheckConstraint(name="loan_approval_whole", condition=set_together("approved_on", "approved_by", "amount_granted", "term_granted")),
            models.CheckConstraint(
                name="loan_contract_whole",
                condition=set_together("credit_decided_on", "credit_decided_by", "contract_number", "contract_date", "rate"),
            ),
            models.CheckConstraint(
                name="loan_disbursement_whole",
                condition=set_together("disbursed_on", "disbursed_by", "principal", "iou_number", "maturity"),
            ),
            models.CheckConstraint(name="loan_closing_date_and_name", condition=set_together("closed_on", "closed_by")),
            models.CheckConstraint(
                name="loan_lent_is_disbursed",
                condition=Q(state__in=[str(s) for s in LENT], disbursed_on__isnull=False)
                | (~Q(state__in=[str(s) for s in LENT]) & Q(disbursed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="loan_three_different_signatures",
                condition=(Q(confirmed_by__isnull=True) | Q(imported=True) | ~Q(confirmed_by=F("reviewed_by")))
                & (Q(approved_by__isnull=True) | Q(imported=True) | (~Q(approved_by=F("reviewed_by")) & ~Q(approved_by=F("confirmed_by")))),
                violation_error_message=_("First review, second review and approval are three people."),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def shown_amount(self):
        """The amount by which people know the case: lent, else granted, else asked for, in yuan."""
        return self.principal or self.amount_granted or self.amount_asked

    @property
    def term(self):
        """Its months: granted, else asked for; loans from the old ledger know no grant."""
        return self.term_granted or self.term_asked


class PaperReturn(models.Model):
    """One return for papers: all that is missing, named at once (一次性告知)."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="returns")
    from_state = models.CharField(_("returned from"), max_length=12, choices=State)
    missing = ArrayField(models.CharField(max_length=24, choices=Paper.Kind), verbose_name=_("missing papers"))
    note = models.CharField(_("what is wanted"), max_length=500, blank=True)
    answer_by = models.DateField(_("to be brought by"), null=True)
    returned_on = models.DateField(_("returned on"))
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("returned by"), on_delete=models.PROTECT, related_name="+")
    completed_on = models.DateField(_("completed on"), null=True)
    completed_by = _person(_("completed by"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("return for papers")
        verbose_name_plural = _("returns for papers")
        constraints = [models.CheckConstraint(name="return_completion_date_and_name", condition=set_together("completed_on", "completed_by"))]

    def __str__(self):
        return f"{self.loan_id} {self.returned_on}"
