"""The rates that contracts are measured against, percent a year: benchmark, old LPR, LPR (facts.md §10). No database, no clock."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from loans.policy import Regime, Terms
from staff.errors import Refused

OLD_LPR, LPR = "old_lpr", "lpr"


class Benchmark(NamedTuple):
    """The central bank's lending rates from a day on, by the loan's term."""

    effective_from: date
    up_to_6_months: Decimal
    up_to_1_year: Decimal
    years_1_to_3: Decimal
    years_3_to_5: Decimal


class Reference(NamedTuple):
    """A quoted one-year rate from a day on: series `old_lpr` (贷款基础利率, 2013-2019) or `lpr` (since 2019-08-20)."""

    effective_from: date
    series: str
    percent: Decimal
    status: str


class Rates(NamedTuple):
    """All the rates that the office has on record."""

    benchmarks: Sequence[Benchmark]
    references: Sequence[Reference]


class NoRate(Refused):
    """No rate is on record for this day and term."""

    title = _("No rate on record")


def benchmark(rates: Rates, on: date, term_months: int) -> Decimal:
    """The benchmark rate of a day for a term: columns up to 6, 12, 36 and 60 months."""
    row = max((row for row in rates.benchmarks if row.effective_from <= on), default=None)
    if row is None or term_months > 60:
        raise NoRate(_("No benchmark rate is on record for %(months)s months on %(day)s.") % {"months": term_months, "day": on})
    if term_months <= 12:
        return row.up_to_6_months if term_months <= 6 else row.up_to_1_year
    return row.years_1_to_3 if term_months <= 36 else row.years_3_to_5


def reference(rates: Rates, series: str, on: date) -> Decimal:
    """The quoted rate of one series in force on a day, percent a year."""
    return quoted(rates, series, on).percent


def quoted(rates: Rates, series: str, on: date) -> Reference:
    """The row of one series in force on a day."""
    row = max((row for row in rates.references if row.series == series and row.effective_from <= on), default=None)
    if row is None:
        raise NoRate(_("No %(series)s is on record for %(day)s.") % {"series": series, "day": on})
    return row


def rate_ceiling(terms: Terms, rates: Rates, *, contract_on: date, term_months: int) -> Decimal | None:
    """The highest rate that a contract of this day and term may carry; None where the bank and the borrower agree it freely."""
    if not terms.rate_ceiling or not (parts := re.fullmatch(r"(benchmark|old_lpr|lpr)\+(\d+(?:\.\d+)?)", terms.rate_ceiling.value)):
        return None
    base = benchmark(rates, contract_on, term_months) if parts[1] == "benchmark" else reference(rates, parts[1], contract_on)
    return base + Decimal(parts[2])


def subsidy_reference(regime: Regime | None, rates: Rates, *, contract_on: date, term_months: int) -> Decimal | None:
    """The rate that a regime measures its subsidy against: the benchmark (C) or the LPR of the contract day (F, G); None for the others."""
    if regime == Regime.C:
        return benchmark(rates, contract_on, term_months)
    if regime not in (Regime.F, Regime.G):
        return None
    begun = any(row.series == LPR and row.effective_from <= contract_on for row in rates.references)
    return reference(rates, LPR if begun else OLD_LPR, contract_on)
