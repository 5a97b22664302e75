"""The bank decides on a promised case, lends on it, and demands payment where a loan goes wrong."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.actions.locks import end_promise, end_without_money, has_reason, locked, promise_is_good
from guarantees.models import Demand, Promise
from loans import acts, rates, rulebook, states
from loans.models import Loan
from loans.money import fen
from loans.states import State
from repayments import ledger
from repayments import queries as repayments_queries
from repayments.actions import RepaidMoreThanOwed, only_roles, open_loan, refuse_day
from repayments.schedule import HIGHEST_RATE, LEAST_LENT
from staff.audit import note
from staff.db import refusing
from staff.errors import Refused
from staff.models import Role


class RateTooHigh(Refused):
    """The contract's rate lies above the ceiling of its day."""

    title = _("The rate is too high")


class ContractTaken(Refused):
    """Banks give every contract number once."""

    title = _("Contract number already used")


class LentMoreThanPromised(Refused):
    """The bank lends at most what was promised, and says why where it is less."""

    title = _("Not the amount that was promised")


class NotOverdue(Refused):
    """The bank demands payment only for a loan that is overdue."""

    title = _("Not overdue")


class DemandIsOpen(Refused):
    """One demand after the other: the last has not been answered."""

    title = _("A demand is open")


class DemandIsClosed(Refused):
    """A demand ends once: paid, rejected or taken back."""

    title = _("This demand is closed")


@transaction.atomic
def decide_credit(*, loan, contract_number, contract_date, rate, by, on):
    """The bank grants the loan and has signed its contract: rate and subsidy are fixed by the contract day."""
    _account, loan = locked(loan)
    acts.permit("decide_credit", loan=loan, by=by)
    promise_is_good(loan, on)
    refuse_day(contract_date, first=loan.approved_on, on=on)
    terms = rulebook.terms_of(loan, contract_on=contract_date)
    ceiling = rates.rate_ceiling(terms, rulebook.all_rates(), contract_on=contract_date, term_months=loan.term_granted)
    most = HIGHEST_RATE if ceiling is None else ceiling
    if not 0 < rate <= most:
        raise RateTooHigh(
            _gettext("On %(day)s the rate must be above 0 and at most %(most)s %% a year; %(rate)s was entered.")
            % {"day": contract_date, "most": most.normalize(), "rate": rate.normalize()}
        )
    loan.credit_decided_on, loan.credit_decided_by = on, by
    loan.contract_number, loan.contract_date, loan.rate, loan.terms = contract_number, contract_date, rate, terms.as_data()
    taken = ContractTaken(_gettext("%(bank)s has given contract number %(number)s to another case.") % {"bank": loan.bank, "number": contract_number})
    with refusing("loan_contract_once_per_bank", taken):
        return states.move(loan, State.CONTRACTED, by=by, on=on, act="decide_credit", contract=contract_number, rate=f"{rate.normalize():f}")


@transaction.atomic
def refuse_credit(*, loan, reason, by, on):
    """The bank does not lend; the promise ends and the room is free at once."""
    _account, loan = locked(loan)
    acts.permit("refuse_credit", loan=loan, by=by)
    has_reason(reason)
    return end_without_money(loan, State.REFUSED, Promise.End.REFUSED, act="refuse_credit", reason=reason, by=by, on=on)


@transaction.atomic
def confirm_disbursement(*, loan, day, amount, iou_number, difference_reason, by, on, given=None):
    """The bank has paid the loan out: reserved room becomes used, what was not needed is free, the loan lives."""
    _account, loan = locked(loan)
    acts.permit("confirm_disbursement", loan=loan, by=by)
    promise_is_good(loan, day)
    refuse_day(day, first=loan.contract_date, on=on)
    if not LEAST_LENT <= amount <= loan.amount_granted:
        raise LentMoreThanPromised(
            _gettext("%(granted)s yuan were promised for %(number)s; %(amount)s cannot be lent on it.")
            % {"granted": f"{loan.amount_granted:,.2f}", "number": loan.number, "amount": f"{amount:,.2f}"}
        )
    if amount < loan.amount_granted and not difference_reason:
        raise LentMoreThanPromised(_gettext("Less than the %(granted)s yuan promised: say why.") % {"granted": f"{loan.amount_granted:,.2f}"})
    loan.difference_reason = difference_reason
    end_promise(loan, Promise.End.DISBURSED, by=by, on=on)
    return open_loan(loan=loan, day=day, amount=amount, iou_number=iou_number, by=by, on=on, given=given)


@transaction.atomic
def demand(*, loan, principal, interest, reason, by, on):
    """The bank demands that the fund pay for an overdue loan."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("demand", loan=loan, by=by)
    has_reason(reason)
    if not repayments_queries.arrears(loan, on).days:
        raise NotOverdue(_gettext("Nothing of %(number)s is overdue on %(day)s.") % {"number": loan.number, "day": on})
    owed = ledger.outstanding(loan)
    if not 0 < principal <= owed or interest < 0:
        raise RepaidMoreThanOwed(
            _gettext("%(number)s owes %(owed)s of principal; %(paid)s cannot be demanded.")
            % {"number": loan.number, "owed": f"{owed:,.2f}", "paid": f"{principal:,.2f}"}
        )
    with refusing("demand_one_open_per_loan", DemandIsOpen(_gettext("The last demand for %(number)s has not been answered.") % {"number": loan.number})):
        made = Demand.objects.create(loan=loan, principal=principal, interest=interest, reason=reason, demanded_on=on, demanded_by=by)
    note("demand.made", subject=loan, by=by, on=on, principal=fen(principal), interest=fen(interest), reason=reason)
    return made


@transaction.atomic
def reject_demand(*, demand, reason, by, on):
    """Reject a bank's demand with its reason; another one may follow."""
    demand = Demand.objects.select_for_update(of=("self",)).select_related("loan").get(pk=demand.pk)
    only_roles(by, Role.DIRECTOR, Role.FINANCE)
    has_reason(reason)
    if demand.closed_on:
        raise DemandIsClosed(_gettext("This demand ended on %(day)s: %(outcome)s.") % {"day": demand.closed_on, "outcome": demand.get_outcome_display()})
    demand.outcome, demand.closed_on, demand.closed_by, demand.closing_reason = Demand.Outcome.REJECTED, on, by, reason
    demand.save()
    note("demand.rejected", subject=demand.loan, by=by, on=on, reason=reason)
    return demand
