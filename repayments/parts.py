"""What this room hangs into the case page and the desks: the plan, the money, the visits."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from loans.states import LENT, OPEN
from repayments import queries
from repayments.borrower_plan import plan_of
from repayments.models import Entry
from repayments.preview import preview
from staff.desk import Waiting
from staff.models import Role
from staff.office_date import office_today


def planned(request, loan):
    """Before the money: the schedule as it would be if it were paid out today."""
    if loan.state not in OPEN or loan.state in LENT or not (shown := preview(loan, office_today())):
        return None
    payments, assumed = shown
    return {"loan": loan, "payments": payments, "assumed": assumed, **_sums(payments)}


def money(request, loan):
    """After it: what is owed and late, the rows with what was paid of each, and the entries of the book."""
    if loan.state not in LENT:
        return None
    today = office_today()
    plan, entries = plan_of(loan, today), queries.entries_of(loan)
    by_fund = -sum(entry.principal for entry in entries if entry.kind == Entry.Kind.COMPENSATION and not hasattr(entry, "reversed_by"))
    shares = queries.allocation(loan, today, borne_by_others=by_fund)
    return {
        "loan": loan,
        "steps": list(loan.rate_steps.order_by("from_day")),
        "rows": list(zip(plan.payments, shares, strict=True)),
        "owed": loan.principal - plan.paid,
        "paid": plan.paid - by_fund,
        "by_fund": by_fund,
        "next": plan.next,
        "late": queries.arrears(loan, today),
        "entries": [(entry, entry.kind == Entry.Kind.RECEIPT and not hasattr(entry, "reversed_by")) for entry in entries],
        "any_penalty": any(entry.penalty for entry in entries),
        "any_overpaid": any(entry.overpaid for entry in entries),
        "overpaid": -sum(entry.overpaid for entry in entries),
        "is_bank": request.user.role == Role.BANK,
        **_sums(plan.payments),
    }


def _sums(payments):
    own = sum(p.own_interest for p in payments)
    interest = sum(p.interest for p in payments)
    return {"interest": interest, "own": own, "financed": interest - own, "to_pay": own + sum(p.principal for p in payments)}


def visits(request, loan):
    """The visits to the business, the latest first."""
    seen = list(loan.visits.order_by("-visit_day", "-id").select_related("recorded_by")[:8])
    return {"visits": seen, "loan": loan} if loan.state in LENT else None


def visits_waiting(user, today):
    """One row on an officer's desk while businesses wait for their quarterly visit."""
    if user.role != Role.LOAN_OFFICER:
        return []
    due = queries.visits_due(Loan.objects.filter(officer=user.in_whose_name), today)
    number = due.count()
    if not number:
        return []
    oldest = due.select_related("applicant").first()
    return [
        Waiting(
            act=_("Visits to businesses"),
            who=_gettext("%(number)s businesses") % {"number": number},
            circumstances=_gettext("not visited for a quarter or longer; first %(name)s") % {"name": oldest.applicant.name},
            case=oldest.iou_number,
            project=oldest.project,
            amount=None,
            since=oldest.visit_due_since,
            due=None,
            left=None,
            url=reverse("repayments:visits"),
            button=_("Open the list"),
            tone="warn",
        )
    ]
