"""Who asks: age, group and its proof, open cases, earlier loans."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _gettext

from applicants.identity import age
from applicants.models import Group
from loans.eligibility.records import OWN_RULE, Asking, Reason, Rules, in_a_list
from loans.policy import Terms
from staff.templatetags.office import day


def of_age(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Borrowers are of an age."""
    if asking.born is None or rules.ages is None:
        return
    years, ages = age(asking.born, on), rules.ages
    if not ages.youngest <= years <= ages.oldest:
        sentence = _gettext("Borrowers are %(youngest)s to %(oldest)s years old; the applicant is %(age)s.")
        yield Reason(sentence % {"youngest": ages.youngest, "oldest": ages.oldest, "age": years}, ages.document)


def in_a_group(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """The group relied on is known on this day, and a paper that is good on this day proves it."""
    group, label, named = asking.group, _label(asking.group), rules.groups.get(asking.group)
    if named is None:
        yield Reason(_gettext("No document of this day knows the group “%(group)s”.") % {"group": label}, OWN_RULE)
    elif on < named.since:
        sentence = _gettext("No document of this day knows the group “%(group)s” yet; it comes with %(day)s.")
        yield Reason(sentence % {"group": label, "day": day(named.since)}, named.document)
    accepted = [proof for proof in rules.proofs if proof.group == group]
    document = accepted[0].document if accepted else OWN_RULE
    wanted = {"group": label, "papers": in_a_list(dict.fromkeys(proof.paper for proof in accepted)) or "—"}
    if group in asking.stale:
        sentence = _gettext("“%(paper)s” does not prove the group “%(group)s” on this day; what does: %(papers)s.")
        yield Reason(sentence % {**wanted, "paper": asking.stale[group]}, document)
    elif group not in asking.groups:
        sentence = _gettext("There is no proof that the applicant is in the group “%(group)s”; what proves it: %(papers)s.")
        yield Reason(sentence % wanted, document)


def one_loan_at_a_time(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Nobody has two loans at a time, nor has a household, and what the fund paid is paid back first."""
    for numbers, sentence in (
        (asking.own_open, _gettext("The applicant has an open case or loan already: %(numbers)s.")),
        (asking.household_open, _gettext("The household has an open case or loan already: %(numbers)s.")),
        (asking.own_owed, _gettext("The fund paid for a loan of the applicant, who owes it to the fund: %(numbers)s.")),
        (asking.household_owed, _gettext("The fund paid for a loan of the household, which owes it to the fund: %(numbers)s.")),
    ):
        if numbers:
            yield Reason(sentence % {"numbers": in_a_list(numbers)}, OWN_RULE)


def borrows_again(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Who borrowed before may borrow again: so often, and after loans that were repaid."""
    repeat, earlier = rules.repeat, asking.earlier
    if repeat is None:
        return
    if repeat.most_loans is not None and len(earlier) >= repeat.most_loans:
        sentence = _gettext("Nobody borrows more than %(most)s times; the applicant has had %(number)s loans: %(numbers)s.")
        numbers = in_a_list(loan.number for loan in earlier)
        yield Reason(sentence % {"most": repeat.most_loans, "number": len(earlier), "numbers": numbers}, repeat.document)
    if not repeat.after_fund_paid and (paid := [loan.number for loan in earlier if loan.fund_paid]):
        sentence = _gettext("The fund had to pay for an earlier loan: %(numbers)s.")
        yield Reason(sentence % {"numbers": in_a_list(paid)}, repeat.document)
    if repeat.days_late_allowed is None:
        return
    for loan in earlier:
        if loan.days_late > repeat.days_late_allowed:
            sentence = _gettext("The earlier loan %(number)s was settled %(days)s days late; at most %(allowed)s days are allowed.")
            yield Reason(sentence % {"number": loan.number, "days": loan.days_late, "allowed": repeat.days_late_allowed}, repeat.document)


def _label(group: str) -> str:
    return str(Group(group).label) if group in Group.values else group


CHECKS = (of_age, in_a_group, one_loan_at_a_time, borrows_again)
