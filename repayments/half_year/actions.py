"""Building a draft of a half-year ledger; issuing is in issue.py."""

from datetime import date

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from repayments.half_year.adjustments import dropped
from repayments.half_year.canonical import canonical, checksum
from repayments.half_year.figures import Figures, figures
from repayments.half_year.foot import feet
from repayments.half_year.period import Period
from repayments.models import Entry, HalfYearDue, HalfYearLedger, HalfYearLine
from staff.audit import note
from staff.db import one_view
from staff.errors import Refused
from staff.models import User


class PeriodNotOver(Refused):
    """A ledger has figures as of the last day of its half-year; that day must have come."""

    title = _("This half-year is not over")


class PeriodIssued(Refused):
    """An issued ledger stays as it is; later corrections enter the next one."""

    title = _("Already issued")


@one_view()
def build(*, period: Period, by: User, on: date, run_id: int | None = None) -> HalfYearLedger:
    """Build the draft of a period in place of the draft that was there; refuses a period that is not over or is issued."""
    one_at_a_time()
    refuse_unless_open(period, on=on)
    ledger, (lines, dues) = compile_ledger(period=period, by=by, on=on, run_id=run_id)
    ledger.version = _replace_draft(period)
    ledger.save(force_insert=True)
    HalfYearLine.objects.bulk_create(lines, batch_size=500)
    HalfYearDue.objects.bulk_create(dues, batch_size=500)
    note("half_year.built", subject=ledger, by=by, on=on, period=ledger.period, version=ledger.version, lines=len(lines))
    return ledger


def compile_ledger(*, period: Period, by: User | None, on: date, run_id: int | None = None) -> tuple[HalfYearLedger, Figures]:
    """The ledger of a period, its lines and its plan as the book has them now; nothing is saved."""
    ledger = HalfYearLedger(period=str(period), version=0, first_day=period.first, last_day=period.last, built_on=on, built_by=by)
    found = figures(ledger, run_id=run_id)
    ledger.checksum = checksum(canonical(ledger.period, found.lines))
    ledger.foot = [foot.as_data() for foot in feet(period, found.lines)]
    ledger.dropped = dropped(period, found.lines)
    ledger.last_entry = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    return ledger, found


def refuse_unless_over(period: Period, *, on: date) -> None:
    if on <= period.last:
        raise PeriodNotOver(_gettext("%(period)s ends on %(last)s; the office date is %(on)s.") % {"period": period, "last": period.last, "on": on})


def refuse_unless_open(period: Period, *, on: date) -> None:
    """Refuses a period for which no draft can be built: it is not over, or it is issued."""
    refuse_unless_over(period, on=on)
    issued = HalfYearLedger.objects.filter(period=str(period), issued_on__isnull=False).first()
    if issued:
        raise PeriodIssued(
            _gettext("The ledger of %(period)s is issued as %(number)s; later corrections enter the next one.") % {"period": period, "number": issued.number}
        )


def one_at_a_time() -> None:
    """Builders and issuers wait for each other; readers go on. Taken before the first query, so that what is then seen is newest."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE repayments_halfyearledger IN SHARE ROW EXCLUSIVE MODE")


def _replace_draft(period: Period) -> int:
    """Take the old draft away; the version of the new one."""
    known = HalfYearLedger.objects.filter(period=str(period))
    last = known.aggregate(last=Max("version"))["last"] or 0
    for model in (HalfYearLine, HalfYearDue):
        model.objects.filter(ledger__in=known).delete()
    known.delete()
    return last + 1
