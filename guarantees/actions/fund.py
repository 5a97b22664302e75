"""Money in the guarantee fund: paid in by the treasury, kept as interest, moved between banks, withdrawn. Finance does all of it.

What the preview shows and what the booking goes by is the same: `look` at each bank's part before and after.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import queries
from guarantees.actions.locks import has_reason
from guarantees.models import FundAccount
from guarantees.queries import Position
from loans.money import fen
from repayments import ledger
from repayments.actions import AmountRefused, only_roles, refuse_day
from repayments.ledger import Posting
from repayments.models import Account, Entry
from staff.audit import note
from staff.errors import Refused
from staff.models import Role

MOVEMENTS = (Entry.Kind.PAY_IN, Entry.Kind.INTEREST, Entry.Kind.TRANSFER, Entry.Kind.WITHDRAWAL)
OTHER_SIDE = {Entry.Kind.PAY_IN: Account.TREASURY, Entry.Kind.INTEREST: Account.FUND_INTEREST, Entry.Kind.WITHDRAWAL: Account.TREASURY}


class BreaksTheMultiple(Refused):
    """What the fund stands for at a bank is at most its multiple; money that holds it up cannot leave."""

    title = _("The multiple would be broken")
    about = ("amount",)


class SameAccount(Refused):
    """Money is moved between two banks."""

    title = _("Not a move between two banks")
    about = ("target",)


class NotAMovement(Refused):
    """Compensations and recoveries are undone where they were made, not here."""

    title = _("Not a movement of the fund")


class Change(NamedTuple):
    """One bank's part of the fund before and after money came or left."""

    before: Position
    after: Position


@transaction.atomic
def pay_in(*, account, amount, document, value_date, by, on, memo=""):
    """The treasury pays into the fund at one bank; `document` is the number of its paper. Returns the entry."""
    return _book(Entry.Kind.PAY_IN, account=account, amount=amount, document=document, value_date=value_date, memo=memo, by=by, on=on)


@transaction.atomic
def keep_interest(*, account, amount, document, value_date, by, on, memo=""):
    """The bank's interest on the fund is added to it."""
    return _book(Entry.Kind.INTEREST, account=account, amount=amount, document=document, value_date=value_date, memo=memo, by=by, on=on)


@transaction.atomic
def withdraw(*, account, amount, document, value_date, by, on, memo=""):
    """Money leaves the fund at one bank for the treasury; refused where it would break the multiple."""
    return _book(Entry.Kind.WITHDRAWAL, account=account, amount=amount, document=document, value_date=value_date, memo=memo, by=by, on=on)


@transaction.atomic
def transfer(*, source, target, amount, document, value_date, by, on, memo=""):
    """Money moves from the fund at one bank to that at another; refused where it would break the first one's multiple."""
    accounts = {"source": source, "target": target}
    return _book(Entry.Kind.TRANSFER, **accounts, amount=amount, document=document, value_date=value_date, memo=memo, by=by, on=on)


@transaction.atomic
def reverse_movement(*, entry, reason, by, on):
    """Undo a wrong movement by a counter-entry; refused where that would break a multiple. Returns the counter-entry."""
    moves = _locked(parts_of_reversal(entry))
    look(moves, value_date=entry.value_date, by=by, on=on)
    has_reason(reason)
    undone = ledger.reverse(entry, on=on, by=by, reason=reason)
    for account, amount in moves:
        note("fund.reversed", subject=account, by=by, on=on, amount=fen(abs(amount)), document=entry.reference, reason=reason)
    return undone


def parts(kind, *, amount, account=None, source=None, target=None):
    """(fund account, signed yuan) of every account that a movement of this kind touches."""
    if amount <= 0:
        raise AmountRefused(_gettext("The amount must be above zero."))
    if kind != Entry.Kind.TRANSFER:
        return [(account, -amount if kind == Entry.Kind.WITHDRAWAL else amount)]
    if source == target:
        raise SameAccount(_gettext("Choose two different banks."))
    return [(source, -amount), (target, amount)]


def parts_of_reversal(entry):
    """(fund account, signed yuan) of what undoes a movement."""
    if entry.kind not in MOVEMENTS:
        raise NotAMovement(_gettext("%(reference)s is no movement that finance made here.") % {"reference": entry.reference})
    lines = entry.lines.filter(account=Account.FUND).select_related("bank__fund_account")
    return [(line.bank.fund_account, -line.amount) for line in lines]


def look(moves, *, value_date, by, on):
    """Each bank's part of the fund before and after these moves; refuses whatever their booking refuses."""
    only_roles(by, Role.FINANCE)
    for account, _amount in moves:
        refuse_day(value_date, first=account.opened, on=on)
    changes = before_and_after(moves, on=on)
    for change in changes:
        _refuse_breaking(change)
    return changes


def before_and_after(moves, *, on):
    """Each bank's part of the fund as it stands, and as these moves would leave it."""
    standing = [queries.standing(account.bank, on=on) for account, _amount in moves]
    return [Change(now, now.with_balance(amount)) for now, (_account, amount) in zip(standing, moves, strict=True)]


def _book(kind, *, amount, document, value_date, memo, by, on, **accounts):
    moves = _locked(parts(kind, amount=amount, **accounts))
    look(moves, value_date=value_date, by=by, on=on)
    lines = [Posting(Account.FUND, change, bank=account.bank) for account, change in moves]
    if kind in OTHER_SIDE:
        lines.append(Posting(OTHER_SIDE[kind], -moves[0][1]))
    entry = ledger.post(kind, *lines, bank=moves[0][0].bank, reference=document, value_date=value_date, memo=memo, on=on, by=by)
    for account, _change in moves:
        note(f"fund.{kind}", subject=account, by=by, on=on, amount=fen(amount), document=document)
    return entry


def _locked(moves):
    """The same moves, their fund accounts locked in one order whoever asks, so that two moves never wait for each other."""
    rows = FundAccount.objects.select_for_update(of=("self",)).select_related("bank").order_by("pk")
    held = {account.pk: account for account in rows.filter(pk__in=[account.pk for account, _amount in moves])}
    return [(held[account.pk], amount) for account, amount in moves]


def _refuse_breaking(change):
    """Refuses to take away what the fund at this bank stands on."""
    now, after = change
    if after.balance < now.balance and (after.balance < 0 or after.room < 0):
        raise BreaksTheMultiple(
            _gettext("The fund at %(bank)s stands for %(stands)s yuan, at most %(multiple)s times its balance; at most %(free)s can leave it.")
            % {
                "bank": now.bank,
                "stands": f"{now.used + now.reserved:,.2f}",
                "multiple": f"{now.multiple.normalize():f}",
                "free": f"{now.free_to_leave:,.2f}",
            }
        )
