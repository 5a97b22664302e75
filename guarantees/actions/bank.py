"""The bank decides on a promised case, and lends on it."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import agreements
from guarantees.actions.locks import end_promise, end_without_money, has_reason, locked, promise_is_good
from guarantees.models import Promise
from loans import acts, rates, rulebook, states
from loans.states import State
from repayments import penalty
from repayments.actions import open_loan, refuse_day
from repayments.schedule import HIGHEST_RATE, LEAST_LENT
from staff.db import refusing
from staff.errors import Refused


class RateTooHigh(Refused):
    """The contract's rate lies above the ceiling of its day."""

    title = _("The rate is too high")
    about = ("rate",)


class ContractTaken(Refused):
    """Banks give every contract number once."""

    title = _("Contract number already used")
    about = ("contract_number",)


class LentMoreThanPromised(Refused):
    """The bank lends at most what was promised, and says why where it is less."""

    title = _("Not the amount that was promised")
    about = ("amount",)


@transaction.atomic
def decide_credit(*, loan, contract_number, contract_date, rate, by, on, penalty_rate=None, penalty_on_rows=False):
    """The bank grants the loan and has signed its contract: rate and subsidy are fixed by the contract day.

    `penalty_rate` is what the contract says of overdue principal; None: one and a half times the rate of the day.
    """
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
    if penalty_rate is not None and not rate <= penalty_rate <= (highest := rate * penalty.TIMES):
        said = {"rate": f"{rate.normalize():f}", "most": f"{highest.normalize():f}", "penalty": f"{penalty_rate.normalize():f}"}
        raise RateTooHigh(
            _gettext("The penalty rate lies between the rate %(rate)s and %(most)s %% a year; %(penalty)s was entered.") % said, about="penalty_rate"
        )
    loan.penalty_rate, loan.penalty_on_rows = penalty_rate, penalty_on_rows
    loan.borrower_pays_first = agreements.borrowers_pay_first(loan.bank, contract_date)
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
    refuse_amount(loan, amount, difference_reason)
    loan.difference_reason = difference_reason
    end_promise(loan, Promise.End.DISBURSED, by=by, on=day)  # its room is used from the day of the money, so it is not reserved as well
    return open_loan(loan=loan, day=day, amount=amount, iou_number=iou_number, by=by, on=on, given=given)


def refuse_amount(loan, amount, difference_reason):
    """Refuses (LentMoreThanPromised) an amount above the promise, one that is too small, and less than promised without its reason."""
    said = {"promise": loan.promise, "granted": f"{loan.amount_granted:,.2f}", "number": loan.number, "amount": f"{amount:,.2f}", "least": f"{LEAST_LENT:,.2f}"}
    if amount > loan.amount_granted:
        words = _gettext("%(promise)s promises %(granted)s yuan for %(number)s, and a bank lends at most what is promised: not %(amount)s.")
        raise LentMoreThanPromised(words % said)
    if amount < LEAST_LENT:
        raise LentMoreThanPromised(_gettext("A loan is at least %(least)s yuan; %(amount)s was entered.") % said)
    if amount < loan.amount_granted and not difference_reason.strip():
        raise LentMoreThanPromised(_gettext("Less than the %(granted)s yuan promised: say why.") % said, about="difference_reason")
