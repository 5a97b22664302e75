"""Terms as a person reads them: what is allowed, in words, each with the number of the document that says so."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans.policy import NEEDS_MICRO_PROFIT, Level, Regime, Status
from loans.rates import NoRate, Rates, benchmark, quoted

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
PAYERS = {"central": _("centre"), "provincial": _("province"), "local": _("city and county"), "borrower": _("borrower himself")}
FINANCE = ("central", "provincial", "local")  # of these, who is not the borrower
CEILING = re.compile(r"(benchmark|old_lpr|lpr)\+(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Said:
    """One line of the rule card: what, its value in words, the document and since when it says so."""

    label: Any
    value: str
    document: str
    since: date
    unconfirmed: bool
    name: str


@dataclass(frozen=True)
class About:
    """What the words of a line depend on beside its own cell."""

    data: dict[str, Any]
    rates: Rates
    on: date
    term: int
    micro_profit: bool | None = None
    partners: int | None = None
    whole: bool = False

    def value(self, name: str) -> str:
        return self.data[name]["value"] if name in self.data else ""


def said(data, *, rates, on, term, micro_profit=None, partners=None, whole=False):
    """The lines of the rule card from kept terms (Terms.as_data). `micro_profit` None: not settled yet; `whole`: with what concerns the fund."""
    about = About(data, rates, on, term, micro_profit, partners, whole)
    found = [(name, label, data.get(name), words) for name, (label, words) in LINES.items()]
    return [_line(name, label, cell, text, about) for name, label, cell, words in found if cell and (text := words(cell["value"], about))]


def _line(name, label, cell, text, about):
    doubtful = cell["status"] != Status.CONFIRMED or (name == "rate_ceiling" and _rate_doubtful(cell["value"], about))
    return Said(label, text, cell["document"], date.fromisoformat(cell["since"]), doubtful, name)


def _yuan(value, about):
    return _gettext("%(amount)s yuan") % {"amount": f"{float(value):,.0f}"}


def _a_head(value, about):
    return _yuan(value, about) if about.partners or about.whole else ""


def _subsidised(value, about):
    """The subsidised part, and who bears what a province or county lends above it."""
    lent = about.data.get("lending_cap")
    if not lent or Decimal(lent["value"]) <= Decimal(value):
        return _yuan(value, about)
    words = _gettext("%(cap)s; what lies above it was raised by %(document)s at its own cost and carries no subsidy of the centre")
    return words % {"cap": _yuan(value, about), "document": lent["document"]}


def _months(value, about):
    return _gettext("%(months)s months") % {"months": value}


def _extension(value, about):
    return _gettext("once, at most %(months)s months, without subsidy") % {"months": value}


def ceiling_formula(value):
    """A ceiling as its formula, whatever the rates are: benchmark + 3.00 points; empty where a row says nothing of it."""
    parts = CEILING.fullmatch(value or "")
    if parts is None:
        return _gettext("as agreed") if value else ""
    return _gettext("%(reference)s + %(points)s points") % {"reference": REFERENCES[parts[1]], "points": parts[2]}


def _ceiling(value, about):
    if not (parts := CEILING.fullmatch(value)):
        return _gettext("as agreed")
    try:
        base = benchmark(about.rates, about.on, about.term) if parts[1] == "benchmark" else quoted(about.rates, parts[1], about.on).percent
    except NoRate:
        return ceiling_formula(value)
    if not Decimal(parts[2]):
        return _gettext("%(reference)s %(base)s%%, nothing added") % {"reference": REFERENCES[parts[1]], "base": f"{base.normalize():f}"}
    return _gettext("%(reference)s %(base)s%% + %(points)s points = %(ceiling)s%%") % {
        "reference": REFERENCES[parts[1]],
        "base": f"{base.normalize():f}",
        "points": f"{float(parts[2]):g}",
        "ceiling": f"{float(base) + float(parts[2]):g}",
    }


def _rate_doubtful(value, about):
    parts = CEILING.fullmatch(value)
    if not parts or parts[1] == "benchmark":
        return False
    try:
        return quoted(about.rates, parts[1], about.on).status != Status.CONFIRMED
    except NoRate:
        return False


def _subsidy(value, about):
    regime = Regime(value)
    if regime in NEEDS_MICRO_PROFIT and about.micro_profit is False:
        return _gettext("none: not a micro-profit project")
    if regime in NEEDS_MICRO_PROFIT and about.micro_profit is None:
        return _gettext("%(subsidy)s, if the project is micro-profit") % {"subsidy": SUBSIDY[regime]}
    return str(SUBSIDY[regime])


def payers(value):
    """central=0.25;local=0.25;borrower=0.50 → who bears how much."""
    shares = (part.split("=") for part in value.split(";"))
    return _gettext(", ").join(f"{PAYERS[payer]} {float(share):.0%}" for payer, share in shares)


def _payers(value, about):
    return payers(value)


def _share(value, about):
    return f"{float(value):.0%}"


def _times(value, about):
    return _gettext("%(times)s times its balance at the bank") % {"times": f"{float(value):g}"} if about.whole else ""


def _suspends(value, about):
    return f"{float(value):.0%}" if about.whole else ""


LINES = {
    "lending_cap": (_("Lending cap"), _yuan),
    "per_partner_cap": (_("Cap per partner"), _a_head),
    "subsidised_cap": (_("Subsidised cap"), _subsidised),
    "term_months": (_("Term"), _months),
    "extension_months": (_("Extension"), _extension),
    "rate_ceiling": (_("Rate ceiling"), _ceiling),
    "subsidy_regime": (_("Interest subsidy"), _subsidy),
    "finance_split": (_("Who pays the subsidy"), _payers),
    "new_hire_share": (_("New hires"), _share),
    "new_hire_share_over_100": (_("New hires, over 100 staff"), _share),
    "leverage": (_("Multiple of the fund"), _times),
    "suspend_compensation_rate": (_("Compensation rate that suspends"), _suspends),
}
LEVELS = {Level.NATIONAL: _("National"), Level.PROVINCIAL: _("Provincial"), Level.LOCAL: _("Local")}
RATES = {
    "up_to_6_months": _("Benchmark, up to 6 months"),
    "up_to_1_year": _("Benchmark, up to 1 year"),
    "years_1_to_3": _("Benchmark, 1 to 3 years"),
    "years_3_to_5": _("Benchmark, 3 to 5 years"),
    "old_lpr": _("Old LPR, 1 year"),
    "lpr": _("LPR, 1 year"),
}
