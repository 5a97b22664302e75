"""What a story looks at after each of its steps, and how it walks through the pages of a case."""

from html import unescape

from guarantees import queries
from loans.models import Loan
from repayments import ledger
from repayments.models import Account
from staff import checks, desk
from staff.audit import history
from staff.history import words
from tests import make


def opened(browser, loan, page):
    """A page of the case, as text."""
    return unescape(browser.get(f"/cases/{loan.number}/{page}").content.decode())


def sent(browser, loan, page, **data):
    """What the case answers to a form; where it shows something first, what was shown is confirmed."""
    return browser.post(f"/cases/{loan.number}/{page}", data)


def confirmed(browser, loan, page, **data):
    """A form sent, looked at, and confirmed: what was shown, and what was answered then."""
    seen = sent(browser, loan, page, **data)
    return seen, sent(browser, loan, page, **data, shown=seen.context["seal"])


def standing(loan, on):
    """State, principal owed, the fund's use and promises at the bank, its room."""
    now, here = Loan.objects.get(pk=loan.pk), queries.position(loan.bank, on=on)
    return now.state, ledger.outstanding(loan), here.used, here.reserved, here.room


def held(loan, account=Account.OVERPAID):
    return -ledger.balance(account, loan=loan)


def told(loan):
    """The history of a case in words, the latest first."""
    return [words(event) for event in reversed(list(history(loan)))]


def on_desk(user, on):
    return [(str(row.act), row.case) for row in desk.waiting(user, on)]


def in_order():
    return checks.problems() == []


def on(day):
    make.office_date(day)
    return day
