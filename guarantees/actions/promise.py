"""The office promises a guarantee, takes it back, or lets it lapse."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import queries
from guarantees.actions.locks import end_without_money, has_reason, locked
from guarantees.actions.suspension import refuse_suspended
from guarantees.models import Promise
from loans import acts, backing, rulebook, states
from loans import queries as loan_queries
from loans.models import Loan
from loans.money import fen
from loans.states import RESERVED, State
from repayments.actions import DayRefused
from repayments.schedule import LEAST_LENT
from staff.clock import the_clock
from staff.errors import Refused
from staff.numbers import next_number


class FundIsFull(Refused):
    """The fund at this bank already stands for as much as its multiple allows."""

    title = _("The fund has no room for this")
    about = ("amount",)


class OverTheCap(Refused):
    """The documents in force set the most that may be lent, and for how long."""

    title = _("More than the rules allow")
    about = ("amount",)


class HouseholdHasALoan(Refused):
    """A household has at most one live loan."""

    title = _("The household has a loan")


@transaction.atomic
def approve(*, loan, amount, term, remark, by, on):
    """Sign as the third person and promise the guarantee: room is reserved until the bank disburses. Returns the promise."""
    account, loan = locked(loan)
    acts.permit("approve", loan=loan, by=by)
    _household_is_free(loan)
    backing.check(loan, amount=amount, on=on)
    terms = _within_the_rules(loan, amount, term)
    refuse_suspended(loan.bank, on=on)
    fund = queries.standing(loan.bank, on=on)
    if amount > fund.room:
        raise FundIsFull(
            _gettext("The fund at %(bank)s has room for %(room)s yuan; this case needs %(wanted)s.")
            % {"bank": loan.bank, "room": f"{fund.room:,.2f}", "wanted": f"{amount:,.2f}"}
        )
    number = promise_number(on.year, next_number(f"promise-{on.year}"))
    loan.approved_on, loan.approved_by, loan.approve_note = on, by, remark
    loan.amount_granted, loan.term_granted, loan.terms = amount, term, terms.as_data()
    states.move(loan, State.PROMISED, by=by, on=on, act="approve", promise=number, amount=fen(amount), words=remark)
    return Promise.objects.create(
        loan=loan,
        account=account,
        number=number,
        amount=amount,
        valid_until=queries.promise_valid_until(on),
        fund_balance=fund.balance,
        multiple=fund.multiple,
        stood_for=fund.used + fund.reserved + amount,
        promised_on=on,
        promised_by=by,
    )


def promise_number(year, number):
    """The number of a 担保承诺书, as official papers write it: 双担承〔2012〕1号."""
    return f"{settings.OFFICE_MARK}承〔{year}〕{number}号"


@transaction.atomic
def withdraw_promise(*, loan, reason, by, on):
    """Take a promise back before the bank has disbursed; the room is free at once."""
    _account, loan = locked(loan)
    acts.permit("withdraw_promise", loan=loan, by=by)
    has_reason(reason)
    return end_without_money(loan, State.WITHDRAWN, Promise.End.WITHDRAWN, act="withdraw_promise", reason=reason, by=by, on=on)


@transaction.atomic
def lapse(*, loan, by, on):
    """End a promise whose days are over; the room is free at once."""
    _account, loan = locked(loan)
    states.expect(loan, *RESERVED)
    if on <= loan.promise.valid_until:
        raise DayRefused(_gettext("Promise %(number)s is good until %(day)s.") % {"number": loan.promise, "day": loan.promise.valid_until})
    reason = _gettext("Not disbursed by %(day)s.") % {"day": loan.promise.valid_until}
    return end_without_money(loan, State.LAPSED, Promise.End.LAPSED, act="lapse", reason=reason, by=by, on=on)


@transaction.atomic
def lapse_due(*, on):
    """End every promise whose days are over on this day: a job of the day. One that ended or was renewed meanwhile is passed over."""
    over = Promise.objects.filter(ended_on__isnull=True, valid_until__lt=on).select_related("loan").order_by("account_id", "id")
    return [lapse(loan=promise.loan, by=the_clock(), on=on) for promise in over if _still_over(promise, on)]


def _still_over(promise, on):
    """The same asked again once the case is locked: whoever held it may have lent on it, taken it back or renewed it."""
    locked(promise.loan)
    promise.refresh_from_db(fields=["ended_on", "valid_until"])
    return promise.ended_on is None and promise.valid_until < on


def _household_is_free(loan):
    """Refuses a second loan in a household; its people are locked, for two members may be approved at two banks at once."""
    loan_queries.locked_people(*filter(None, (loan.applicant, loan.spouse)))
    lent_or_promised = (*RESERVED, State.LIVE, State.COMPENSATED)
    other = Loan.objects.of_household(loan.applicant).filter(state__in=lent_or_promised).exclude(pk=loan.pk).select_related("applicant").first()
    if other:
        raise HouseholdHasALoan(
            _gettext("%(name)s has %(number)s (%(state)s); a household has one loan at a time.")
            % {"name": other.applicant, "number": other.number, "state": other.get_state_display()}
        )


def _within_the_rules(loan, amount, term):
    """The terms in force for this case; refuses an amount or a term outside of them."""
    terms = rulebook.terms_of(loan)
    cap, longest = terms.cap(loan.partners), terms.term_months
    if not LEAST_LENT <= amount <= loan.amount_asked:
        raise OverTheCap(
            _gettext("%(asked)s yuan were asked for; the office grants from %(least)s to that.") % {"asked": f"{loan.amount_asked:,.2f}", "least": LEAST_LENT}
        )
    if cap is not None and amount > cap:
        document = terms.lending_cap.rule.document_no if terms.lending_cap else terms.per_partner_cap.rule.document_no
        raise OverTheCap(_gettext("%(document)s allows at most %(cap)s yuan here.") % {"document": document, "cap": f"{cap:,.2f}"})
    if term < 1 or (longest and term > longest.value):
        raise OverTheCap(
            _gettext("%(document)s allows at most %(months)s months.") % {"document": longest.rule.document_no, "months": longest.value}
            if longest
            else _gettext("A term is at least one month.")
        )
    return terms
