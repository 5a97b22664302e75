"""The demo's bank statements of December 2011: one signed with its difference explained, one that waits for that; the third bank's is missing."""

from datetime import date
from decimal import Decimal

from guarantees import statements
from guarantees.actions import statement as actions
from guarantees.models import BankStatement, FundAccount
from guarantees.statement_file import StatementRow
from repayments import ledger
from repayments.models import Account
from staff.models import Role, User

MONTH, LAST, MORNING = date(2011, 12, 1), date(2011, 12, 31), date(2012, 1, 4)
PAID = ((date(2011, 12, 21), "2490000.00", "财政拨款 双财〔2011〕25号"), (date(2011, 12, 21), "1494000.00", "拨入 双财〔2011〕26号"))
INTEREST = (date(2011, 12, 21), "4587.26", "结息")


def begin():
    """Enter them, once."""
    if BankStatement.objects.exists():
        return
    finance = User.objects.filter(role=Role.FINANCE).order_by("pk").first()
    rural, _postal = (_enter(bank, paid, finance) for bank, paid in zip(("农信社", "邮储"), PAID, strict=True))
    said = {item.key: "四季度利息，银行回单1月才到，1月入账" for item in statements.reconcile(rural).items}
    actions.sign(statement=rural, explanations=said, by=finance, on=MORNING)


def _enter(bank, paid, finance):
    account = FundAccount.objects.get(bank__short_name=bank)
    lines = [StatementRow(at, day, Decimal(amount), text) for at, (day, amount, text) in enumerate((paid, INTEREST), start=1)]
    closing = ledger.balance(Account.FUND, bank=account.bank, as_of=LAST) + Decimal(INTEREST[1])
    return actions.enter(account=account, month=MONTH, closing=closing, lines=lines, by=finance, on=MORNING)
