"""The bank demands that the fund pay for an overdue loan; its papers are checked and three people sign, or one rejects it."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from applicants import actions as applicants
from applicants.models import Paper
from guarantees import compensation
from guarantees.actions.locks import has_reason
from guarantees.models import Demand, DemandPaper, DemandSignature, PaperKind, Part
from loans import acts
from loans.models import Loan
from loans.money import fen
from repayments import ledger
from repayments import queries as repayments_queries
from repayments.actions import AmountRefused, RepaidMoreThanOwed, most_interest
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Role


class NotOverdue(Refused):
    """The bank demands payment only for a loan that is overdue."""

    title = _("Not overdue")


class DemandIsOpen(Refused):
    """One demand after the other: the last has not ended."""

    title = _("A demand is open")


class NoOpenDemand(Refused):
    """A demand ends once: paid, rejected or taken back."""

    title = _("No demand is open")


class PapersMissing(Refused):
    """Nothing is signed or paid before all papers are there and in order; all that is missing is named at once."""

    title = _("Papers are missing")


class NotYetYourTurn(Refused):
    """Signatures follow one another, the director's last; the money follows them."""

    title = _("Signatures are missing")


class SignedAlready(Refused):
    """Each part signs once, and nobody signs for two."""

    title = _("Already signed")


class Brought(NamedTuple):
    """One paper as it is brought: its kind, number or particulars, and a scan where there is one."""

    kind: PaperKind
    reference: str = ""
    scan: Any = None


class Found(NamedTuple):
    """What the check of one paper found."""

    kind: PaperKind
    in_order: bool
    remark: str = ""


@transaction.atomic
def demand(*, loan, principal, interest, reason, by, on, papers=()):
    """The bank demands that the fund pay for an overdue loan, with the papers it has at hand."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("demand", loan=loan, by=by)
    has_reason(reason)
    if not repayments_queries.arrears(loan, on).days:
        raise NotOverdue(_gettext("Nothing of %(number)s is overdue on %(day)s.") % {"number": loan.number, "day": on})
    _at_most_owed(loan, principal, interest, on)
    with refusing("demand_one_open_per_loan", DemandIsOpen(_gettext("The last demand for %(number)s has not ended.") % {"number": loan.number})):
        made = Demand.objects.create(loan=loan, principal=principal, interest=interest, reason=reason, demanded_on=on, demanded_by=by)
    note("demand.made", subject=loan, by=by, on=on, principal=fen(principal), interest=fen(interest), reason=reason)
    bring(made, DemandPaper, papers, by=by, on=on, demand=made)
    return made


@transaction.atomic
def bring_papers(*, loan, papers, by, on):
    """The bank brings what was missing, or brings a paper again that was not in order."""
    asked = locked_demand(loan, "bring_papers", by=by)
    bring(asked, DemandPaper, papers, by=by, on=on, demand=asked)
    return asked


@transaction.atomic
def check_papers(*, loan, found, by, on):
    """The loan officer has looked through papers that were brought, and says of each whether it is in order."""
    asked = locked_demand(loan, "check_papers", by=by)
    check(asked, found, by=by, on=on)
    return asked


@transaction.atomic
def sign_compensation(*, loan, words, by, on):
    """Sign for employment, finance or as the director, with an opinion; whoever is against it rejects the demand instead."""
    asked = locked_demand(loan, "sign_compensation", by=by)
    has_reason(words)
    papers_are_complete(asked)
    return sign(asked, DemandSignature, words, by=by, on=on, demand=asked)


@transaction.atomic
def reject_demand(*, loan, reason, by, on):
    """Reject a bank's demand with its reason; another one may follow."""
    return _end(loan, "reject_demand", Demand.Outcome.REJECTED, reason, by=by, on=on)


@transaction.atomic
def withdraw_demand(*, loan, reason, by, on):
    """The bank takes its demand back, for the borrower has paid."""
    return _end(loan, "withdraw_demand", Demand.Outcome.WITHDRAWN, reason, by=by, on=on)


