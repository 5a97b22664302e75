"""Who or what stands behind the borrower: whether anything must, and whether what is named counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _gettext

from loans.eligibility.records import OWN_RULE, Asking, Backing, Counter, Reason, Rules, in_a_list
from loans.models import CounterGuarantee
from loans.models.lending_rules import SIYB_GRADUATE
from loans.policy import Terms

Kind = CounterGuarantee.Kind
LIMITED = (Kind.CIVIL_SERVANT, Kind.PERSON)  # one person stands for so many loans at a time
A_JOINT_GROUP = 3  # 联保 is three households or more, the borrower's among them


def stands(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Everything against what is named as a counter-guarantee; nothing while it was not asked for yet."""
    return reasons(asking, rules)


def reasons(asking: Asking, rules: Rules) -> list[Reason]:
    """The same, where a case is looked at again: at first review, and under lock at approval."""
    if asking.backings is None:
        return []
    found = [reason for check in (_enough, _each, _together) for reason in check(asking, asking.backings, rules)]
    return list(dict.fromkeys(found))  # members of one joint guarantee fail together: said once


def against_one(backing: Backing, asking: Asking, rules: Rules) -> list[Reason]:
    """Everything against one more that is named for a case; how many stand together is looked at when the case is."""
    return list(_against(backing, asking, rules)) if backing.kind != Kind.JOINT else [*_whole(backing, rules), *_may_stand(backing, asking, rules)]


def _enough(asking: Asking, backings: Sequence[Backing], rules: Rules) -> Iterable[Reason]:
    """Where the rules of the day ask for a counter-guarantee there is one that counts, or a rule that lets this borrower off."""
    rule = asked_for(asking, rules)
    if rule is None or let_off(asking, rules):
        return
    if not any(backing.kind != Kind.EXEMPT and not list(_against(backing, asking, rules)) for backing in backings):
        yield Reason(_gettext("A counter-guarantee is needed, and none is named that counts."), rule.document)


def _each(asking: Asking, backings: Sequence[Backing], rules: Rules) -> Iterable[Reason]:
    """Each that is named is whole, and may stand."""
    for backing in backings:
        yield from _against(backing, asking, rules)


def _together(asking: Asking, backings: Sequence[Backing], rules: Rules) -> Iterable[Reason]:
    """No person is named twice."""
    seen: set[str] = set()
    for backing in backings:
        if backing.person and backing.person in seen:
            yield Reason(_gettext("%(name)s is named twice.") % {"name": backing.name}, OWN_RULE)
        seen.add(backing.person)


def asked_for(asking: Asking, rules: Rules) -> Counter | None:
    """The rule by which a counter-guarantee is needed of everybody, if there is one."""
    return next((rule for rule in rules.counters if rule.needed and not rule.group), None)


def let_off(asking: Asking, rules: Rules) -> Counter | None:
    """The rule by which this borrower needs no counter-guarantee for this amount, if there is one."""
    held = asking.groups | ({SIYB_GRADUATE} if asking.siyb_graduate else frozenset()) | {""}
    return next((rule for rule in rules.counters if _lets_off(rule, asking) and rule.group in held), None)


def _lets_off(rule: Counter, asking: Asking) -> bool:
    return not rule.needed and (rule.up_to is None or asking.amount <= rule.up_to)


def _against(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    yield from _whole(backing, rules)
    if backing.kind == Kind.JOINT or backing.kind in LIMITED:
        yield from _may_stand(backing, asking, rules)
    yield from OF_KIND.get(backing.kind, _nothing)(backing, asking, rules)


WHOLE: Mapping[str, tuple[str, ...]] = {
    Kind.CIVIL_SERVANT: ("name", "person", "employer"),
    Kind.PERSON: ("name", "person"),
    Kind.FIRM: ("name",),
    Kind.MORTGAGE: ("thing", "certificate", "owner", "value"),
    Kind.PLEDGE: ("thing", "value"),
    Kind.JOINT: ("name", "person"),
}


def _whole(backing: Backing, rules: Rules) -> Iterable[Reason]:
    words = {
        "name": _gettext("name"),
        "person": _gettext("identity number"),
        "employer": _gettext("employer"),
        "thing": _gettext("mortgaged or pledged thing"),
        "certificate": _gettext("certificate no."),
        "owner": _gettext("owner"),
        "value": _gettext("value (yuan)"),
    }
    if missing := [words[name] for name in WHOLE.get(backing.kind, ()) if not getattr(backing, name)]:
        sentence = _gettext("“%(kind)s” is not whole; missing: %(fields)s.")
        yield Reason(sentence % {"kind": _called(backing), "fields": in_a_list(missing)}, _document(rules))


def _may_stand(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    own = (backing.person and backing.person == asking.person) or (backing.home is not None and backing.home == asking.home)
    if own:
        yield Reason(_gettext("%(name)s is the applicant or of the same household, and cannot stand as guarantor.") % {"name": backing.name}, _document(rules))


def _limit(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    limit = rules.guarantor
    if limit and len(backing.stands_for) >= limit.most:
        sentence = _gettext("%(name)s stands for %(number)s loans already: %(numbers)s. One person stands for at most %(most)s at a time.")
        words = {"name": backing.name, "number": len(backing.stands_for), "numbers": in_a_list(backing.stands_for), "most": limit.most}
        yield Reason(sentence % words, limit.document)


def _joint(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    """A group stands for its members: three persons or more, each of another household. What fails one fails all."""
    rows = [one for one in asking.backings or () if one.kind == Kind.JOINT]
    people = {asking.person, *(one.person for one in rows if one.person)}
    if len(people) < A_JOINT_GROUP:
        sentence = _gettext("A joint guarantee is given by %(least)s persons or more, the applicant among them; here they are %(number)s.")
        yield Reason(sentence % {"least": A_JOINT_GROUP, "number": len(people)}, _document(rules))
    homes = [one.home for one in rows if one.home is not None]
    if len(set(homes)) < len(homes):
        yield Reason(_gettext("Two members of the joint guarantee are of one household."), _document(rules))


def _credit_community(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    if not asking.credit_community:
        yield Reason(_gettext("%(community)s is not marked as a credit community on this day.") % {"community": asking.community or "—"}, _document(rules))


def _exempt(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    held = asking.groups | ({SIYB_GRADUATE} if asking.siyb_graduate else frozenset()) | {""}
    if not any(_lets_off(rule, asking) and rule.group == backing.group for rule in rules.counters) or backing.group not in held:
        yield Reason(_gettext("No rule of this day lets the applicant off a counter-guarantee for the reason given."), _document(rules))


def _nothing(backing: Backing, asking: Asking, rules: Rules) -> Iterable[Reason]:
    return ()


OF_KIND: Mapping[str, Callable[[Backing, Asking, Rules], Iterable[Reason]]] = {
    Kind.CIVIL_SERVANT: _limit,
    Kind.PERSON: _limit,
    Kind.JOINT: _joint,
    Kind.CREDIT_COMMUNITY: _credit_community,
    Kind.EXEMPT: _exempt,
}


def _called(backing: Backing) -> str:
    kind = str(Kind(backing.kind).label) if backing.kind in Kind.values else backing.kind
    return f"{kind} {backing.name or backing.thing}".rstrip()


def _document(rules: Rules) -> object:
    """What counter-guarantees go by: the document that asks for them."""
    return next((rule.document for rule in rules.counters if rule.needed and not rule.group), OWN_RULE)


CHECKS = (stands,)
