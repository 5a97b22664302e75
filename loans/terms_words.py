"""Terms as a person reads them: what is allowed, in words, each with the number of the document that says so."""

import re
from typing import Any, NamedTuple

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.policy import NEEDS_MICRO_PROFIT, Regime
from loans.rates import NoRate, benchmark, reference

SUBSIDY = {
    Regime.A: _("all interest"),
    Regime.A_HALF: _("half of the interest"),
    Regime.B: _("all interest"),
    Regime.B_HALF: _("half of the interest"),
    Regime.C: _("half of the benchmark rate"),
    Regime.D: _("all interest"),
    Regime.E: _("all interest in the first year, two thirds in the second, one third in the third"),
    Regime.F: _("half of the LPR"),
    Regime.G: _("the rate above LPR less 1.5 points"),
    Regime.H: _("half of the interest"),
}
REFERENCES = {"benchmark": _("benchmark"), "old_lpr": _("Old LPR"), "lpr": _("LPR")}


class Said(NamedTuple):
    """One line of the rule card."""

    label: Any
    value: str
    document: str
    unconfirmed: bool


def said(data, *, rates, on, term, micro_profit=None, partners=None):
    """The lines of the rule card from kept terms (Terms.as_data). `micro_profit` None: not settled yet."""
    lines = [
        (_("Lending cap"), "lending_cap", _yuan),
        (_("Cap per partner"), "per_partner_cap", _yuan if partners else _nothing),
        (_("Term"), "term_months", lambda value: _term(value, data.get("extension_months"))),
        (_("Rate ceiling"), "rate_ceiling", lambda value: _ceiling(value, rates, on, term)),
        (_("Interest subsidy"), "subsidy_regime", lambda value: _subsidy(Regime(value), micro_profit)),
        (_("New hires"), "new_hire_share", lambda value: f"{float(value):.0%}"),
    ]
    found = [(label, data.get(name), words) for label, name, words in lines]
    return [Said(label, text, cell["document"], cell["status"] != "confirmed") for label, cell, words in found if cell and (text := words(cell["value"]))]


def _nothing(value):
    return ""


def _yuan(value):
    return _gettext("%(amount)s yuan") % {"amount": f"{float(value):,.0f}"}


def _term(value, extension):
    months = _gettext("%(months)s months") % {"months": value}
    if not extension:
        return months
    return _gettext("%(term)s, may be extended by %(months)s months") % {"term": months, "months": extension["value"]}


def _ceiling(value, rates, on, term):
    if not (parts := re.fullmatch(r"(benchmark|old_lpr|lpr)\+(\d+(?:\.\d+)?)", value)):
        return _gettext("as agreed")
    try:
        base = benchmark(rates, on, term) if parts[1] == "benchmark" else reference(rates, parts[1], on)
    except NoRate:
        return _gettext("%(reference)s + %(points)s points") % {"reference": REFERENCES[parts[1]], "points": parts[2]}
    return _gettext("%(reference)s %(base)s%% + %(points)s points = %(ceiling)s%%") % {
        "reference": REFERENCES[parts[1]],
        "base": f"{base.normalize():f}",
        "points": f"{float(parts[2]):g}",
        "ceiling": f"{float(base) + float(parts[2]):g}",
    }


def _subsidy(regime, micro_profit):
    if regime in NEEDS_MICRO_PROFIT and micro_profit is False:
        return _gettext("none: not a micro-profit project")
    if regime in NEEDS_MICRO_PROFIT and micro_profit is None:
        return _gettext("%(subsidy)s, if the project is micro-profit") % {"subsidy": SUBSIDY[regime]}
    return str(SUBSIDY[regime])
