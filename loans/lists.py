"""The two lists of cases: those on their way, and the loans that were lent. Filtered, sorted, with totals at the foot.

Rooms above add their own amounts with `register_amount`, such as what is still owed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Community
from loans import numbers
from loans.models import Loan
from loans.states import BEFORE_PROMISE, ENDED_BEFORE_MONEY, LENT, RESERVED, State
from staff.models import Bank, Role, User
from staff.templatetags.office import iso, yuan

UNDER_WAY, ENDED, ALL = "under_way", "ended", "all"
END, SOFT = {"td": {"class": "c-end"}}, {"td": {"class": "c-soft"}}
SOFT_END = {"td": {"class": "c-soft c-end"}}
NUM = {"th": {"class": "num"}, "td": {"class": "num"}, "tf": {"class": "num"}}
TONES = {
    State.RETURNED: "warn",
    State.REFUSED: "bad",
    State.WITHDRAWN: "",
    State.LAPSED: "bad",
    State.SETTLED: "ok",
    State.COMPENSATED: "bad",
    State.RECOVERED: "ok",
    State.WRITTEN_OFF: "",
}


class Amount(NamedTuple):
    """A column of another room: yuan by loan for the loans of one page, and the sum over a whole selection."""

    name: str
    label: Any
    of_loans: Callable[[list[int]], dict[int, Any]]
    total: Callable[[Any], Any]


_amounts: list[Amount] = []


def register_amount(name, label, *, of_loans, total):
    """Add an amount to the list of loans: `of_loans(keys)` gives {key: yuan}, `total(rows)` the sum over a selection."""
    _amounts.append(Amount(name, label, of_loans, total))


class CaseFilter(django_filters.FilterSet):
    """Which cases: by words, state, bank, community, officer and year."""

    q = django_filters.CharFilter(label=_("Name, number or project"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=None,
        method="by_state",
        choices=[(UNDER_WAY, _("Under way")), (ENDED, _("Ended without a loan")), (ALL, _("All")), *State.choices],
    )
    bank = django_filters.ModelChoiceFilter(label=_("Bank"), queryset=Bank.objects.all(), empty_label=_("All"))
    community = django_filters.ModelChoiceFilter(label=_("Community"), queryset=Community.objects.all(), empty_label=_("All"))
    officer = django_filters.ModelChoiceFilter(label=_("Loan officer"), queryset=User.objects.filter(role=Role.LOAN_OFFICER), empty_label=_("All"))
    year = django_filters.NumberFilter(label=_("Year"), method="by_year", widget=forms.NumberInput({"min": 2002, "max": 2099, "class": "year"}))

    day = "applied_on"

    class Meta:
        model = Loan
        fields = ("q", "state", "bank", "community", "officer", "year")

    def by_words(self, rows, name, text):
        text = text.strip()
        person = Q(applicant__name__icontains=text) | Q(applicant__pinyin__startswith=text.lower()) | Q(applicant__initials__startswith=text.lower())
        paper = Q(number__icontains=text) | Q(iou_number__istartswith=text) | Q(contract_number__istartswith=text) | numbers.bore(text)
        return rows.filter(person | paper | Q(project__icontains=text))

    def by_state(self, rows, name, state):
        several = {UNDER_WAY: (*BEFORE_PROMISE, *RESERVED), ENDED: ENDED_BEFORE_MONEY, ALL: tuple(State)}
        return rows.filter(state__in=several.get(state, (state,)))

    def by_year(self, rows, name, year):
        return rows.filter(**{f"{self.day}__year": int(year)})


class LentFilter(CaseFilter):
    """Which loans: by words, state, bank, community, officer and year of disbursement."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=[(str(s), s.label) for s in LENT], empty_label=_("All"))
    day = "disbursed_on"


