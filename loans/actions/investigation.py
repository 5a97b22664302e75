"""The joint visit, and the three opinions that follow it."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.actions import attach_paper
from applicants.models import Paper
from loans import acts, investigations
from loans.models import Investigation, Loan, Opinion, Stance
from loans.states import State, move
from staff.audit import note as write_history
from staff.db import refusing
from staff.errors import Refused


class WrongVisitDay(Refused):
    """A visit is recorded after it was made, and made after the application."""

    title = _("The day is not right")


class AlreadySigned(Refused):
    """A department signs one opinion on a visit."""

    title = _("Signed already")


class OpinionNotWhole(Refused):
    """An opinion has its reason, its conditions where it names any, and stays within what was asked."""

    title = _("The opinion is not whole")


@transaction.atomic
def record_visit(
    *,
    loan,
    visit_day,
    place,
    who_went,
    premises,
    trade_seen,
    own_money,
    expected_income,
    workers,
    by,
    on,
    debts=0,
    agrees=False,
    note="",
    photos=(),
):
    """Record one joint visit, with its photos. A later visit is added beside it; opinions then follow the later one."""
    loan = Loan.objects.locked(loan.pk)
    earlier = investigations.latest_visit(loan)
    acts.permit("add_visit" if earlier and not investigations.is_complete(earlier) else "record_visit", loan=loan, by=by)
    first_day = earlier.visit_day if earlier else loan.applied_on
    if not first_day <= visit_day <= on:
        raise WrongVisitDay(_gettext("The visit lies between %(first)s and today, %(today)s.") % {"first": first_day, "today": on})
    visit = Investigation.objects.create(
        loan=loan,
        sequence=earlier.sequence + 1 if earlier else 1,
        visit_day=visit_day,
        place=place,
        who_went=who_went,
        premises=premises,
        trade_seen=trade_seen,
        own_money=own_money,
        expected_income=expected_income,
        workers=workers,
        debts=debts,
        agrees=agrees,
        note=note,
        recorded_on=on,
        recorded_by=by,
    )
    for photo in photos:
        attach_paper(
            applicant=loan.applicant,
            kind=Paper.Kind.PHOTO,
            held=Paper.Held.SCAN,
            file=photo,
            case_number=loan.number,
            step=f"visit-{visit.sequence}",
            by=by,
            on=on,
        )
    write_history("loan.visited", subject=loan, by=by, on=on, sequence=visit.sequence, day=visit_day, place=place, photos=len(photos))
    return visit


@transaction.atomic
def give_opinion(*, loan, stance, amount, term_months, reason, by, on, conditions=""):
    """Sign the opinion of the user's department on the latest visit. Nobody reads it until all three are in; then the case moves on."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("give_opinion", loan=loan, by=by)
    _refuse_half_an_opinion(loan, stance, amount, term_months, reason, conditions)
    visit = investigations.latest_visit(loan)
    department = investigations.DEPARTMENT_OF[by.role]
    opinion = Opinion(
        investigation=visit,
        department=department,
        stance=stance,
        amount=amount,
        term_months=term_months,
        conditions=conditions,
        reason=reason,
        signed_on=on,
        signed_by=by,
    )
    with refusing("opinion_once_per_department", AlreadySigned(_gettext("Your department has signed its opinion already."))):
        opinion.save(force_insert=True)
    # Only that it was signed: what it says is nobody's to read before all three are in.
    write_history("loan.opinion", subject=loan, by=by, on=on, department=str(department), visit=visit.sequence)
    if investigations.is_complete(visit):
        move(loan, State.INVESTIGATED, by=by, on=on, act="give_opinion")
    return opinion


def _refuse_half_an_opinion(loan, stance, amount, term_months, reason, conditions):
    if not reason.strip():
        raise OpinionNotWhole(_gettext("An opinion has its reason."))
    if stance == Stance.CONDITIONAL and not conditions.strip():
        raise OpinionNotWhole(_gettext("Name the conditions."))
    if not 0 <= amount <= loan.amount_asked:
        raise OpinionNotWhole(_gettext("The amount is at most what was asked: %(asked)s yuan.") % {"asked": f"{loan.amount_asked:,.2f}"})
    if stance != Stance.AGAINST and not amount:
        raise OpinionNotWhole(_gettext("Who is for the loan names an amount."))
    if not 1 <= term_months <= loan.term_asked:
        raise OpinionNotWhole(_gettext("The term is at most what was asked: %(asked)s months.") % {"asked": loan.term_asked})
