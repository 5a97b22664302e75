"""What every act on a guarantee begins and ends with: the fund account is locked before the case."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.models import FundAccount
from loans import states
from loans.actions.leaving import ReasonMissing
from loans.models import Loan
from staff.errors import Refused


class NoFundAccount(Refused):
    """No part of the fund is kept with this bank."""

    title = _("No fund at this bank")


class PromiseHasLapsed(Refused):
    """A promise not disbursed within its days is no longer good."""

    title = _("The promise has lapsed")


def locked(loan):
    """The fund account of the case's bank, then the case, both locked until the transaction ends."""
    account = FundAccount.objects.select_for_update(of=("self",)).filter(bank=loan.bank_id).first()
    if account is None:
        raise NoFundAccount(_gettext("No part of the fund is kept with %(bank)s.") % {"bank": loan.bank})
    return account, Loan.objects.locked(loan.pk)


def has_reason(reason):
    """Refuses (ReasonMissing) an act that is to be explained and is not."""
    if not reason.strip():
        raise ReasonMissing(_gettext("This needs its reason in words."))


def promise_is_good(loan, day):
    if day > loan.promise.valid_until:
        raise PromiseHasLapsed(_gettext("Promise %(number)s was good until %(day)s.") % {"number": loan.promise, "day": loan.promise.valid_until})


def end_promise(loan, end, *, by, on):
    promise = loan.promise
    promise.ended_on, promise.ended_by, promise.end = on, by, end
    promise.save()


def end_without_money(loan, state, end, *, act, reason, by, on):
    """End the case and its promise; contract and approval stay as they were."""
    end_promise(loan, end, by=by, on=on)
    loan.closed_on, loan.closed_by, loan.closing_reason = on, by, reason
    return states.move(loan, state, by=by, on=on, act=act, words=reason)