class LoanTable(tables.Table):
    """What both lists have in common: the way to the case, the borrower, sums over the whole selection."""

    number = tables.Column(verbose_name=_("Case"), attrs={"td": {"class": "c-number"}}, footer=lambda table: _gettext("%(n)s in all") % {"n": f"{table.n:,}"})
    applicant = tables.Column(verbose_name=_("Borrower"), order_by=("applicant__pinyin", "pk"), attrs={"td": {"class": "c-applicant"}})
    project = tables.Column(verbose_name=_("Project"), attrs={"td": {"class": "c-project"}})
    bank = tables.Column(verbose_name=_("Bank"), accessor="bank__short_name", order_by=("bank__order", "pk"), attrs=SOFT_END)
    community = tables.Column(verbose_name=_("Community"), attrs=SOFT)
    state = tables.Column(verbose_name=_("State"), attrs={"td": {"class": "c-state"}})

    summed: tuple[str, ...] = ()

    class Meta:
        attrs = {"class": "office stack cases"}
        template_name = "pieces/table.html"

    def __init__(self, rows, **kwargs):
        self.n = rows.count()
        self.sums = rows.aggregate(**{name: Sum(name) for name in self.summed})
        super().__init__(rows, **kwargs)

    def render_number(self, value):
        return format_html('<a href="{}">{}</a>', reverse("loans:case", args=[value]), value)

    def render_state(self, value, record):
        return format_html('<span class="tag {}">{}</span>', TONES.get(State(record.state), "brand"), value)


class CaseTable(LoanTable):
    """Cases on their way."""

    amount_asked = tables.Column(verbose_name=_("Amount asked (yuan)"), attrs=NUM, footer=lambda table: yuan(table.sums["amount_asked"]))
    state_since = tables.Column(verbose_name=_("Since"), attrs=SOFT)
    officer = tables.Column(verbose_name=_("Loan officer"), order_by=("officer__name", "pk"), attrs=SOFT_END)

    summed = ("amount_asked",)

    class Meta(LoanTable.Meta):
        sequence = ("number", "applicant", "project", "community", "bank", "amount_asked", "state", "state_since", "officer")
        order_by = "-number"

    def render_amount_asked(self, value):
        return yuan(value)

    def render_state_since(self, value):
        return iso(value)


class LentTable(LoanTable):
    """Loans that were lent, with what other rooms know of them."""

    iou_number = tables.Column(verbose_name=_("IOU no."), attrs=SOFT_END)
    disbursed_on = tables.Column(verbose_name=_("Disbursed on"), attrs=SOFT)
    maturity = tables.Column(verbose_name=_("Maturity"), attrs=SOFT_END)
    principal = tables.Column(verbose_name=_("Amount lent (yuan)"), attrs=NUM, footer=lambda table: yuan(table.sums["principal"]))

    summed = ("principal",)

    class Meta(LoanTable.Meta):
        sequence = ("number", "applicant", "project", "bank", "iou_number", "disbursed_on", "maturity", "principal", "...", "state", "community")
        order_by = "-disbursed_on"

    def __init__(self, rows, **kwargs):
        extra = [(amount.name, AmountColumn(amount, rows)) for amount in _amounts]
        super().__init__(rows, extra_columns=extra, **kwargs)

    def render_principal(self, value):
        return yuan(value)

    def render_disbursed_on(self, value):
        return iso(value)

    def render_maturity(self, value):
        return iso(value)


class AmountColumn(tables.Column):
    """Another room's amount, asked for once for all loans of the page."""

    def __init__(self, amount, rows):
        super().__init__(verbose_name=amount.label, accessor="pk", attrs=NUM, orderable=False, footer=lambda table: yuan(amount.total(rows.order_by())))
        self.amount = amount

    def render(self, value, table):
        if not hasattr(table, "amounts_shown"):
            table.amounts_shown = {}
        if self.amount.name not in table.amounts_shown:
            table.amounts_shown[self.amount.name] = self.amount.of_loans([row.record.pk for row in table.paginated_rows])
        return yuan(table.amounts_shown[self.amount.name].get(value, 0))
