"""Money in the guarantee fund: paid in by the treasury, kept as interest, moved between banks, withdrawn. Finance does all of it."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import queries
from guarantees.models import FundAccount
from loans.money import fen
from repayments import ledger
from repayments.actions import AmountRefused, only_roles, refuse_day
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff.audit import note
from staff.errors import Refused
from staff.models import Role


class BreaksTheMultiple(Refused):
    """What the fund stands for at a bank is at most its multiple; money that holds it up cannot leave."""

    title = _("The multiple would be broken")


class SameAccount(Refused):
    """Money is moved between two banks."""

    title = _("Not a move between two banks")


@transaction.atomic
def pay_in(*, account, amount, document, value_date, by, on):
    """The treasury pays into the fund at one bank; `document` is the number of its paper. Returns the entry."""
    return _come_in(Entry.Kind.PAY_IN, Account.TREASURY, account=account, amount=amount, document=document, value_date=value_date, by=by, on=on)


@transaction.atomic
def keep_interest(*, account, amount, document, value_date, by, on):
    """The bank's interest on the fund is added to it."""
    return _come_in(Entry.Kind.INTEREST, Account.FUND_INTEREST, account=account, amount=amount, document=document, value_date=value_date, by=by, on=on)


@transaction.atomic
def withdraw(*, account, amount, document, value_date, by, on):
    """Money leaves the fund at one bank for the treasury; refused where it would break the multiple."""
    [account] = _locked(account)
    _refuse_odd(amount, value_date, account, by=by, on=on)
    _refuse_breaking(account, amount, on=on)
    return _post(Entry.Kind.WITHDRAWAL, (account, -amount), Posting(Account.TREASURY, amount), document=document, value_date=value_date, by=by, on=on)


@transaction.atomic
def transfer(*, source, target, amount, document, value_date, by, on):
    """Money moves from the fund at one bank to that at another; refused where it would break the first one's multiple."""
    if source == target:
        raise SameAccount(_gettext("Choose two different banks."))
    accounts = {account.pk: account for account in _locked(source, target)}
    source, target = accounts[source.pk], accounts[target.pk]
    for account in (source, target):
        _refuse_odd(amount, value_date, account, by=by, on=on)
    _refuse_breaking(source, amount, on=on)
    arrival = Posting(Account.FUND, amount, bank=target.bank)
    entry = _post(Entry.Kind.TRANSFER, (source, -amount), arrival, document=document, value_date=value_date, by=by, on=on)
    note("fund.transfer", subject=target, by=by, on=on, amount=fen(amount), document=document)
    return entry


def _come_in(kind, origin, *, account, amount, document, value_date, by, on):
    [account] = _locked(account)
    _refuse_odd(amount, value_date, account, by=by, on=on)
    return _post(kind, (account, amount), Posting(origin, -amount), document=document, value_date=value_date, by=by, on=on)


def _locked(*accounts):
    """These fund accounts, locked in one order whoever asks, so that two moves never wait for each other."""
    rows = FundAccount.objects.select_for_update(of=("self",)).select_related("bank")
    return list(rows.filter(pk__in=[account.pk for account in accounts]).order_by("pk"))


def _refuse_odd(amount, value_date, account, *, by, on):
    only_roles(by, Role.FINANCE)
    if amount <= 0:
        raise AmountRefused(_gettext("The amount must be above zero."))
    refuse_day(value_date, first=account.opened, on=on)


def _refuse_breaking(account, amount, *, on):
    """Refuses to take away what the fund at this bank stands on."""
    now = queries.standing(account.bank, on=on)
    after = now.with_balance(-amount)
    if after.balance < 0 or after.room < 0:
        raise BreaksTheMultiple(
            _gettext("The fund at %(bank)s stands for %(stands)s yuan, at most %(multiple)s times its balance; at most %(free)s can leave it.")
            % {
                "bank": account.bank,
                "stands": f"{now.used + now.reserved:,.2f}",
                "multiple": f"{now.multiple:g}",
                "free": f"{now.free_to_leave:,.2f}",
            }
        )


def _post(kind, change, other, *, document, value_date, by, on):
    account, amount = change
    money = Posting(Account.FUND, amount), other
    entry = ledger.post(kind, *money, bank=account.bank, reference=document, value_date=value_date, on=on, by=by)
    note(f"fund.{kind}", subject=account, by=by, on=on, amount=fen(abs(amount)), document=document)
    return entry
