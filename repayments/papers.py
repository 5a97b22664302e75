"""The papers of a disbursed loan: 还款计划表 for the borrower's hand, 结清证明 at the end. Chinese, as papers are."""

from django.utils import translation

from loans.models import Loan
from loans.money import words
from loans.papers import case_code, scheme
from repayments.borrower_plan import plan_of
from repayments.schedule import LONGEST_TERM
from staff.papers import pdf

MOST_IN_ONE_COLUMN = 14
LONG_FIGURES = 10000
SIZES = ((9, "few"), (MOST_IN_ONE_COLUMN, "some"), (24, "many"), (LONGEST_TERM, "many full"))  # rows, and the type they stand in


def repayment_plan(loan, *, base_url, on):
    """The 还款计划表: one page that says what is paid when, at which bank, and what finance pays."""
    plan = plan_of(loan, on)
    with translation.override("zh-hans"):
        rows = [{"words": _in_words(payment), "payment": payment} for payment in plan.payments]
        context = {
            "loan": loan,
            "scheme": scheme(loan.applied_on),
            "plan": plan,
            "columns": _columns(rows),
            "narrow": len(rows) > MOST_IN_ONE_COLUMN,
            "size": _size(plan.payments),
            "amount_words": words(loan.principal),
            "rate": f"{loan.rate.normalize():f}",
            "next_words": words(plan.next.amount) if plan.next else "",
            "settled": loan.state == Loan.State.SETTLED,
            "officer": loan.officer or loan.applied_by,
            "on": on,
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/repayment_plan.html", context)


def settlement(loan, *, base_url, on):
    """The 结清证明 of a settled loan: half a page."""
    with translation.override("zh-hans"):
        context = {
            "loan": loan,
            "scheme": scheme(loan.applied_on),
            "person": loan.applicant,
            "amount_words": words(loan.principal),
            "on": on,
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/settlement.html", context)


def _size(payments):
    """The type that keeps a plan to one page: by its rows, and in two columns by the length of its figures."""
    size = next(size for most, size in SIZES if len(payments) <= most)
    return f"{size} wide" if len(payments) > MOST_IN_ONE_COLUMN and max(payment.total for payment in payments) >= LONG_FIGURES else size


def _columns(rows):
    """Long plans stand in two columns."""
    if len(rows) <= MOST_IN_ONE_COLUMN:
        return [rows]
    half = (len(rows) + 1) // 2
    return [rows[:half], rows[half:]]


def _in_words(payment):
    if payment.interest and not payment.total:
        return "由财政付"
    return words(payment.total).removeprefix("人民币")
