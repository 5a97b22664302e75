"""What this room hangs into desks and the case page: the fund's room, the promise, what falls due."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation_part, queries
from guarantees.models import Promise, PromiseDays
from loans import limit_pages
from loans.models import Loan
from loans.states import BEFORE_PROMISE
from repayments import queries as repayments
from repayments import receiving
from staff.desk import Waiting
from staff.models import Role
from staff.office_date import office_today
from staff.web import READERS, WHOLE_OFFICE


def room_on_the_desk(request, subject):
    """Beside the desk: room of the fund at each bank."""
    if request.user.role not in READERS:
        return None
    return {"positions": queries.seen_by(request.user, on=office_today()), "may_ask": request.user.role in WHOLE_OFFICE}


def room_of_the_case(request, loan):
    """On the case, until it is promised: the fund's room before and after."""
    if loan.state not in BEFORE_PROMISE or not hasattr(loan.bank, "fund_account"):
        return None
    before = queries.standing(loan.bank, on=office_today())
    after = before.with_promise(loan.amount_asked)
    return {"loan": loan, "before": before, "after": after, "fits": after.room >= 0, "may_ask": request.user.role in WHOLE_OFFICE}


def promise(request, loan):
    """On the case, once promised: the guarantee with its number, its days and how it ended."""
    found = Promise.objects.filter(loan=loan).select_related("promised_by", "ended_by").first()
    return {"promise": found, "loan": loan} if found else None


def waiting(user, today):
    """Rows of a desk: demands and write-offs that wait for this user; for bank staff what falls due and what is late at their bank."""
    rows = compensation_part.waiting(user, today)
    return [*_falling_due(user, today), *_late(user, today), *rows] if user.role == Role.BANK else rows


def _falling_due(user, today):
    """One row for what falls due at the bank within a week."""
    coming = receiving.expected(Loan.objects.filter(bank=user.bank_id).select_related("applicant"), show=receiving.WEEK, text="", on=today)
    number, first = coming.count(), coming.first()
    if not first:
        return []
    return [
        Waiting(
            act=_("Due this week"),
            who=_gettext("%(number)s payments") % {"number": number},
            circumstances=_gettext("first %(name)s") % {"name": first.applicant.name},
            case=first.iou_number,
            project=first.project,
            amount=None,
            since=first.due_next,
            due=None,
            left=None,
            url=reverse("repayments:receipts"),
            button=_("Report repayments"),
            tone="",
        )
    ]


def _late(user, today):
    late = repayments.overdue(Loan.objects.filter(bank=user.bank_id).select_related("applicant"), today)
    number, first = late.count(), late.first()
    if not first:
        return []
    return [
        Waiting(
            act=_("Overdue"),
            who=_gettext("%(number)s loans are late") % {"number": number},
            circumstances=_gettext("longest %(name)s") % {"name": first.applicant.name},
            case=first.iou_number,
            project=first.project,
            amount=None,
            since=first.late_since,
            due=None,
            left=None,
            url=reverse("repayments:receipts") + f"?show={receiving.LATE}",
            button=_("Open the list"),
            tone="bad",
        )
    ]


def promise_days(request, _subject):
    """In the rule book: how long a promise stays good."""
    rows = PromiseDays.objects.select_related("entered_by", "confirmed_by")
    return {"lines": limit_pages.lines(rows, office_today(), what=lambda row: _("A promise not paid out"), said=lambda row: limit_pages.days(row.days))}
