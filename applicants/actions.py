"""What changes in the register of applicants, their households, groups and papers."""

from django.db import transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants import identity
from applicants.encryption import blind_index
from applicants.files import look_into
from applicants.models import Applicant, Group, GroupMembership, Household, Paper
from applicants.names import spelled
from applicants.scope import visible_applicants
from staff.audit import note
from staff.db import refusing
from staff.errors import NotYours, Refused
from staff.models import Role

MAY_SEE_IDENTITY = (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.FINANCE, Role.BANK, Role.AUDITOR)
OF_ENTERPRISES = (Group.LABOUR_INTENSIVE_FIRM, Group.SMALL_MICRO_FIRM)
CORRECTABLE = (
    "name",
    "phone",
    "community",
    "address",
    "certificate_number",
    "legal_representative",
    "staff_in_post",
)


class AlreadyRegistered(Refused):
    """Nobody is registered twice; the refusal names who it is."""

    title = _("Registered already")

    def __init__(self, applicant):
        super().__init__(_gettext("This number is registered already: %(name)s.") % {"name": applicant.name})
        self.applicant = applicant


class NameMissing(Refused):
    """Nobody is registered without a name."""

    title = _("The name is missing")


class WrongGroup(Refused):
    """Persons and enterprises have different groups, and a group needs its proof."""

    title = _("Not this group")


class AlreadyInGroup(Refused):
    """A group is added once."""

    title = _("In this group already")


class NotAPerson(Refused):
    """Only persons live in households."""

    title = _("Only persons")


class NothingAttached(Refused):
    """A scan needs its file, and a paper that was only seen has none."""

    title = _("The file is missing")


@transaction.atomic
def register_person(*, name, identity_number, phone="", community=None, address="", certificate_number="", by, on):
    """Register a person; birth date and sex are read from the identity number. Refuses (AlreadyRegistered) a number met before."""
    card = identity.parse(identity_number, on=on)
    name = _name(name)
    person = Applicant(
        kind=Applicant.Kind.PERSON,
        name=name,
        phone=phone,
        community=community,
        address=address,
        certificate_number=certificate_number,
        registered_on=on,
        registered_by=by,
        **spelled(name)._asdict(),
        **identity_fields(card),
    )
    _save_new(person, "applicants_applicant_identity_index_key", identity_index=person.identity_index)
    note("applicant.registered", subject=person, by=by, on=on, name=name)
    return person


@transaction.atomic
def register_enterprise(*, name, registration_number, legal_representative="", staff_in_post=None, phone="", community=None, address="", by, on):
    """Register an enterprise by its credit code or its old licence number. Refuses (AlreadyRegistered) a number met before."""
    kind, number = identity.parse_registration(registration_number)
    column = "credit_code" if kind == identity.Registration.CREDIT_CODE else "licence_number"
    name = _name(name)
    firm = Applicant(
        kind=Applicant.Kind.ENTERPRISE,
        name=name,
        phone=phone,
        community=community,
        address=address,
        legal_representative=legal_representative,
        staff_in_post=staff_in_post,
        registered_on=on,
        registered_by=by,
        **{column: number},
        **spelled(name)._asdict(),
    )
    _save_new(firm, f"applicants_applicant_{column}_key", **{column: number})
    note("applicant.registered", subject=firm, by=by, on=on, name=name)
    return firm


def identity_fields(card):
    """The columns of a person that follow from a right identity number."""
    return {
        "identity_number": card.number,
        "identity_index": blind_index(card.number),
        "last_four_index": blind_index(card.number[-4:], purpose="last4"),
        "sex": card.sex.value,
        "birth_date": card.born,
    }


@transaction.atomic
def correct(*, applicant, by, on, **changes):
    """Correct what the register says of an applicant (CORRECTABLE); the history keeps what stood there."""
    applicant = Applicant.objects.select_for_update(of=("self",)).select_related("community").get(pk=applicant.pk)
    if unknown := set(changes) - set(CORRECTABLE):
        raise TypeError(f"Not to be corrected: {sorted(unknown)}")
    changed = {field: value for field, value in changes.items() if value != getattr(applicant, field)}
    was = {field: str(getattr(applicant, field) or "") for field in changed}
    for field, value in changed.items():
        setattr(applicant, field, value)
    applicant.name = _name(applicant.name)
    applicant.pinyin, applicant.initials = spelled(applicant.name)
    if changed:
        applicant.save()
        now = {field: str(value or "") for field, value in changed.items()}
        note("applicant.corrected", subject=applicant, by=by, on=on, was=was, now=now)
    return applicant


@transaction.atomic
def join_household(*, applicant, other, by, on):
    """Put two persons into one household; where both had one, these become one."""
    people = list(Applicant.objects.select_for_update(of=("self",)).filter(pk__in={applicant.pk, other.pk}).order_by("pk"))
    if len(people) != 2 or any(person.kind != Applicant.Kind.PERSON for person in people):
        raise NotAPerson(_gettext("A household is made of two different persons or more."))
    homes = sorted({person.household_id for person in people if person.household_id})
    home = Household.objects.select_for_update().get(pk=homes[0]) if homes else Household.objects.create()
    _merge(home, homes[1:])
    Applicant.objects.filter(pk__in=[person.pk for person in people]).update(household=home)
    for person, with_ in (people, reversed(people)):
        note("applicant.household", subject=person, by=by, on=on, name=with_.name)
    return home


