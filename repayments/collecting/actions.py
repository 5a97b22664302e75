"""What is done so that money comes back: reminders issued, attempts noted, dunning notices numbered."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.models import Loan
from loans.money import fen
from repayments import queries
from repayments.actions import only_roles, refuse_day
from repayments.collecting import reminders
from repayments.collecting.acts import COLLECTORS
from repayments.models import CollectionNote, DunningNotice, Reminder, ReminderIssue
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused
from staff.numbers import next_number

PAY_WITHIN = timedelta(7)
AT_ONCE = 100  # reminders in one piece: as many as are issued, and their letters laid out, while one waits


class NobodyToRemind(Refused):
    """Everybody in this list was reminded already, or nothing falls due."""

    title = _("Nobody to remind")


class NotLate(Refused):
    """A dunning notice is about money past its due day."""

    title = _("Nothing is late")


class DunnedToday(Refused):
    """One dunning notice a loan and day."""

    title = _("A notice was issued today")


class HalfANote(Refused):
    """A next action has its day, a promise its amount and its day, and neither lies in the past."""

    title = _("The note is not whole")


def issue_in_pieces(*, dues, by, on, told=lambda done, total: None):
    """The reminders of a long list as one issue, piece by piece, each piece whole; `told(done, total)` hears of every piece."""
    issue = None
    for first in range(0, len(dues), AT_ONCE):
        told(first, len(dues))
        with suppress(NobodyToRemind):
            issue = issue_reminders(dues=dues[first : first + AT_ONCE], issue=issue, by=by, on=on)
    if issue is None:
        raise _nobody()
    return issue


@transaction.atomic
def issue_reminders(*, dues, by, on, issue=None):
    """Issue the reminders of these due days, each once at its rung; the issue, begun before or now, that letters and SMS file are made from."""
    only_roles(by, *COLLECTORS)
    list(Loan.objects.select_for_update(of=("self",)).filter(pk__in=[due.loan.pk for due in dues]).order_by("pk"))
    wanted = [row for row in reminders.rows(dues, on) if not row.issued]
    if not wanted:
        raise _nobody()
    issue = issue or ReminderIssue.objects.create(issued_on=on, issued_by=by)
    for row in wanted:
        amounts = {"principal": row.principal, "interest": row.interest}
        said = {"phone": row.loan.applicant.phone, "text": reminders.message(row)}
        Reminder.objects.create(issue=issue, loan=row.loan, due=row.due, rung=row.rung, **amounts, **said, issued_on=on, issued_by=by)
        note("reminder.issued", subject=row.loan, by=by, on=on, due=row.due, rung=str(row.rung), amount=fen(row.amount))
    return issue


def _nobody():
    return NobodyToRemind(_gettext("Everybody in this list was reminded already, or nothing falls due."))


@transaction.atomic
def note_collection(*, loan, day, how, with_whom, said, by, on, next_action="", next_day=None, promised_amount=None, promised_day=None):
    """Write down one attempt to collect what is late."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("note_collection", loan=loan, by=by)
    refuse_day(day, first=loan.disbursed_on, on=on)
    if bool(next_action) != bool(next_day):
        raise HalfANote(_gettext("A next action has its day."), about="next_day" if next_action else "next_action")
    if bool(promised_amount) != bool(promised_day):
        raise HalfANote(_gettext("A promise to pay has its amount and its day."), about="promised_day" if promised_amount else "promised_amount")
    if next_day and next_day < on:
        raise HalfANote(_gettext("The next action lies today or later."), about="next_day")
    if promised_day and promised_day < day:
        raise HalfANote(_gettext("A promised day does not lie before the attempt."), about="promised_day")
    coming = {"next_action": next_action, "next_day": next_day, "promised_amount": promised_amount, "promised_day": promised_day}
    made = CollectionNote.objects.create(loan=loan, day=day, how=how, with_whom=with_whom, said=said, **coming, recorded_on=on, recorded_by=by)
    told = {"promised": fen(promised_amount), "by_day": promised_day} if promised_day else {}
    note("collection.noted", subject=loan, by=by, on=on, day=day, how=str(how), whom=with_whom, words=said, **told)
    return made


@transaction.atomic
def dun(*, loan, pay_by, by, on, interest=Decimal("0.00")):
    """Issue a numbered 催收通知书 for what is late on this day."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("dun", loan=loan, by=by)
    late = queries.arrears(loan, on)
    if not late.days:
        raise NotLate(_gettext("Nothing of %(number)s is overdue on %(day)s.") % {"number": loan.number, "day": on})
    if pay_by <= on:
        raise HalfANote(_gettext("The day to pay by lies after today, %(today)s.") % {"today": on}, about="pay_by")
    number = f"{settings.OFFICE_MARK}催〔{on.year}〕{next_number(f'dunning {on.year}')}号"
    figures = {"late_since": on - timedelta(late.days), "days": late.days, "principal": late.amount, "interest": interest}
    with refusing("dunning_notice_once_a_day", DunnedToday(_gettext("A dunning notice for %(number)s was issued today already.") % {"number": loan.number})):
        made = DunningNotice.objects.create(number=number, loan=loan, pay_by=pay_by, **figures, issued_on=on, issued_by=by)
    note("collection.dunned", subject=loan, by=by, on=on, number=number, amount=fen(made.amount), pay_by=pay_by)
    return made
