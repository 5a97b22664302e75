"""What is asked for: trade, amount, term, the 100,000 of the SIYB's best, an enterprise's new hires."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _gettext

from applicants.models import Group
from loans.eligibility.records import LEAST, OWN_RULE, Asking, Reason, Rules
from loans.policy import Terms


def trade(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Some trades get no loan."""
    for one in rules.trades:
        if asking.trade == one.word or asking.project.endswith(one.word):
            yield Reason(_gettext("No loan is given to the trade “%(trade)s”.") % {"trade": one.word}, one.document)


def amount(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Not too little, and not more than the cap."""
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


def term(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Not longer than the documents allow."""
    if terms.term_months and asking.term > terms.term_months.value:
        sentence = _gettext("The term is at most %(most)s months; %(term)s are asked for.")
        yield Reason(sentence % {"most": terms.term_months.value, "term": asking.term}, terms.term_months.rule.document_no)


def siyb(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """Who asks as an excellent SIYB trainee was selected this year or last."""
    if asking.siyb_excellent and not asking.siyb_selected:
        cap = terms.lending_cap
        document = cap.rule.document_no if cap and Group.SIYB_EXCELLENT.value in cap.rule.groups else OWN_RULE
        yield Reason(_gettext("The applicant is not among the excellent SIYB trainees of this year or the last."), document)


def hires(asking: Asking, terms: Terms, rules: Rules, on: date) -> Iterable[Reason]:
    """An enterprise has newly hired its share of the staff."""
    if not asking.staff or (needed := terms.hires_needed(asking.staff)) is None:
        return
    hired = asking.new_hires or 0
    if Decimal(hired) / asking.staff < needed.value:
        sentence = _gettext("%(needed)s%% of the staff must be newly hired; here it is %(hires)s of %(staff)s.")
        yield Reason(sentence % {"needed": f"{needed.value * 100:.0f}", "hires": hired, "staff": asking.staff}, needed.rule.document_no)


CHECKS = (trade, amount, term, siyb, hires)
