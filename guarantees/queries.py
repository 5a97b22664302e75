"""What the fund holds, stands for and may still promise (domain.md §3). All amounts in yuan."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_UP, Decimal

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from guarantees.models import Promise, PromiseDays
from loans.models import Loan, PolicyRow
from repayments import ledger
from repayments.models import Account, Entry, Line
from staff.models import Bank
from staff.scope import sees_bank, visible

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Position:
    """One bank's part of the fund on one day."""

    bank: Bank
    balance: Decimal
    multiple: Decimal
    used: Decimal
    reserved: Decimal

    @property
    def capacity(self):
        return self.balance * self.multiple

    @property
    def room(self):
        return self.capacity - self.used - self.reserved

    @property
    def leverage(self):
        """How many times its balance the fund stands for: used and reserved ÷ balance."""
        return (self.used + self.reserved) / self.balance if self.balance else NOTHING

    @property
    def over_limit(self):
        return self.room < 0

    @property
    def nearly_full(self):
        """Is less than a tenth of what may be promised still free?"""
        return self.room < self.capacity / 10

    @property
    def free_to_leave(self):
        """What of the balance nothing stands on, to the fen: it may be withdrawn or moved."""
        needed = ((self.used + self.reserved) / self.multiple).quantize(NOTHING, ROUND_UP)
        return max(NOTHING, self.balance - needed)

    def beside(self, after):
        """[(what, now, afterwards)] of what loans and promises take up, as pages show it."""
        shown = (("used", _("Guaranteed and outstanding")), ("reserved", _("Promised, not yet paid out")), ("room", _("Room")))
        return [(label, getattr(self, name), getattr(after, name)) for name, label in shown]

    def with_promise(self, amount):
        """The same part once so much more is promised."""
        return replace(self, reserved=self.reserved + amount)

    def with_lent(self, promised, lent):
        """The same part once so much of a promise is lent, and the rest of it free."""
        return replace(self, used=self.used + lent, reserved=self.reserved - promised)

    def with_undone(self, lent, promised):
        """The same part once a disbursement is undone and so much is promised again."""
        return replace(self, used=self.used - lent, reserved=self.reserved + promised)

    def with_compensation(self, paid, principal):
        """The same part once so much is paid from it, and the loan's principal has left it."""
        return replace(self, balance=self.balance - paid, used=self.used - principal)

    def with_balance(self, change):
        """The same part once so much has come to the account, or left it."""
        return replace(self, balance=self.balance + change)


def multiple(on):
    """How many times its balance the fund may promise on this day: the latest policy row's, 5 since 银发〔2002〕394号."""
    return PolicyRow.objects.in_effect().filter(leverage__isnull=False, effective_from__lte=on).latest("effective_from").leverage


def reserved(bank, *, on):
    """Promised at this bank by that day and not ended by it."""
    promises = Promise.objects.filter(account__bank=bank, promised_on__lte=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return promises.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def position(bank, *, on):
    """This bank's part of the fund on that day."""
    return Position(
        bank,
        ledger.balance(Account.FUND, bank=bank, as_of=on),
        multiple(on),
        ledger.balance(Account.PRINCIPAL, bank=bank, as_of=on),
        reserved(bank, on=on),
    )


def standing(bank, *, on):
    """This bank's part of the fund with everything that is in the book, whatever its value date: what decisions go by.

    Read it under the lock of the fund account; only the multiple is that of the day.
    """
    open_promises = Promise.objects.filter(account__bank=bank, ended_on__isnull=True)
    reserved_now = open_promises.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    return Position(bank, ledger.balance(Account.FUND, bank=bank), multiple(on), ledger.balance(Account.PRINCIPAL, bank=bank), reserved_now)


def promise_valid_until(on):
    """The last day on which a promise of this day can be disbursed."""
    return on + timedelta(PromiseDays.objects.in_effect().filter(effective_from__lte=on).latest("effective_from").days)


def positions(*, on):
    """Every bank's part of the fund on that day, in the banks' order."""
    return [position(bank, on=on) for bank in Bank.objects.filter(fund_account__isnull=False)]


def room(bank, *, on):
    """How much more may be promised at this bank, in yuan, with everything in the book. Decide under the lock of its fund account."""
    return standing(bank, on=on).room


def awaiting_bank(user):
    """The promised cases that this user may see and that wait for their bank, the longest first."""
    return visible(Loan.objects.reserved(), user).select_related("applicant", "promise").order_by("state_since", "number")


def seen_by(user, *, on):
    """The positions that this user may see: bank staff that of their own bank."""
    return [position for position in positions(on=on) if sees_bank(user, position.bank.pk)]


class Total:
    """The whole fund: the sums of its parts."""

    def __init__(self, positions):
        for name in ("balance", "capacity", "used", "reserved", "room"):
            setattr(self, name, sum((getattr(position, name) for position in positions), NOTHING))

    @property
    def leverage(self):
        return (self.used + self.reserved) / self.balance if self.balance else NOTHING


def open_promises(user):
    """Promises not yet disbursed, the one that lapses first on top."""
    promises = visible(Promise.objects.filter(ended_on__isnull=True), user, bank="account__bank")
    return promises.select_related("loan__applicant", "account__bank", "promised_by").order_by("valid_until", "pk")


def movements(user):
    """What came to the fund and left it, the latest first, with its signed `amount` of the fund."""
    lines = Line.objects.filter(account=Account.FUND).select_related("entry", "bank", "entry__booked_by")
    undone = Exists(Entry.objects.filter(reverses=OuterRef("entry")))
    return visible(lines, user).annotate(undone=undone).order_by("-entry__value_date", "-pk")


def next_contract_number(bank, on):
    """What the bank's next contract number of the year would be, as it has numbered so far: NXD2012-0004."""
    return _next(f"{bank.contract_prefix}{on.year}-", 4, Loan.objects.filter(bank=bank).values_list("contract_number", flat=True))


def next_iou_number(bank, on):
    """What the bank's next IOU number of the year would be: NJ201200001."""
    return _next(f"{bank.iou_prefix}{on.year}", 5, Loan.objects.filter(bank=bank).values_list("iou_number", flat=True))


def _next(prefix, width, numbers):
    used = [int(rest) for number in numbers.filter(**{f"{numbers._fields[0]}__startswith": prefix}) if (rest := number.removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(used, default=0) + 1:0{width}}"
