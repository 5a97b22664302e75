"""Taking an application."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.actions import join_household
from loans import backing, known, lending_rules, queries
from loans.actions.behind import Guarantor, stand
from loans.eligibility import behind, reasons_against
from loans.models import BorrowerKind, CounterGuarantee, Loan
from loans.states import State
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Role
from staff.numbers import next_number

TAKE_APPLICATIONS = (Role.LOAN_OFFICER,)


class NotEligible(Refused):
    """The rules of the day stand against the application; the refusal holds every reason with its document."""

    title = _("The rules do not allow this application")

    def __init__(self, reasons):
        super().__init__("; ".join(f"{reason.sentence} ({reason.document})" for reason in reasons))
        self.reasons = reasons


class OpenCase(Refused):
    """A person has at most one open case or live loan."""

    title = _("One loan at a time")


class WrongBank(Refused):
    """Only active handling banks lend."""

    title = _("This bank does not lend")


class WrongBorrower(Refused):
    """Persons apply as individuals or partners, enterprises as enterprises."""

    title = _("Wrong kind of borrower")


@transaction.atomic
def apply(
    *,
    applicant,
    bank,
    community,
    group,
    project,
    trade,
    amount,
    term,
    form,
    by,
    on,
    spouse=None,
    borrower_kind=BorrowerKind.INDIVIDUAL,
    partners=None,
    place="",
    licence="",
    own_funds=None,
    use="",
    grace_months=6,
    expected_workers=1,
    new_hires=None,
    siyb_excellent=False,
    remark="",
    guarantors=(),
):
    """Take an application: refuse it with every reason against it (NotEligible), or number it and open the case."""
    if by.role not in TAKE_APPLICATIONS:
        raise NotYours(_gettext("Applications are taken by loan officers."))
    if not bank.is_active:
        raise WrongBank(_gettext("%(bank)s takes no new cases.") % {"bank": bank})
    if (borrower_kind == BorrowerKind.ENTERPRISE) != applicant.is_enterprise:
        raise WrongBorrower(_gettext("Persons apply as individuals or partners, enterprises as enterprises."))
    if spouse is not None and (applicant.household_id is None or spouse.household_id != applicant.household_id):
        join_household(applicant=applicant, other=spouse, by=by, on=on)
        applicant.refresh_from_db()
    queries.locked_people(*filter(None, (applicant, spouse)))
    backing.lock_people(map(known.index_of, guarantors))
    rules = lending_rules.in_force(on, kind=borrower_kind)
    asking = known.asking(
        applicant=applicant,
        kind=borrower_kind,
        amount=amount,
        term=term,
        group=group,
        trade=trade,
        project=project,
        rules=rules,
        on=on,
        spouse=spouse,
        community=community,
        partners=partners,
        siyb_excellent=siyb_excellent,
        new_hires=new_hires,
        guarantors=guarantors,
    )
    terms = queries.terms_for(kind=borrower_kind, groups=asking.groups, on=on)
    if reasons := reasons_against(asking, terms, rules, on):
        raise NotEligible(reasons)
    loan = Loan(
        number=f"A{on.year}-{next_number(f'A{on.year}'):04}",
        state=State.APPLIED,
        state_since=on,
        applicant=applicant,
        borrower_kind=borrower_kind,
        partners=partners,
        spouse=spouse,
        group=group,
        groups=sorted(asking.groups),
        community=community,
        officer=community.officer or by,
        bank=bank,
        project=project,
        trade=trade,
        place=place,
        licence=licence,
        own_funds=own_funds,
        amount_asked=amount,
        use=use,
        term_asked=term,
        form=form,
        grace_months=grace_months,
        expected_workers=expected_workers,
        new_hires=new_hires,
        siyb_excellent=siyb_excellent,
        remark=remark,
        applied_on=on,
        applied_by=by,
    )
    with refusing("loan_one_open_per_person", OpenCase(_gettext("%(name)s has an open case already.") % {"name": applicant})):
        loan.save(force_insert=True)
    for guarantor in guarantors or _let_off(asking, rules):
        stand(guarantor, loan, by=by, on=on)
    note("loan.applied", subject=loan, by=by, on=on, number=loan.number, amount=amount, bank=bank.name)
    return loan


def _let_off(asking, rules):
    """Where nobody need stand behind the borrower, the rule that says so is kept with the case."""
    rule = behind.asked_for(asking, rules) and behind.let_off(asking, rules)
    return [Guarantor(kind=CounterGuarantee.Kind.EXEMPT, group=rule.group, reason=rule.document)] if rule else []
