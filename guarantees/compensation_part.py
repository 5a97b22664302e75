"""A demand and what follows it, on the case's page, on desks and as a turn: whose papers, check, signature or payment is missing."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.models import Demand, PaperKind, Part, WriteOff
from loans.casefile import Step
from loans.states import State
from loans.turns import Turn
from repayments import ledger
from repayments.models import Account
from staff.delegations import behind
from staff.desk import Waiting
from staff.models import Role
from staff.office_date import office_today
from staff.scope import visible
from staff.templatetags.office import md, yuan

SIGNING = ("sign_compensation", "sign_write_off")
ROLE_OF = {part: role for role, part in compensation.PART_OF.items()}


class Next(NamedTuple):
    """What a demand or a write-off waits for: the role, the words of the act, and the page where it is done."""

    role: str
    act: Any
    url_name: str


def next_steps(thing):
    """What an open demand or write-off waits for now: papers, their check, signatures, the payment."""
    of_demand = isinstance(thing, Demand)
    if compensation.papers_missing(thing):
        asked = Next(Role.BANK, _("Bring papers"), "bring_papers") if of_demand else Next(Role.LOAN_OFFICER, _("Bring papers"), "bring_write_off_papers")
        return [asked, *_checks(thing, of_demand)]
    if checks := _checks(thing, of_demand):
        return checks
    missing = compensation.signatures_missing(thing)
    if not missing:
        return [Next(Role.FINANCE, _("Pay the compensation"), "pay_compensation")]
    now = [part for part in missing if part != Part.DIRECTOR] or missing
    act = (_("Sign the compensation"), "sign_compensation") if of_demand else (_("Sign the write-off"), "sign_write_off")
    return [Next(ROLE_OF[part], *act) for part in now]


def _checks(thing, of_demand):
    if not compensation.papers_unchecked(thing):
        return []
    checker = (Role.LOAN_OFFICER, "check_papers") if of_demand else (Role.FINANCE, "check_write_off_papers")
    return [Next(checker[0], _("Check the papers"), checker[1])]


# --- On desks, and as a turn -----------------------------------------------------------------------------------------------------
def waiting(user, today):
    """Rows of a desk: open demands and write-offs that wait for this user."""
    demands = compensation.demands(user).filter(closed_on__isnull=True, loan__state=State.LIVE)
    write_offs = visible(WriteOff.objects.filter(closed_on__isnull=True), user, bank="loan__bank").select_related("loan__applicant", "loan__bank")
    return [_row(one, step, today) for one in [*demands, *write_offs] for step in next_steps(one) if step.role == user.role and _his(one, step, user)]


def _his(thing, step, user):
    """Loan officers have the cases that they look after, and those of nobody; nobody has a second signature."""
    if step.url_name in SIGNING and behind(user) & compensation.took_part(thing):
        return False
    return user.role != Role.LOAN_OFFICER or thing.loan.officer_id in (None, user.in_whose_name.pk)


def _row(thing, step, today):
    loan, of_demand = thing.loan, isinstance(thing, Demand)
    clock = compensation.clock(thing, today) if of_demand else None
    words = _gettext("demand of %(bank)s") if of_demand else _gettext("write-off at %(bank)s")
    return Waiting(
        act=step.act,
        who=loan.applicant.name,
        circumstances=words % {"bank": loan.bank.short_name},
        case=loan.iou_number,
        project=loan.project,
        amount=thing.principal + thing.interest if of_demand else thing.amount,
        since=thing.demanded_on if of_demand else thing.proposed_on,
        due=clock.due if clock else None,
        left=None,
        url=reverse(f"guarantees:{step.url_name}", args=[loan.number]),
        button=step.act,
        tone="bad" if clock and clock.left < 0 else "warn",
    )


def turns(loan, today):
    """Who has the case while a demand or a write-off is open."""
    thing = compensation.open_demand(loan) if loan.state == State.LIVE else compensation.open_write_off(loan) if loan.state == State.COMPENSATED else None
    if thing is None:
        return []
    clock = compensation.clock(thing, today) if isinstance(thing, Demand) else None
    since = thing.demanded_on if clock else thing.proposed_on
    return [Turn(step.role, str(step.act), since, clock.due if clock else None, None) for step in next_steps(thing)]


# --- On the case's page --------------------------------------------------------------------------------------------------------------
def part(request, loan):
    """The last demand with its papers, signatures and payment, what came back, what is owed now; earlier demands below."""
    rows = list(compensation.demands(request.user).filter(loan=loan).order_by("-pk"))
    if not rows:
        return None
    last, paid, today = rows[0], compensation.compensation_of(loan), office_today()
    return {
        "loan": loan,
        "demand": last,
        "earlier": rows[1:],
        "steps": steps(last, paid),
        "papers": papers(last),
        "signatures": compensation.signatures(last),
        "clock": None if last.closed_on else compensation.clock(last, today),
        "paid": paid,
        "undone": list(loan.compensations.filter(entry__reversed_by__isnull=False).select_related("entry__reversed_by__booked_by")),
        **_after(loan, paid),
    }


def _after(loan, paid):
    """What came back, and what is owed now."""
    if paid is None:
        return dict.fromkeys(("recovered", "owed", "to_fund", "written_off"), ledger.NOTHING) | {"recoveries": [], "write_offs": []}
    recoveries = list(loan.recoveries.select_related("recorded_by", "entry").order_by("day", "pk"))
    return {
        "recoveries": [(one, hasattr(one.entry, "reversed_by")) for one in recoveries],
        "recovered": compensation.had_back(paid).whole,
        "owed": compensation.still_owed(paid),
        "to_fund": compensation.owed_to_fund(loan),
        "written_off": ledger.balance(Account.WRITTEN_OFF, loan=loan),
        "write_offs": [_write_off(one) for one in loan.write_offs.select_related("proposed_by", "closed_by")],
    }


def _write_off(one):
    return {"write_off": one, "papers": papers(one), "signatures": compensation.signatures(one)}


def papers(thing):
    """(kind, the paper as it was brought or None) of every paper on the check list, and of others that came."""
    brought = {paper.kind: paper for paper in thing.papers.select_related("checked_by", "brought_by")}
    kinds = dict.fromkeys([*compensation.papers_wanted(thing), *map(PaperKind, brought)])
    return [(kind.label, brought.get(kind)) for kind in kinds]


def steps(demand, paid):
    """The way of a demand: lodged, papers checked, three signatures, paid, recovered or written off."""
    signed = {signature.part: signature for signature in compensation.signatures(demand)}
    complete = not compensation.papers_missing(demand) and not compensation.papers_unchecked(demand)
    way = [(_("Demand"), md(demand.demanded_on)), (_("Papers checked"), "·" if complete else "")]
    way += [(part.label, f"{signed[part].signed_by.name} {md(signed[part].signed_on)}" if part in signed else "") for part in Part]
    way.append((_("Paid"), md(paid.day) if paid and paid.demand_id == demand.pk else ""))
    end = _("Written off") if paid and paid.loan.state == State.WRITTEN_OFF else _("Recovered")
    way.append((end, _back(paid) if paid else ""))
    done = next((place for place, (_label, when) in enumerate(way) if not when), len(way))
    stop = demand.outcome in (Demand.Outcome.REJECTED, Demand.Outcome.WITHDRAWN)
    return [_step(label, when, place - done, stop and str(demand.get_outcome_display())) for place, (label, when) in enumerate(way)]


def _step(label, when, distance, stopped):
    if distance < 0 or (when and not stopped):
        return Step(label, "done", "" if when == "·" else when)
    if distance == 0:
        return Step(label, "stop" if stopped else "now", stopped or "")
    return Step(label, "", "")


def _back(paid):
    """How much of the loss has come back; nothing while some of it is owed and the loan is being recovered."""
    back, whole = compensation.had_back(paid).whole, compensation.borne(paid).whole
    return yuan(back) if back == whole or paid.loan.state in (State.RECOVERED, State.WRITTEN_OFF) else ""
