"""No new promises for a bank whose compensation rate has reached the limit, until finance and employment both sign."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import compensation
from guarantees.actions.checked import SignedAlready, refuse_second_hat
from guarantees.actions.locks import has_reason
from guarantees.models import FundAccount, Part, Suspension
from repayments.actions import only_roles
from repayments.models import Entry
from staff.audit import note
from staff.clock import the_clock
from staff.db import refusing
from staff.errors import Refused
from staff.models import Role

SIGNS_FOR = {Role.FINANCE: Part.FINANCE, Role.DIRECTOR: Part.EMPLOYMENT}


class BankIsSuspended(Refused):
    """The bank's compensation rate has reached the limit: nothing new is promised for it."""

    title = _("No new promises for this bank")


class NotSuspended(Refused):
    """There is nothing to lift."""

    title = _("Not suspended")


def refuse_suspended(bank, *, on):
    """Refuses (BankIsSuspended) a promise for a bank that is suspended, naming rate and rule. Call under the lock of its fund account."""
    held = compensation.suspension_of(bank)
    if held and held.by_hand:
        raise BankIsSuspended(
            _gettext("%(bank)s has been suspended since %(day)s: %(reason)s") % {"bank": bank, "day": held.suspended_on, "reason": held.reason}
        )
    if held or compensation.must_be_suspended(bank, on=on):
        rate, limit = compensation.rate_now(bank, on=on), compensation.limit_on(on)
        raise BankIsSuspended(
            _gettext("%(document)s: at a compensation rate of %(limit)s %% nothing new is promised for a bank. %(bank)s stands at %(rate)s %%.")
            % {"document": limit.document, "limit": f"{limit.percent.normalize():f}", "bank": bank, "rate": f"{rate.percent:.2f}"}
        )


def suspend_if_reached(account, *, by, on):
    """Record the suspension of a bank that has reached the limit; its fund account is locked."""
    bank = account.bank
    if compensation.suspension_of(bank) or not compensation.must_be_suspended(bank, on=on):
        return None
    return _suspend(account, by_hand=False, reason="", by=by, on=on)


def suspend_reached(*, on):
    """Suspend every bank that has reached the limit by the end of a day: a job of the day."""
    return [held for bank in FundAccount.objects.order_by("pk") if (held := _checked(bank, on))]


@transaction.atomic
def _checked(account, on):
    return suspend_if_reached(_locked(account), by=the_clock(), on=on)


@transaction.atomic
def suspend(*, account, reason, by, on):
    """The director or finance suspends a bank by hand, for a reason."""
    account = _locked(account)
    only_roles(by, Role.DIRECTOR, Role.FINANCE)
    has_reason(reason)
    return _suspend(account, by_hand=True, reason=reason, by=by, on=on)


@transaction.atomic
def sign_lifting(*, account, words, by, on):
    """Sign for finance or for employment that promises may go on, naming the new risk control; the second signature lifts the suspension."""
    account = _locked(account)
    only_roles(by, *SIGNS_FOR)
    has_reason(words)
    held = compensation.suspension_of(account.bank)
    if held is None:
        raise NotSuspended(_gettext("%(bank)s is not suspended.") % {"bank": account.bank})
    part = SIGNS_FOR[Role(by.role)]
    if held.signatures.filter(part=part).exists():
        raise SignedAlready(_gettext("%(part)s has signed already.") % {"part": part.label})
    refuse_second_hat(held, by)
    held.signatures.create(part=part, words=words, signed_on=on, signed_by=by, delegation=by.delegation)
    note("suspension.signed", subject=account, by=by, on=on, part=str(part), words=words)
    if held.signatures.count() == len(SIGNS_FOR):
        held.lifted_on, held.lifted_by, held.last_entry = on, by, Entry.objects.aggregate(last=Max("pk", default=0))["last"]
        held.save()
        note("suspension.lifted", subject=account, by=by, on=on)
    return held


def _locked(account):
    return FundAccount.objects.select_for_update(of=("self",)).select_related("bank").get(pk=account.pk)


def _suspend(account, *, by_hand, reason, by, on):
    rate, limit = compensation.rate_now(account.bank, on=on), compensation.limit_on(on)
    again = BankIsSuspended(_gettext("%(bank)s is suspended already.") % {"bank": account.bank})
    with refusing("suspension_one_open_per_bank", again):
        held = Suspension.objects.create(
            bank=account.bank,
            suspended_on=on,
            suspended_by=by,
            by_hand=by_hand,
            rate=min(rate.share, 999),
            limit=limit.rate,
            document=limit.document,
            reason=reason,
        )
    note("suspension.begun", subject=account, by=by, on=on, rate=f"{rate.percent:.2f}", document=limit.document, words=reason)
    return held
