"""What documents allow, as dated rows: the latest one not after the day applies."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.models.confirmation import Confirmable, once_in_effect
from loans.models.loan import BorrowerKind
from loans.states import State


@pghistory.track()
class PolicyDocument(models.Model):
    """A document that rules come from, by its number."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCIAL = "provincial", _("Provincial")
        LOCAL = "local", _("Local")

    number = models.CharField(_("document number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    issued = models.DateField(_("issued"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["issued", "number"]
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")

    def __str__(self):
        return self.number


@pghistory.track()
class PolicyRow(Confirmable):
    """What one document says from a day on, of one kind of borrower and, where groups are named, only of those. A blank cell says nothing."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        UNCONFIRMED = "unconfirmed", _("Unconfirmed")
        TEXT_MISSING = "text_missing", _("Text missing")

    document = models.ForeignKey(PolicyDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="rows")
    effective_from = models.DateField(_("effective from"))
    borrower_kind = models.CharField(_("borrower"), max_length=12)
    groups = models.CharField(_("groups"), max_length=200, blank=True, help_text=_("Codes, with semicolons between; blank: everybody"))
    lending_cap_yuan = models.DecimalField(_("lending cap (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    per_partner_cap_yuan = models.DecimalField(_("cap per partner (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term (months)"), null=True, blank=True)
    extension_months = models.PositiveSmallIntegerField(_("extension (months)"), null=True, blank=True)
    rate_ceiling = models.CharField(_("rate ceiling"), max_length=20, blank=True)
    subsidy_regime = models.CharField(_("subsidy regime"), max_length=3, blank=True)
    finance_split = models.CharField(_("who pays the subsidy"), max_length=80, blank=True)
    leverage = models.DecimalField(_("multiple of the fund"), max_digits=5, decimal_places=2, null=True, blank=True)
    suspend_compensation_rate = models.DecimalField(_("compensation rate that suspends"), max_digits=5, decimal_places=4, null=True, blank=True)
    new_hire_share = models.DecimalField(_("share of new hires"), max_digits=5, decimal_places=4, null=True, blank=True)
    new_hire_share_over_100 = models.DecimalField(_("the same, over 100 staff"), max_digits=5, decimal_places=4, null=True, blank=True)
    lower_share_from = models.PositiveSmallIntegerField(
        _("lower share from (staff)"), null=True, blank=True, help_text=_("Blank: from 101, as “over 100” reads")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Confirmable.Meta):
        ordering = ["effective_from", "id"]
        verbose_name = _("policy row")
        verbose_name_plural = _("policy rows")

    def __str__(self):
        return f"{self.document} {self.effective_from} {dict(BorrowerKind.choices).get(self.borrower_kind, self.borrower_kind)}"


@pghistory.track()
class BenchmarkRate(Confirmable):
    """The central bank's benchmark lending rates from a day on, percent a year, by the loan's term."""

    effective_from = models.DateField(_("effective from"))
    up_to_6_months = models.DecimalField(_("up to 6 months"), max_digits=6, decimal_places=3)
    up_to_1_year = models.DecimalField(_("up to 1 year"), max_digits=6, decimal_places=3)
    years_1_to_3 = models.DecimalField(_("1 to 3 years"), max_digits=6, decimal_places=3)
    years_3_to_5 = models.DecimalField(_("3 to 5 years"), max_digits=6, decimal_places=3)

    class Meta(Confirmable.Meta):
        ordering = ["effective_from"]
        verbose_name = _("benchmark rate")
        verbose_name_plural = _("benchmark rates")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("benchmark_rate_once", "effective_from")]

    def __str__(self):
        return f"{self.effective_from}"


@pghistory.track()
class ReferenceRate(Confirmable):
    """A quoted lending rate of one year from a day on, percent a year: the old LPR of 2013-2019, the LPR since."""

    class Series(models.TextChoices):
        OLD_LPR = "old_lpr", _("Old LPR")
        LPR = "lpr", _("LPR")

    effective_from = models.DateField(_("effective from"))
    series = models.CharField(_("series"), max_length=8, choices=Series)
    percent = models.DecimalField(_("percent a year"), max_digits=6, decimal_places=3)
    status = models.CharField(_("status"), max_length=12, choices=PolicyRow.Status)

    class Meta(Confirmable.Meta):
        ordering = ["effective_from"]
        verbose_name = _("reference rate")
        verbose_name_plural = _("reference rates")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("reference_rate_once", "series", "effective_from")]

    def __str__(self):
        return f"{self.series} {self.effective_from}"


@pghistory.track()
class StepLimit(Confirmable):
    """How many working days a case may wait at a step, from a day on."""

    step = models.CharField(_("step"), max_length=12, choices=State)
    working_days = models.PositiveSmallIntegerField(_("working days"))
    effective_from = models.DateField(_("effective from"))

    class Meta(Confirmable.Meta):
        ordering = ["step", "effective_from"]
        verbose_name = _("limit of a step")
        verbose_name_plural = _("limits of steps")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("step_limit_once", "step", "effective_from")]

    def __str__(self):
        return f"{self.get_step_display()}: {self.working_days}"


@pghistory.track()
class LegalLimit(Confirmable):
    """How long a document gives a department for an answer, from a day on: the outer bound of the office's own limits."""

    class What(models.TextChoices):
        BANK_ANSWERS = "bank_answers", _("The bank answers after full papers")
        COMPENSATION = "compensation", _("The fund pays after the bank's demand")
        REFUSAL_TOLD = "refusal_told", _("A refusal is told and explained")

    class Unit(models.TextChoices):
        WORKING_DAYS = "working_days", _("working days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    what = models.CharField(_("what"), max_length=16, choices=What)
    document = models.ForeignKey(PolicyDocument, verbose_name=_("document"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effective_from = models.DateField(_("effective from"))
    number = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)

    class Meta(Confirmable.Meta):
        ordering = ["what", "effective_from"]
        verbose_name = _("limit set by a document")
        verbose_name_plural = _("limits set by documents")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("legal_limit_once", "what", "effective_from")]

    def __str__(self):
        return f"{self.get_what_display()}: {self.number} {self.get_unit_display()}"


@pghistory.track()
class AgeLimit(Confirmable):
    """How old a borrower may be on the day of application, from a day on; the latest row applies."""

    document = models.ForeignKey(PolicyDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    effective_from = models.DateField(_("effective from"))
    youngest = models.PositiveSmallIntegerField(_("youngest"))
    oldest = models.PositiveSmallIntegerField(_("oldest"))
    status = models.CharField(_("status"), max_length=12, choices=PolicyRow.Status)

    class Meta(Confirmable.Meta):
        ordering = ["effective_from"]
        verbose_name = _("age limit")
        verbose_name_plural = _("age limits")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("age_limit_once", "effective_from")]

    def __str__(self):
        return f"{self.effective_from}: {self.youngest}-{self.oldest}"


@pghistory.track()
class ExcludedTrade(Confirmable):
    """A trade that no loan goes to: from a day on, and until it is lifted."""

    document = models.ForeignKey(PolicyDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    word = models.CharField(_("trade"), max_length=30)
    effective_from = models.DateField(_("effective from"))
    lifted_from = models.DateField(_("lifted from"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=PolicyRow.Status)

    class Meta(Confirmable.Meta):
        ordering = ["word", "effective_from"]
        verbose_name = _("excluded trade")
        verbose_name_plural = _("excluded trades")
        constraints = [*Confirmable.Meta.constraints, once_in_effect("excluded_trade_once", "word", "effective_from")]

    def __str__(self):
        return self.word
