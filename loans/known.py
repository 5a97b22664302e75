"""What is known of an applicant on a day: the record that eligibility is worked out from."""

from applicants import identity
from applicants.encryption import blind_index
from applicants.models import Applicant, Group
from applicants.queries import groups_of
from loans import lending_rules
from loans.eligibility import Asking, Backing, Earlier
from loans.eligibility.behind import LIMITED
from loans.models import BorrowerKind, CounterGuarantee, Loan
from loans.states import State
from training.queries import record_of, was_qualified, was_selected

NOT_A_PROOF = {Group.WOMAN.value, Group.ZERO_EMPLOYMENT_FAMILY.value, Group.SIYB_EXCELLENT.value}  # told by number, household, ranked list


def asking(*, applicant, kind, amount, term, group, trade, project, rules, on, spouse=None, community=None, guarantors=None, **more):
    """What an applicant asks for, as a plain record with what is known of the person and the household. `guarantors` None: not asked yet."""
    good, stale = proofs_of(applicant, rules, on)
    if more.get("siyb_excellent"):
        good = good | {Group.SIYB_EXCELLENT.value}
    return Asking(
        kind=str(kind),
        amount=amount,
        term=term,
        group=str(group),
        groups=frozenset(good),
        stale=stale,
        trade=trade,
        project=project,
        born=applicant.birth_date,
        staff=applicant.staff_in_post if kind == BorrowerKind.ENTERPRISE else None,
        **siyb_of(applicant, on),
        **loans_of(applicant, spouse),
        **who(applicant),
        **_community(community, on),
        backings=None if guarantors is None else tuple(backing(one, stands_for=under_way) for one in guarantors),
        **more,
    )


def of_case(loan, *, amount, on):
    """The same of a case that is looked at again, as far as who stands behind it is concerned."""
    rows = list(loan.counter_guarantees.kept())
    return Asking(
        kind=loan.borrower_kind,
        amount=amount,
        term=loan.term,
        group=loan.group,
        groups=frozenset(loan.groups),
        trade=loan.trade,
        project=loan.project,
        siyb_graduate=is_graduate(loan.applicant, on),
        **who(loan.applicant),
        **_community(loan.community, on),
        backings=tuple(backing(row, stands_for=lambda index: bound(index, but=loan)) for row in rows),
    )


def proofs_of(applicant, rules, on):
    """The groups that count on this day, and those whose paper is not good any more or yet: {group: paper}."""
    good, stale = {*groups_of(applicant)} & NOT_A_PROOF - {Group.SIYB_EXCELLENT.value}, {}
    for membership in applicant.memberships.exclude(group__in=NOT_A_PROOF):
        if proves(membership.group, membership.proof, rules) and not (membership.valid_until and membership.valid_until < on):
            good.add(membership.group)
        elif membership.proof:
            stale[membership.group] = membership.proof
    return good, stale


def unseen(applicant):
    """The groups on record without a paper: people of the old ledger, which never named one."""
    return {*applicant.memberships.filter(proof="").exclude(group__in=NOT_A_PROOF).values_list("group", flat=True)}


def proves(group, paper, rules):
    """Does this paper prove the group on the day of these rules? Where no document names a paper, what the officer saw counts."""
    accepted = [proof.paper for proof in rules.proofs if proof.group == group]
    return any(name in paper for name in accepted) if accepted else True


def siyb_of(applicant, on):
    """What the training room knows: among the best of this year or the last, and with a certificate at all."""
    selected = was_selected(applicant, on.year) or was_selected(applicant, on.year - 1)
    return {"siyb_selected": selected, "siyb_graduate": selected or is_graduate(applicant, on)}


def is_graduate(applicant, on):
    """Did this person pass a start-up class that has ended by this day?"""
    return any(was_qualified(trainee) for trainee in record_of(applicant) if (trainee.training_class.last_day or on) <= on)


def loans_of(applicant, spouse=None):
    """Open cases and loans owed to the fund, of the person and of the others in the household; and earlier loans."""
    home = Loan.objects.open().of_household(applicant)
    if spouse is not None:
        home = home | Loan.objects.open().of_household(spouse)
    found = {"own_open": [], "own_owed": [], "household_open": [], "household_owed": []}
    for loan in home.order_by("number"):
        whose = "own" if loan.applicant_id == applicant.pk else "household"
        found[f"{whose}_{'owed' if loan.state == State.COMPENSATED else 'open'}"].append(loan.number)
    return {name: tuple(numbers) for name, numbers in found.items()} | {"earlier": earlier(applicant)}


def earlier(applicant):
    """The loans that this applicant had and that are closed, the first one first."""
    closed = Loan.objects.filter(applicant=applicant, state__in=(State.SETTLED, State.RECOVERED, State.WRITTEN_OFF))
    return tuple(Earlier(loan.number, _days_late(loan), loan.state != State.SETTLED) for loan in closed.order_by("disbursed_on", "pk"))


def _days_late(loan):
    closed = loan.closed_on or loan.state_since
    return max(0, (closed - loan.maturity).days) if loan.state == State.SETTLED and loan.maturity else 0


def who(applicant):
    """Who the applicant and the household are, as backings name people."""
    return {"person": applicant.identity_index or "", "home": applicant.household_id}


def _community(community, on):
    return {"community": str(community or ""), "credit_community": lending_rules.is_credit_community(community, on)}


def backing(one, *, stands_for):
    """Who or what is to stand behind, from the form or from its row, as a plain record."""
    index = index_of(one) or ""
    home = Applicant.objects.filter(identity_index=index).values_list("household", flat=True).first() if index else None
    fields = ("kind", "name", "employer", "thing", "certificate", "owner", "value", "group")
    more = {"person": index, "home": home, "stands_for": stands_for(index) if index and one.kind in LIMITED else ()}
    return Backing(**{field: getattr(one, field) for field in fields}, **more)


def index_of(one):
    """The blind index of a guarantor's identity number; refuses (WrongNumber) what cannot be one."""
    if isinstance(one, CounterGuarantee):
        return one.identity_index
    return blind_index(identity.parse(one.identity_number).number) if one.identity_number else None


def under_way(index, *, but=None):
    """The cases for which this person is named or bound already."""
    return _numbers(CounterGuarantee.objects.under_way(), index, but)


def bound(index, *, but=None):
    """The promises and loans for which this person is bound."""
    return _numbers(CounterGuarantee.objects.bound(), index, but)


def _numbers(rows, index, but):
    rows = rows.filter(identity_index=index, kind__in=LIMITED).exclude(loan=but and but.pk)
    return tuple(rows.order_by("loan__number").values_list("loan__number", flat=True).distinct())
