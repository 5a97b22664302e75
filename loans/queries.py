"""Questions about cases: which rules hold for them, what they wait for, who may see them."""

from django.db.models import Q

from applicants.models import Applicant, Paper
from loans import checklist, numbers, policy, rates, rulebook
from loans.models import Loan, StepLimit
from staff.scope import visible


def cases(user):
    """Cases that this user may see, with what every list shows."""
    return visible(Loan.objects.select_related("applicant", "bank", "community", "officer"), user)


def find(user, text):
    """Cases by number, contract or IOU number (also one that was corrected since), or project."""
    text = text.strip()
    by_number = Q(number__istartswith=text) | Q(contract_number__istartswith=text) | Q(iou_number__istartswith=text) | numbers.bore(text)
    return cases(user).filter(by_number | Q(project__icontains=text))


def terms_for(*, kind, groups, on, contract_on=None):
    """What the documents on record allow such a borrower on a day."""
    return policy.terms(rulebook.rules(), kind=str(kind), groups=groups, application_on=on, contract_on=contract_on)


def terms_of(loan, *, on=None):
    """The terms of a case; rate and subsidy by its contract day, or by `on` before there is a contract."""
    return rulebook.terms_of(loan, contract_on=loan.contract_date or on)


def rate_ceiling_of(loan, terms, *, on):
    """The highest rate that this case's contract may carry, percent a year; None where it is agreed freely."""
    return rates.rate_ceiling(terms, rulebook.all_rates(), contract_on=loan.contract_date or on, term_months=loan.term)


def earlier_loans(user, applicant, *, but=None):
    """The other cases of an applicant that this user may see, latest first."""
    return cases(user).filter(applicant=applicant).exclude(pk=but and but.pk)


def household_loans(user, applicant):
    """Cases of the others in the household that this user may see, latest first."""
    if applicant.household_id is None:
        return Loan.objects.none()
    return cases(user).filter(applicant__household=applicant.household_id).exclude(applicant=applicant)


def papers_needed(loan):
    """The kinds of paper that a case needs, and those of them that are missing."""
    kinds = frozenset(loan.counter_guarantees.kept().values_list("kind", flat=True))
    case = checklist.Case(loan.borrower_kind, loan.spouse_id is not None, loan.siyb_excellent, kinds)
    there = Paper.objects.filter(applicant=loan.applicant_id, case_number__in=["", loan.number]).values_list("kind", flat=True)
    return checklist.wanted(case), checklist.missing(case, there)


def open_return(loan):
    """The return that waits for papers, or None."""
    return loan.returns.filter(completed_on=None).last()


def step_limits(on):
    """Working days that a case may wait at each step, as of a day."""
    rows = StepLimit.objects.in_effect().filter(effective_from__lte=on).order_by("effective_from")
    return {row.step: row.working_days for row in rows}


def locked_people(*people):
    """Lock these applicants and all who live with them, in one order, so that two cases of one household queue up."""
    homes = [person.household_id for person in people if person.household_id]
    rows = Applicant.objects.select_for_update(of=("self",)).filter(Q(pk__in=[person.pk for person in people]) | Q(household__in=homes))
    return list(rows.order_by("pk"))
