"""What came to the fund and left it, as a list: filtered, with totals, as an Excel file."""

from decimal import Decimal

import django_filters
from django.db.models import Q, Sum
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import queries, sheets
from repayments.models import Entry, Line
from staff.forms import DayField
from staff.models import Bank

KINDS = (
    Entry.Kind.PAY_IN,
    Entry.Kind.INTEREST,
    Entry.Kind.TRANSFER,
    Entry.Kind.WITHDRAWAL,
    Entry.Kind.COMPENSATION,
    Entry.Kind.RECOVERY,
    Entry.Kind.REVERSAL,
)
COLUMNS = (
    sheets.Column(_("Day"), 12),
    sheets.Column(_("Kind"), 16),
    sheets.Column(_("Bank"), 22),
    sheets.Column(_("Document number"), 30),
    sheets.Column(_("Came in (yuan)"), 17, money=True),
    sheets.Column(_("Went out (yuan)"), 17, money=True),
    sheets.Column(_("Remark"), 30),
    sheets.Column(_("Signed by"), 12),
    sheets.Column(_("Booked on"), 12),
)


class DayFilter(django_filters.DateFilter):
    """A day, typed as everywhere in the office."""

    field_class = DayField


class MovementFilter(django_filters.FilterSet):
    """Which movements: at which bank, of which kind, from which day to which, with which document."""

    q = django_filters.CharFilter(label=_("Document or remark"), method="by_words")
    bank = django_filters.ModelChoiceFilter(label=_("Bank"), queryset=Bank.objects.filter(fund_account__isnull=False), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="entry__kind", choices=[(kind.value, kind.label) for kind in KINDS], empty_label=_("All"))
    first = DayFilter(label=_("From"), field_name="entry__value_date", lookup_expr="gte")
    last = DayFilter(label=_("To"), field_name="entry__value_date", lookup_expr="lte")

    class Meta:
        model = Line
        fields = ("q", "bank", "kind", "first", "last")

    def by_words(self, rows, name, text):
        return rows.filter(Q(entry__reference__icontains=text.strip()) | Q(entry__memo__icontains=text.strip()))


class Totals:
    """What these movements brought, took, and left."""

    def __init__(self, lines):
        sums = lines.order_by().aggregate(came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0)))
        self.came, self.went = sums["came"] or Decimal("0.00"), -(sums["went"] or Decimal("0.00"))
        self.net = self.came - self.went


def found(user, asked):
    """The filter as it was asked for; its `qs` are the lines this user may see."""
    return MovementFilter(asked, queryset=queries.movements(user))


def excel(lines):
    """These movements as an Excel file."""
    totals = Totals(lines)
    foot = (_gettext("Total"), "", "", "", totals.came, totals.went, "", "", "")
    return sheets.workbook([(_gettext("Movements of the fund"), COLUMNS, (_row(line) for line in lines), foot)])


def _row(line):
    entry, came = line.entry, line.amount > 0
    amounts = (line.amount, None) if came else (None, -line.amount)
    return (
        entry.value_date,
        entry.get_kind_display(),
        line.bank.name,
        entry.reference,
        *amounts,
        entry.memo,
        entry.booked_by.name,
        entry.booked_on,
    )
