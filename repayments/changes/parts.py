"""What the case page shows of changed schedules: every version with its reason, the extension, the steps of the rate, penalty interest."""

from loans.states import LENT, State
from repayments import penalty, queries
from repayments.changes.acts import extensions_waiting
from repayments.models import Account, Schedule
from staff import desk, parts
from staff.office_date import office_today


def register():
    """Hang them into the case page and the desks."""
    parts.register("case.main", order=12, template="repayments/_penalty.html", context=borne)
    parts.register("case.main", order=14, template="repayments/_versions.html", context=changed)
    parts.register("case.prints", order=45, template="repayments/_extension_print.html", context=printed)
    desk.register(extensions_waiting)


def borne(request, loan):
    """Penalty interest piece by piece: days × base × rate, and what of it was paid; nothing where none was borne."""
    if loan.state not in LENT:
        return None
    on = office_today()
    pieces = penalty.borne(loan, on)
    paid = queries.received(loan, Account.PENALTY)
    total = penalty.total(pieces)
    return {"pieces": pieces, "total": total, "paid": paid, "owed": max(penalty.NOTHING, total - paid), "on": on} if pieces or paid else None


def changed(request, loan):
    """The versions of the schedule with what made them, once there is more than the first; extensions and steps of the rate."""
    if loan.state not in (*LENT, State.CONTRACTED):
        return None
    versions = list(loan.schedules.select_related("made_by", "entry", "step").prefetch_related("instalments").order_by("-version"))
    extensions = list(loan.extensions.select_related("asked_by", "consented_by", "decided_by", "ended_by"))
    steps = list(loan.rate_steps.select_related("entered_by"))
    rows = [_version(loan, version) for version in versions] if len(versions) > 1 else []
    return {"loan": loan, "versions": rows, "extensions": extensions, "steps": steps} if rows or extensions or steps else None


def printed(request, loan):
    """The agreement, once an extension was granted."""
    granted = loan.state in LENT and loan.extensions.filter(ended_on=None, decided_on__isnull=False).exists()
    return {"loan": loan} if granted else None


def _version(loan, version):
    rows = list(version.instalments.all())
    return {
        "version": version,
        "rows": len(rows),
        "ends": rows[-1].due if rows else None,
        "interest": sum(row.interest for row in rows),
        "begins": version.cause == Schedule.Cause.DISBURSEMENT,
    }
