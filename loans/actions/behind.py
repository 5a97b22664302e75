"""Who stands behind a borrower: named, replaced and taken out before the approval. Nothing is deleted."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants import identity
from applicants.encryption import blind_index
from loans import acts, backing, known, lending_rules
from loans.actions.leaving import ReasonMissing
from loans.eligibility import behind
from loans.models import CounterGuarantee, Loan
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Role

SEE_NUMBERS = (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.FINANCE, Role.BANK, Role.AUDITOR)


@dataclass(frozen=True)
class Guarantor:
    """Who or what is to stand behind the borrower, as the form gives it."""

    kind: str
    name: str = ""
    identity_number: str = ""
    employer: str = ""
    phone: str = ""
    thing: str = ""
    certificate: str = ""
    owner: str = ""
    value: Decimal | None = None
    group: str = ""
    reason: str = ""


class NamedTwice(Refused):
    """One person stands for a case once."""

    title = _("Named twice")


class NotStanding(Refused):
    """What was taken out of a case cannot be taken out again."""

    title = _("Not standing any more")


@transaction.atomic
def add_counter_guarantee(*, loan, guarantor, by, on):
    """Name somebody or something more that stands behind the borrower."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("counter_guarantee", loan=loan, by=by)
    row = _named(guarantor, loan, by=by, on=on)
    note("loan.backed", subject=loan, by=by, on=on, what=str(row.kind), name=row.name or row.thing)
    return row


@transaction.atomic
def replace_counter_guarantee(*, loan, old, guarantor, reason, by, on):
    """Put another in the place of one that stands; the old one stays on record as taken out."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("counter_guarantee", loan=loan, by=by)
    old = _taken_out(old, loan, reason, by=by, on=on)
    row = _named(guarantor, loan, by=by, on=on, replaces=old)
    note("loan.backing_replaced", subject=loan, by=by, on=on, what=str(row.kind), name=row.name or row.thing, old=old.name or old.thing, words=reason)
    return row


@transaction.atomic
def withdraw_counter_guarantee(*, loan, old, reason, by, on):
    """Take one out of the case; whether what is left suffices is looked at again at first review and at approval."""
    loan = Loan.objects.locked(loan.pk)
    acts.permit("counter_guarantee", loan=loan, by=by)
    old = _taken_out(old, loan, reason, by=by, on=on)
    note("loan.backing_withdrawn", subject=loan, by=by, on=on, what=str(old.kind), name=old.name or old.thing, words=reason)
    return old


@transaction.atomic
def reveal_guarantor(*, row, by, on):
    """The whole identity number of a guarantor, for the roles that may see it; each look is written down."""
    if by.role not in SEE_NUMBERS or not row.identity_number:
        raise NotYours(_gettext("This identity number is not for you to see."))
    note("identity.seen", subject=row.loan, by=by, on=on, name=row.name)
    return row.identity_number


def stand(guarantor, loan, *, by, on, replaces=None):
    """Write the row; whether it counts was looked at before."""
    number = identity.parse(guarantor.identity_number, on=on).number if guarantor.identity_number else None
    row = CounterGuarantee(
        loan=loan,
        kind=guarantor.kind,
        name=guarantor.name,
        identity_number=number,
        identity_index=number and blind_index(number),
        employer=guarantor.employer,
        phone=guarantor.phone,
        thing=guarantor.thing,
        certificate=guarantor.certificate,
        owner=guarantor.owner,
        value=guarantor.value,
        group=guarantor.group,
        reason=guarantor.reason,
        replaces=replaces,
        added_on=on,
        added_by=by,
    )
    with refusing("counter_guarantor_once_per_case", NamedTwice(_gettext("%(name)s stands for this case already.") % {"name": guarantor.name})):
        row.save(force_insert=True)
    return row


def _named(guarantor, loan, *, by, on, replaces=None):
    """One more row of a case, where nothing stands against it; the members of a joint guarantee are counted when all are named."""
    backing.lock_people([known.index_of(guarantor)])
    asking = known.of_case(loan, amount=loan.amount_asked, on=on)
    one = known.backing(guarantor, stands_for=lambda index: known.under_way(index, but=loan))
    if against := behind.against_one(one, asking, lending_rules.in_force(on, kind=loan.borrower_kind)):
        raise backing.NotBacked(against)
    return stand(guarantor, loan, by=by, on=on, replaces=replaces)


def _taken_out(old, loan, reason, *, by, on):
    if not reason.strip():
        raise ReasonMissing(_gettext("Say why it is taken out."))
    old = CounterGuarantee.objects.select_for_update(of=("self",)).get(pk=old.pk, loan=loan)
    if old.withdrawn_on is not None:
        raise NotStanding(_gettext("%(what)s was taken out on %(day)s.") % {"what": old, "day": old.withdrawn_on})
    old.withdrawn_on, old.withdrawn_by, old.withdrawal_reason = on, by, reason
    old.save()
    return old
