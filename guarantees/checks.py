"""What must always be true of the fund and of its promises. Each check yields what is wrong; none mends anything."""

from collections.abc import Iterator

from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from guarantees.models import AnnualPlan, BankStatement, FundAccount, Promise
from guarantees.plans import grid_of, total
from guarantees.queries import NOTHING, positions
from loans.models import Loan
from loans.states import RESERVED
from repayments.models import Account, Entry, Line
from staff.office_date import office_today


def open_promises_and_promised_cases_agree() -> Iterator[str]:
    """A promise is open exactly while its case waits for the bank's money; of imported loans there is none."""
    waiting = Loan.objects.filter(state__in=RESERVED).exclude(promise__ended_on__isnull=True, promise__isnull=False)
    for loan in waiting.order_by("pk"):
        yield _("Case %(number)s is promised, and no open promise reserves room for it.") % {"number": loan.number}
    for promise in Promise.objects.filter(ended_on__isnull=True).exclude(loan__state__in=RESERVED).select_related("loan").order_by("pk"):
        yield _("Promise %(promise)s reserves room, and case %(number)s does not wait for money.") % {"promise": promise, "number": promise.loan}


def promises_are_for_what_was_granted() -> Iterator[str]:
    """Amount and bank of a promise are those of its case."""
    odd = Promise.objects.exclude(amount=F("loan__amount_granted"), account__bank=F("loan__bank"))
    for promise in odd.select_related("loan").order_by("pk"):
        yield _("Promise %(promise)s is not for the amount and bank of case %(number)s.") % {"promise": promise, "number": promise.loan}


def no_bank_stands_for_more_than_its_multiple() -> Iterator[str]:
    """Used and reserved are within the multiple; only compensation may break it, since it shrinks the base."""
    paid = Line.objects.filter(account=Account.FUND, entry__kind__in=(Entry.Kind.COMPENSATION, Entry.Kind.RECOVERY))
    shrunk = {row["bank"]: -row["sum"] for row in paid.order_by().values("bank").annotate(sum=Sum("amount"))}
    for bank in positions(on=office_today()):
        before_compensation = bank.balance + max(NOTHING, shrunk.get(bank.bank.pk, NOTHING))
        if bank.used + bank.reserved > before_compensation * bank.multiple:
            said = {"bank": bank.bank, "stands": bank.used + bank.reserved, "capacity": bank.capacity}
            yield _("%(bank)s: the fund stands for %(stands)s, its multiple allows %(capacity)s.") % said


def the_fund_is_where_its_accounts_are() -> Iterator[str]:
    """Fund money lies at banks with a fund account only, never less than nothing, and guaranteed loans are lent by such banks only."""
    balances = Line.objects.filter(account__in=(Account.FUND, Account.PRINCIPAL)).order_by()
    kept = set(FundAccount.objects.values_list("bank", flat=True))
    for row in balances.values("bank", "bank__name", "account").annotate(sum=Sum("amount")):
        if row["bank"] not in kept and row["sum"]:
            yield _("%(bank)s has no fund account, and %(sum)s is booked there.") % {"bank": row["bank__name"], "sum": row["sum"]}
        elif row["sum"] < 0:
            yield _("%(bank)s: the book shows %(sum)s, less than nothing.") % {"bank": row["bank__name"], "sum": row["sum"]}


def plans_sum_to_their_parts() -> Iterator[str]:
    """Banks by quarters and groups are two cuts of one plan; one of the old ledger has neither."""
    for plan in AnnualPlan.objects.filter(imported=False).prefetch_related("quarters", "groups").order_by("pk"):
        grid, whole = grid_of(plan), (plan.loans, plan.amount, plan.jobs)
        if not whole == grid.total == total(grid.groups.values()):
            yield _("Version %(version)s of the plan of %(year)s is not the sum of its parts.") % {"version": plan.version, "year": plan.year}


def signed_statements_are_explained() -> Iterator[str]:
    """What finance signed for explains the difference between bank and book to the fen."""
    signed = BankStatement.objects.filter(signed_on__isnull=False).annotate(explained=Coalesce(Sum("differences__amount"), NOTHING))
    for statement in signed.exclude(closing=F("book_closing") + F("explained")).select_related("account__bank").order_by("pk"):
        yield _("The signed reconciliation %(statement)s does not explain the whole difference.") % {"statement": statement}


CHECKS = (
    open_promises_and_promised_cases_agree,
    promises_are_for_what_was_granted,
    no_bank_stands_for_more_than_its_multiple,
    the_fund_is_where_its_accounts_are,
    plans_sum_to_their_parts,
    signed_statements_are_explained,
)
