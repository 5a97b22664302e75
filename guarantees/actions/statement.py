"""Finance enters the bank's statement of a month, holds it against the book, and signs once every difference is explained."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import statements
from guarantees.matching import Line, match
from guarantees.models import BankStatement, FundAccount, StatementDifference, StatementLine
from loans.money import fen
from repayments.actions import only_roles
from repayments.schedule import add_months
from staff.audit import note
from staff.errors import Refused
from staff.models import Role


class MonthIsNotOver(Refused):
    """The bank closes a month before it gives a statement of it."""

    title = _("The month is not over")


class DoesNotFollow(Refused):
    """A statement begins with what the one before ended with."""

    title = _("Does not follow the month before")


class StatementIsSigned(Refused):
    """A signed reconciliation stays as it is."""

    title = _("Signed already")


class NotExplained(Refused):
    """Nobody signs for a difference that nobody can explain."""

    title = _("A difference is not explained")


@transaction.atomic
def enter(*, account, month, closing, lines, by, on):
    """Put down what the bank says of a month, in place of what was entered before; its lines find theirs in the book. Returns the statement."""
    only_roles(by, Role.FINANCE)
    account = FundAccount.objects.select_for_update(of=("self",)).select_related("bank").get(pk=account.pk)
    if statements.last_day(month) >= on:
        raise MonthIsNotOver(_gettext("%(month)s is not over on %(day)s.") % {"month": f"{month:%Y-%m}", "day": on})
    opening = closing - sum(line.amount for line in lines)
    _refuse_gap(account, month, opening, closing)
    statement = _cleared(account, month) or BankStatement(account=account, month=month)
    statement.opening, statement.closing, statement.entered_on, statement.entered_by = opening, closing, on, by
    statement.save()
    rows = (StatementLine(statement=statement, position=at, day=line.day, amount=line.amount, text=line.text) for at, line in enumerate(lines, start=1))
    StatementLine.objects.bulk_create(rows)
    _pair(statement)
    note("statement.entered", subject=statement, by=by, on=on, bank=str(account.bank), month=f"{month:%Y-%m}", closing=fen(closing))
    return statement


@transaction.atomic
def match_again(*, statement, by, on):
    """Look once more for the lines that had none in the book: it has gone on since."""
    only_roles(by, Role.FINANCE)
    statement = _locked(statement)
    _pair(statement)
    note("statement.matched", subject=statement, by=by, on=on, bank=str(statement.account.bank), month=f"{statement.month:%Y-%m}")
    return statement


@transaction.atomic
def sign(*, statement, explanations, by, on):
    """Sign that bank and book agree but for the differences explained here, by their keys; what was signed stands for good."""
    only_roles(by, Role.FINANCE)
    statement = _locked(statement)
    found = statements.reconcile(statement)
    for item in found.items:
        said = item.explained or explanations.get(item.key, "").strip()
        if not said:
            raise NotExplained(
                _gettext("%(side)s, %(day)s, %(amount)s yuan: say why bank and book differ.")
                % {"side": item.side.label, "day": item.day, "amount": f"{item.amount:,.2f}"}
            )
        StatementDifference.objects.create(statement=statement, side=item.side, day=item.day, text=item.text, amount=item.amount, explanation=said)
    statement.book_closing, statement.signed_on, statement.signed_by = found.book_closing, on, by
    statement.save()
    who = {"bank": str(statement.account.bank), "month": f"{statement.month:%Y-%m}"}
    note("statement.signed", subject=statement, by=by, on=on, **who, difference=fen(found.difference))
    return statement


def _locked(statement):
    FundAccount.objects.select_for_update(of=("self",)).get(pk=statement.account_id)
    statement = BankStatement.objects.select_for_update(of=("self",)).select_related("account__bank", "signed_by").get(pk=statement.pk)
    _refuse_signed(statement)
    return statement


def _refuse_signed(statement):
    if statement.signed_on:
        said = {"month": f"{statement.month:%Y-%m}", "name": statement.signed_by, "day": statement.signed_on}
        raise StatementIsSigned(_gettext("%(name)s signed the reconciliation of %(month)s on %(day)s.") % said)


def _cleared(account, month):
    """The unsigned statement of this month without its lines, where there is one."""
    statement = BankStatement.objects.filter(account=account, month=month).select_related("signed_by").first()
    if statement:
        _refuse_signed(statement)
        statement.lines.all().delete()
    return statement


def _refuse_gap(account, month, opening, closing):
    """Refuses a statement that does not begin where the one before ended, or end where the next begins."""
    around = BankStatement.objects.filter(account=account, month__in=(add_months(month, -1), add_months(month, 1)))
    for other in around:
        theirs, ours = (other.closing, opening) if other.month < month else (other.opening, closing)
        if theirs != ours:
            said = {"month": f"{other.month:%Y-%m}", "theirs": f"{theirs:,.2f}", "ours": f"{ours:,.2f}", "gap": f"{ours - theirs:,.2f}"}
            words = (
                _gettext("%(month)s ended with %(theirs)s yuan; these lines begin with %(ours)s. A line of %(gap)s yuan is missing or too much.")
                if other.month < month
                else _gettext("%(month)s begins with %(theirs)s yuan; this month ends with %(ours)s.")
            )
            raise DoesNotFollow(words % said)


def _pair(statement):
    """Let every line that has none find its line of the book."""
    alone = {line.pk: line for line in statement.lines.filter(book_line__isnull=True)}
    theirs = [Line(line.pk, line.day, line.amount, line.text) for line in alone.values()]
    ours = {line.pk: line for line in statements.candidates(statement.account, statement.month)}
    book = [Line(line.pk, line.entry.value_date, line.amount, line.entry.reference) for line in ours.values()]
    for bank_line, book_line in match(theirs, book):
        alone[bank_line.key].book_line = ours[book_line.key]
        alone[bank_line.key].save()
