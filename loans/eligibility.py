"""Why somebody may not have a loan: every reason at once, each with the document that says so. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from applicants.identity import age
from applicants.models import Group
from loans.policy import Terms

OWN_RULE = _("the centre's own rule")
LEAST = Decimal(100)


class Reason(NamedTuple):
    """A sentence for the counter, and the number of the document behind it."""

    sentence: str
    document: str


class Ages(NamedTuple):
    """How old borrowers are on the day of application, by which document."""

    youngest: int
    oldest: int
    document: str


class Trade(NamedTuple):
    """A trade that no loan goes to, by which document."""

    word: str
    document: str


@dataclass(frozen=True)
class Asking:
    """What somebody asks for, and what is known of them on that day. Amounts in yuan, terms in months."""

    kind: str
    amount: Decimal
    term: int
    group: str
    groups: frozenset[str]
    trade: str
    project: str
    born: date | None = None  # persons
    partners: int | None = None
    siyb_excellent: bool = False
    siyb_selected: bool = False
    staff: int | None = None  # enterprises: in post at application, and hired anew within the year
    new_hires: int | None = None
    own_open: tuple[str, ...] = ()  # numbers of open cases of the applicant, and of others in the household
    household_open: tuple[str, ...] = ()
    guarantor_is_household: bool = False


@dataclass(frozen=True)
class Rules:
    """The rules in force on one day that are not terms: ages, trades, known groups."""

    known_groups: frozenset[str]
    ages: Ages | None
    trades: tuple[Trade, ...]


def reasons_against(asking: Asking, terms: Terms, rules: Rules, on: date) -> list[Reason]:
    """Everything that stands against this application on this day; an empty list means that it may be taken."""
    checks = (_age, _group, _trade, _open_cases, _amount, _term, _siyb, _hires, _guarantor)
    return [reason for check in checks for reason in check(asking, terms, rules, on)]


def _age(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.born is None or rules.ages is None:
        return
    years, ages = age(asking.born, on), rules.ages
    if not ages.youngest <= years <= ages.oldest:
        sentence = _gettext("Borrowers are %(youngest)s to %(oldest)s years old; the applicant is %(age)s.")
        yield Reason(sentence % {"youngest": ages.youngest, "oldest": ages.oldest, "age": years}, ages.document)


def _group(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    label = Group(asking.group).label
    if asking.group not in rules.known_groups:
        yield Reason(_gettext("No document of this day knows the group “%(group)s” yet.") % {"group": label}, OWN_RULE)
    if asking.group not in asking.groups:
        yield Reason(_gettext("There is no proof that the applicant is in the group “%(group)s”.") % {"group": label}, OWN_RULE)


def _trade(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    for trade in rules.trades:
        if asking.trade == trade.word or asking.project.endswith(trade.word):
            yield Reason(_gettext("No loan is given to the trade “%(trade)s”.") % {"trade": trade.word}, trade.document)


def _open_cases(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.own_open:
        yield Reason(_gettext("The applicant has an open case or loan already: %(numbers)s.") % {"numbers": _list(asking.own_open)}, OWN_RULE)
    if asking.household_open:
        sentence = _gettext("The household has an open case or loan already: %(numbers)s.")
        yield Reason(sentence % {"numbers": _list(asking.household_open)}, OWN_RULE)


def _amount(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.amount < LEAST:
        yield Reason(_gettext("A loan is at least %(least)s yuan.") % {"least": LEAST}, OWN_RULE)
    cap = terms.cap(asking.partners)
    if cap is not None and asking.amount > cap:
        cell = terms.lending_cap or terms.per_partner_cap
        document = cell.rule.document_no if cell else OWN_RULE
        yield Reason(
            _gettext("At most %(cap)s yuan may be lent; %(amount)s are asked for.") % {"cap": f"{cap:,.2f}", "amount": f"{asking.amount:,.2f}"},
            document,
        )


def _term(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if terms.term_months and asking.term > terms.term_months.value:
        sentence = _gettext("The term is at most %(most)s months; %(term)s are asked for.")
        yield Reason(sentence % {"most": terms.term_months.value, "term": asking.term}, terms.term_months.rule.document_no)


def _siyb(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.siyb_excellent and not asking.siyb_selected:
        yield Reason(_gettext("The applicant is not among the excellent SIYB trainees of this year or the last."), OWN_RULE)


def _hires(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.staff is None:
        return
    needed, hires = terms.hires_needed(asking.staff), asking.new_hires or 0
    if needed and asking.staff and Decimal(hires) / asking.staff < needed and terms.new_hire_share:
        sentence = _gettext("%(needed)s%% of the staff must be newly hired; here it is %(hires)s of %(staff)s.")
        yield Reason(sentence % {"needed": f"{needed * 100:.0f}", "hires": hires, "staff": asking.staff}, terms.new_hire_share.rule.document_no)


def _guarantor(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    if asking.guarantor_is_household:
        yield Reason(_gettext("The applicant and the household cannot stand as their own guarantors."), OWN_RULE)


def _list(numbers: Iterable[str]) -> str:
    return pgettext("in a list", ", ").join(numbers)
