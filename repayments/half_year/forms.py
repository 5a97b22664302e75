"""What a person may narrow the lists of the half-year ledger down by; only values that occur are offered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from repayments.half_year.columns import BUCKET_WORDS, COLUMNS
from repayments.models import HalfYearDue, HalfYearLine
from staff.templatetags.office import month as month_words


class Narrowing(forms.Form):
    """Selects, each beginning with its own name for "all"."""

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", field.label), *choices]

    def chosen_values(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[Any]:
        """Those with something to choose."""
        fields: Any = self.visible_fields()
        return [field for field in fields if type(field.field) is forms.ChoiceField and len(field.field.choices) > 2]


class LineFilters(Narrowing):
    """The repayment lines."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    bank = forms.ChoiceField(label=_("Handling bank"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    officer = forms.ChoiceField(label=_("Loan officer"), required=False)
    bucket = forms.ChoiceField(label=_("Bucket"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    column = forms.MultipleChoiceField(label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, lines: QuerySet[HalfYearLine]) -> None:
        super().__init__(data)
        seen = list(lines.order_by("bank__order").values_list("bank", "bank__short_name", "bank__order", "community", "officer", "bucket", "group").distinct())
        here: dict[str, set[Any]] = {name: {row[place] for row in seen} for place, name in enumerate(("community", "officer", "bucket", "group"), 3)}
        self.offer("bank", {row[0]: row[1] for row in seen}.items())
        self.offer("community", ((name, name) for name in sorted(here["community"])))
        self.offer("officer", ((name, name) for name in sorted(filter(None, here["officer"]))))
        self.offer("bucket", ((code, words) for code, words in BUCKET_WORDS.items() if code in here["bucket"]))
        self.offer("group", ((code, label) for code, label in Group.choices if code in here["group"]))
        columns: Any = self.fields["column"]
        columns.choices = [(column.name, column.title) for column in COLUMNS[2:]]


class PlanFilters(Narrowing):
    """The plan of the coming half-year."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    bank = forms.ChoiceField(label=_("Handling bank"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    officer = forms.ChoiceField(label=_("Loan officer"), required=False)

    def __init__(self, data: Any, dues: QuerySet[HalfYearDue]) -> None:
        super().__init__(data)
        self.dues = dues
        seen = list(dues.order_by("bank__order").values_list("bank", "bank__short_name", "bank__order", "community", "officer").distinct())
        months = sorted({day.replace(day=1) for day in dues.order_by().values_list("due", flat=True).distinct()})
        self.offer("month", ((f"{first:%Y-%m}", month_words(first)) for first in months))
        self.offer("bank", {row[0]: row[1] for row in seen}.items())
        self.offer("community", ((name, name) for name in sorted({row[3] for row in seen})))
        self.offer("officer", ((name, name) for name in sorted(filter(None, {row[4] for row in seen}))))

    def chosen(self) -> QuerySet[HalfYearDue]:
        """The due days asked for, in the order of their days."""
        asked = self.chosen_values()
        if month := asked.pop("month", None):
            first = date.fromisoformat(f"{month}-01")
            asked |= {"due__year": first.year, "due__month": first.month}
        return self.dues.filter(**asked).order_by("due", "bank__order", "iou")
