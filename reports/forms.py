"""Which days a report is to be about."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from loans.step_times import NAMES
from reports import periods
from reports.periods import HALF_YEAR, MONTH, QUARTER, YEAR
from reports.step_times import LATE, STANDINGS
from staff.errors import Refused
from staff.forms import DayField
from staff.models import Bank, Role, User

OFFERED = ((HALF_YEAR, 4), (QUARTER, 4), (MONTH, 6), (YEAR, 3))
OTHER = "other"
NOBODYS = (Role.AUDITOR, Role.ADMINISTRATOR, Role.TRAINER)  # no step of a case is theirs


class PeriodForm(forms.Form):
    """A period that is over, picked from the latest ones, or any days."""

    period = forms.ChoiceField(label=_("Period"), help_text=_("For other days, choose “Other days” and fill in both."))
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)

    def __init__(self, data=None, *, on, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["period"].choices = [*self.first_choices(on), *_over(on), (OTHER, _("Other days"))]

    def first_choices(self, on):
        return []

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("period") == OTHER:
            cleaned["period"] = self._other_days(cleaned)
        elif cleaned.get("period"):
            cleaned["period"] = periods.period(cleaned["period"])
        return cleaned

    def _other_days(self, cleaned):
        for name in ("first", "last"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Other days need a first and a last one."))
        if self.errors:
            return None
        try:
            return periods.between(cleaned["first"], cleaned["last"])
        except Refused as refusal:
            self.add_error("last", str(refusal))
            return None


class DaysForm(PeriodForm):
    """The days of a report from the shelf: also this year so far."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].help_text = ""

    def first_choices(self, on):
        return [(so_far(on).name, _("This year so far"))]


class StepTimesForm(DaysForm):
    """Which steps: of a period, as a day knew them, of one step, person or bank, all or the late ones."""

    on = DayField(label=_("As of"), required=False)
    step = forms.ChoiceField(label=_("Step"), choices=[("", _("All")), *NAMES.items()], required=False)
    standing = forms.ChoiceField(label=_("Standing"), choices=[("", _("All")), (LATE, _("Over the limit")), *STANDINGS.items()], required=False)
    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.exclude(role__in=NOBODYS).order_by("name"), required=False, empty_label=_("All"))
    bank = forms.ModelChoiceField(label=_("Bank"), queryset=Bank.objects.all(), required=False, empty_label=_("All"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.role == Role.BANK:
            del self.fields["bank"]
            self.fields["person"].queryset = User.objects.filter(bank=user.bank_id)


def so_far(on):
    """From New Year through this day."""
    return periods.between(date(on.year, 1, 1), on)


def _over(on):
    return ((found.name, str(found)) for kind, how_many in OFFERED for found in _latest(kind, how_many, on))


def _latest(kind, how_many, on):
    found = periods.last_closed(kind, on)
    for _nth in range(how_many):
        yield found
        found = periods.last_closed(kind, found.first)
