"""Questions about cases: which rules hold for them, what they wait for, who may see them."""

from django.db.models import Q

from applicants.models import Applicant, Group, Paper
from applicants.queries import groups_of
from loans import checklist, policy, policy_files, rates, rulebook
from loans.eligibility import Ages, Asking, Rules, Trade
from loans.models import AgeLimit, BorrowerKind, ExcludedTrade, Loan, StepLimit
from staff.scope import visible
from training.queries import was_selected


def cases(user):
    """Cases that this user may see, with what every list shows."""
    return visible(Loan.objects.select_related("applicant", "bank", "community", "officer"), user)


def find(user, text):
    """Cases by number, contract or IOU number, or project."""
    text = text.strip()
    by_number = Q(number__istartswith=text) | Q(contract_number__istartswith=text) | Q(iou_number__istartswith=text)
    return cases(user).filter(by_number | Q(project__icontains=text))


def terms_for(*, kind, groups, on, contract_on=None):
    """What the documents on record allow such a borrower on a day."""
    return policy.terms(rulebook.rules(), kind=str(kind), groups=groups, application_on=on, contract_on=contract_on)


def counted_groups(applicant, *, siyb_excellent):
    """The groups that count for an application; the excellent SIYB trainees' only where they ask as such."""
    groups = {*groups_of(applicant)} - {Group.SIYB_EXCELLENT.value}
    return sorted(groups | {Group.SIYB_EXCELLENT.value}) if siyb_excellent else sorted(groups)


def terms_of(loan, *, on=None):
    """The terms of a case; rate and subsidy by its contract day, or by `on` before there is a contract."""
    return rulebook.terms_of(loan, contract_on=loan.contract_date or on)


def rate_ceiling_of(loan, terms, *, on):
    """The highest rate that this case's contract may carry, percent a year; None where it is agreed freely."""
    return rates.rate_ceiling(terms, rulebook.all_rates(), contract_on=loan.contract_date or on, term_months=loan.term)


def other_rules(on):
    """Ages, trades and groups in force on a day."""
    limit = AgeLimit.objects.in_effect().select_related("document").filter(effective_from__lte=on).order_by("effective_from").last()
    trades = ExcludedTrade.objects.in_effect().select_related("document").filter(Q(lifted_from=None) | Q(lifted_from__gt=on), effective_from__lte=on)
    return Rules(
        known_groups=frozenset(policy_files.known_groups(on)),
        ages=Ages(limit.youngest, limit.oldest, limit.document.number) if limit else None,
        trades=tuple(Trade(trade.word, trade.document.number) for trade in trades),
    )


def asking(*, applicant, kind, amount, term, group, trade, project, on, **more):
    """What an applicant asks for, as a plain record with what is known of the person and the household."""
    household = Loan.objects.open().of_household(applicant).exclude(applicant=applicant)
    spouse = more.pop("spouse", None)
    if spouse is not None:
        household |= Loan.objects.open().of_household(spouse).exclude(applicant=applicant)
    return Asking(
        kind=str(kind),
        amount=amount,
        term=term,
        group=str(group),
        groups=frozenset(counted_groups(applicant, siyb_excellent=more.get("siyb_excellent", False))),
        trade=trade,
        project=project,
        born=applicant.birth_date,
        siyb_selected=siyb_selected(applicant, on),
        staff=applicant.staff_in_post if kind == BorrowerKind.ENTERPRISE else None,
        own_open=_numbers(Loan.objects.open().filter(applicant=applicant)),
        household_open=_numbers(household),
        **more,
    )


def siyb_selected(applicant, on):
    """Is this one of the excellent SIYB trainees of the year or the year before?"""
    return was_selected(applicant, on.year) or was_selected(applicant, on.year - 1)


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
    kinds = frozenset(loan.counter_guarantees.values_list("kind", flat=True))
    case = checklist.Case(loan.borrower_kind, loan.spouse_id is not None, loan.siyb_excellent, kinds)
    there = Paper.objects.filter(applicant=loan.applicant_id, case_number__in=["", loan.number]).values_list("kind", flat=True)
    return checklist.wanted(case), checklist.missing(case, there)


def open_return(loan):
    """The return that waits for papers, or None."""
    return loan.returns.filter(completed_on=None).last()


def step_limits(on):
    """Working days that a case may wait at each step, as of a day."""
    rows = StepLimit.objects.filter(effective_from__lte=on).order_by("effective_from")
    return {row.step: row.working_days for row in rows}


def locked_people(*people):
    """Lock these applicants and all who live with them, in one order, so that two cases of one household queue up."""
    homes = [person.household_id for person in people if person.household_id]
    rows = Applicant.objects.select_for_update(of=("self",)).filter(Q(pk__in=[person.pk for person in people]) | Q(household__in=homes))
    return list(rows.order_by("pk"))


def _numbers(loans):
    return tuple(loans.order_by("number").values_list("number", flat=True))
