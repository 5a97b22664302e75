"""The bank demands that the fund pay for an overdue loan; its papers are checked and three people sign, or one rejects it."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.actions.checked import bring, check, papers_are_complete, sign
from guarantees.actions.locks import has_reason
from guarantees.models import Demand
from loans import acts
from loans.models import Loan
from loans.money import fen
from repayments import ledger
from repayments import queries as repayments_queries
from repayments.actions import AmountRefused, RepaidMoreThanOwed, most_interest
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused


class NotOverdue(Refused):
    """The bank demands payment only for a loan that is overdue."""

    title = _("Not overdue")


class DemandIsOpen(Refused):
    """One demand after the other: the last has not ended."""

    title = _("A demand is open")


class NoOpenDemand(Refused):
    """A demand ends once: paid, rejected or taken back."""

    title = _("No demand is open")


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
    bring(made, papers, by=by, on=on)
    return made


@transaction.atomic
def bring_papers(*, loan, papers, by, on):
    """The bank brings what was missing, or brings a paper again that was not in order."""
    asked = locked_demand(loan, "bring_papers", by=by)
    bring(asked, papers, by=by, on=on)
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
    return sign(asked, words, by=by, on=on)


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
            % {"number": loan.number, "owed": f"{most:,.2f}", "paid": f"{interest:,.2f}"},
            about="interest",
        )
