"""Recommendation, first and second review."""

from django.db import transaction
from django.utils.translation import gettext as _gettext

from loans import acts, backing, queries
from loans.actions.leaving import ReasonMissing
from loans.actions.papers import PapersMissing
from loans.models import Loan
from loans.states import State, move


@transaction.atomic
def recommend(*, loan, words, by, on):
    """Enter what the community says of the applicant; the case goes to first review."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("recommend", loan=loan, by=by)
    if not words.strip():
        raise ReasonMissing(_gettext("A recommendation has words."))
    loan.recommended_on, loan.recommended_by, loan.recommendation = on, by, words
    return move(loan, State.RECOMMENDED, by=by, on=on, act="recommend", words=words)


@transaction.atomic
def first_review(*, loan, words, micro_profit, by, on):
    """Pass first review: papers are there (else PapersMissing), what stands behind suffices (else NotBacked), micro-profit or not is settled."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("first_review", loan=loan, by=by)
    if missing := queries.papers_needed(loan)[1]:
        raise PapersMissing(missing)
    backing.check(loan, on=on)
    loan.reviewed_on, loan.reviewed_by, loan.review_note, loan.micro_profit = on, by, words, micro_profit
    return move(loan, State.REVIEWED, by=by, on=on, act="first_review", words=words, micro_profit=micro_profit)


@transaction.atomic
def second_review(*, loan, words, by, on):
    """Pass second review; the case goes to the director."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("second_review", loan=loan, by=by)
    loan.confirmed_on, loan.confirmed_by, loan.confirm_note = on, by, words
    return move(loan, State.CONFIRMED, by=by, on=on, act="second_review", words=words)


@transaction.atomic
def send_back(*, loan, reason, by, on):
    """Ask for another joint visit; what was confirmed on the old one has to be confirmed again."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("send_back", loan=loan, by=by)
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why another visit is needed."))
    loan.confirmed_on, loan.confirmed_by, loan.confirm_note = None, None, ""
    return move(loan, State.REVIEWED, by=by, on=on, act="send_back", words=reason)