@transaction.atomic
def mark_zero_employment(*, applicant, proof, by, on):
    """Record that nobody in this person's household has work, and the proof of it."""
    applicant = Applicant.objects.select_for_update(of=("self",)).get(pk=applicant.pk)
    if applicant.kind != Applicant.Kind.PERSON:
        raise NotAPerson(_gettext("A household is made of persons."))
    if not proof:
        raise WrongGroup(_gettext("A zero-employment family needs its proof."))
    if applicant.household is None:
        applicant.household = Household.objects.create()
        applicant.save(update_fields=["household"])
    Household.objects.filter(pk=applicant.household_id).update(zero_employment=True, note=proof)
    note("applicant.zero_employment", subject=applicant, by=by, on=on, proof=proof)
    return applicant.household


@transaction.atomic
def add_group(*, applicant, group, proof="", proof_number="", valid_until=None, by, on):
    """Record that an applicant belongs to a group, and by which proof; women need none, the identity number says it."""
    group = Group(group)
    if (applicant.kind == Applicant.Kind.ENTERPRISE) != (group in OF_ENTERPRISES):
        raise WrongGroup(_gettext("“%(group)s” is not a group for %(name)s.") % {"group": group.label, "name": applicant.name})
    if group == Group.WOMAN and applicant.sex != Applicant.Sex.FEMALE:
        raise WrongGroup(_gettext("The identity number of %(name)s is not a woman's.") % {"name": applicant.name})
    if group != Group.WOMAN and not proof:
        raise WrongGroup(_gettext("“%(group)s” needs its proof.") % {"group": group.label})
    membership = GroupMembership(applicant=applicant, group=group, proof=proof, proof_number=proof_number, valid_until=valid_until, added_on=on, added_by=by)
    twice = AlreadyInGroup(_gettext("%(name)s is in the group “%(group)s” already.") % {"name": applicant.name, "group": group.label})
    with refusing("membership_once", twice):
        membership.save(force_insert=True)
    note("applicant.group", subject=applicant, by=by, on=on, group=str(group), proof=proof, proof_number=proof_number)
    return membership


@transaction.atomic
def renew_proof(*, applicant, group, proof, proof_number="", valid_until=None, by, on):
    """Record the paper that proves a group now; the history keeps the one before."""
    if not proof:
        raise WrongGroup(_gettext("“%(group)s” needs its proof.") % {"group": Group(group).label})
    membership = GroupMembership.objects.select_for_update(of=("self",)).get(applicant=applicant, group=group)
    was = " ".join(filter(None, (membership.proof, membership.proof_number)))
    membership.proof, membership.proof_number, membership.valid_until = proof, proof_number, valid_until
    membership.save()
    note("applicant.proof", subject=applicant, by=by, on=on, group=str(group), proof=proof, proof_number=proof_number, was=was)
    return membership


@transaction.atomic
def attach_paper(*, applicant, kind, held, file=None, case_number="", step="", about="", by, on):
    """Record a paper: its original seen, a copy kept, or a scan (PDF, JPEG or PNG) attached to the person or to a step of a case."""
    if (held == Paper.Held.SCAN) != (file is not None):
        raise NothingAttached(_gettext("“Scan attached” needs a file; a paper that was seen or copied has none."))
    paper = Paper(applicant=applicant, kind=kind, held=held, case_number=case_number, step=step, note=about, added_on=on, added_by=by)
    if file is not None:
        paper.content_type, paper.size, paper.checksum = look_into(file)
        paper.original_name, paper.file = file.name[-160:], file
    paper.save(force_insert=True)
    note("paper.added", subject=applicant, by=by, on=on, paper=str(kind), held=str(held), case=case_number, step=step)
    return paper


@transaction.atomic
def reveal_identity(*, applicant, by, on):
    """The whole identity number, for the roles that may see it; each look is written down."""
    seen = visible_applicants(Applicant.objects.filter(pk=applicant.pk), by)
    if by.role not in MAY_SEE_IDENTITY or not seen.exists():
        raise NotYours(_gettext("This identity number is not for you to see."))
    note("identity.seen", subject=applicant, by=by, on=on)
    return applicant.identity_number


def _name(text):
    name = " ".join(text.split())
    if not name:
        raise NameMissing(_gettext("An applicant needs a name."))
    return name


def _save_new(applicant, constraint, **known_by):
    """Insert; where the database says that the number is taken, name who has it."""
    taken = Refused(constraint)
    try:
        with refusing(constraint, taken):
            applicant.save(force_insert=True)
    except Refused as refusal:
        if refusal is not taken:
            raise
        raise AlreadyRegistered(Applicant.objects.get(**known_by)) from None


def _merge(home, others):
    """One household out of several; a zero-employment mark stays."""
    merged = Household.objects.filter(pk__in=others)
    if marked := merged.filter(zero_employment=True).first():
        Household.objects.filter(pk=home.pk).update(zero_employment=True, note=marked.note)
    Applicant.objects.filter(household__in=others).update(household=home)