def locked_demand(loan, act, *, by):
    """The open demand of a case, with the case locked and this act permitted; refuses (NoOpenDemand) where none is open."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit(act, loan=loan, by=by)
    asked = compensation.open_demand(loan)
    if asked is None:
        raise NoOpenDemand(_gettext("No demand is open for case %(number)s.") % {"number": loan.number})
    asked.loan = loan
    return asked


def close(asked, outcome, *, reason="", by, on):
    """End a demand."""
    asked.outcome, asked.closed_on, asked.closed_by, asked.closing_reason = outcome, on, by, reason
    asked.save()


def _end(loan, act, outcome, reason, *, by, on):
    asked = locked_demand(loan, act, by=by)
    has_reason(reason)
    close(asked, outcome, reason=reason, by=by, on=on)
    note(f"demand.{outcome}", subject=asked.loan, by=by, on=on, reason=reason)
    return asked


def _at_most_owed(loan, principal, interest, on):
    owed, most = ledger.outstanding(loan), most_interest(loan, on)
    if min(principal, interest) < 0 or not principal:
        raise AmountRefused(_gettext("Principal is above zero, interest not below."))
    if principal > owed:
        raise RepaidMoreThanOwed(
            _gettext("%(number)s owes %(owed)s of principal; %(paid)s cannot be demanded.")
            % {"number": loan.number, "owed": f"{owed:,.2f}", "paid": f"{principal:,.2f}"}
        )
    if interest > most:
        raise RepaidMoreThanOwed(
            _gettext("%(number)s can owe %(owed)s of interest at most; %(paid)s cannot be demanded.")
            % {"number": loan.number, "owed": f"{most:,.2f}", "paid": f"{interest:,.2f}"}
        )


# --- Papers and signatures, of demands and of write-offs -----------------------------------------------------------------------
def bring(thing, model, papers, *, by, on, **whose):
    """Record papers as brought; one that is brought again waits for its check again."""
    for paper in papers:
        scan = paper.scan and applicants.attach_paper(
            applicant=thing.loan.applicant,
            kind=Paper.Kind.OTHER,
            held=Paper.Held.SCAN,
            file=paper.scan,
            case_number=thing.loan.number,
            step=str(paper.kind),
            about=str(PaperKind(paper.kind).label),
            by=by,
            on=on,
        )
        fresh = {"reference": paper.reference, "scan": scan or None, "brought_on": on, "brought_by": by}
        unchecked = {"in_order": None, "remark": "", "checked_on": None, "checked_by": None}
        model.objects.update_or_create(kind=paper.kind, **whose, defaults=fresh | unchecked)
    if papers:
        note("compensation.papers", subject=thing.loan, by=by, on=on, papers=[str(paper.kind) for paper in papers])


def check(thing, found, *, by, on):
    """Say of papers that were brought whether they are in order."""
    brought = {paper.kind: paper for paper in thing.papers.all()}
    for one in found:
        paper = brought.get(one.kind)
        if paper is None:
            raise PapersMissing(_gettext("“%(paper)s” was not brought.") % {"paper": PaperKind(one.kind).label})
        if not one.in_order:
            has_reason(one.remark)
        paper.in_order, paper.remark, paper.checked_on, paper.checked_by = one.in_order, one.remark, on, by
        paper.save()
    good, bad = ([str(one.kind) for one in found if one.in_order is verdict] for verdict in (True, False))
    note("compensation.checked", subject=thing.loan, by=by, on=on, good=good, bad=bad)


def papers_are_complete(thing):
    """Refuses (PapersMissing) where a paper is missing, not in order or unchecked, naming all of them at once."""
    lacking = compensation.papers_missing(thing) + [PaperKind(paper.kind) for paper in compensation.papers_unchecked(thing)]
    if lacking:
        names = pgettext("in a list", ", ").join(str(kind.label) for kind in dict.fromkeys(lacking))
        raise PapersMissing(_gettext("Missing, not in order or not yet checked: %(papers)s.") % {"papers": names})


def sign(thing, model, words, *, by, on, **whose):
    """Put one signature under a demand or a write-off: each part once, nobody twice, the director last."""
    part, missing = compensation.PART_OF[Role(by.role)], compensation.signatures_missing(thing)
    if part not in missing:
        raise SignedAlready(_gettext("%(part)s has signed already.") % {"part": part.label})
    if part == Part.DIRECTOR and missing != [Part.DIRECTOR]:
        raise NotYetYourTurn(_gettext("Still to be signed before: %(parts)s.") % {"parts": named(missing[:-1])})
    if thing.signatures.filter(signed_by=by.pk).exists():
        raise NotYours(_gettext("You have signed here for another part; the signatures are those of different people."))
    signature = model.objects.create(part=part, words=words, signed_on=on, signed_by=by, **whose)
    note("compensation.signed", subject=thing.loan, by=by, on=on, part=str(part), words=words)
    return signature


def named(parts):
    """These parts in one line."""
    return pgettext("in a list", ", ").join(str(part.label) for part in parts)
