"""The dated rows of the database as the records that loans/policy.py and loans/rates.py reason with."""

from collections.abc import Sequence
from datetime import date

from loans import policy
from loans.models import BenchmarkRate, Loan, PolicyRow, ReferenceRate
from loans.policy import Level, Regime, Rule, Status, Terms
from loans.rates import Benchmark, Rates, Reference


def rules() -> list[Rule]:
    """Every policy row in effect."""
    return [rule(row) for row in PolicyRow.objects.in_effect().select_related("document")]


def all_rates() -> Rates:
    """Every benchmark and quoted rate in effect."""
    columns = ("effective_from", "up_to_6_months", "up_to_1_year", "years_1_to_3", "years_3_to_5")
    return Rates(
        [Benchmark(*row) for row in BenchmarkRate.objects.in_effect().values_list(*columns)],
        [Reference(*row) for row in ReferenceRate.objects.in_effect().values_list("effective_from", "series", "percent", "status")],
    )


def terms_of(loan: Loan, *, contract_on: date | None = None, among: Sequence[Rule] | None = None) -> Terms:
    """What holds for this case: by its application day, and for rate and subsidy by its contract day; `among` rules already read."""
    return policy.terms(among or rules(), kind=loan.borrower_kind, groups=loan.groups, application_on=loan.applied_on, contract_on=contract_on)


def rule(row: PolicyRow) -> Rule:
    """One row as the resolver reads it."""
    return Rule(
        document_no=row.document.number,
        effective_from=row.effective_from,
        level=Level(row.document.level),
        borrower_kind=row.borrower_kind,
        status=Status(row.status),
        groups=frozenset(filter(None, row.groups.split(";"))),
        lending_cap_yuan=row.lending_cap_yuan,
        per_partner_cap_yuan=row.per_partner_cap_yuan,
        term_months=row.term_months,
        extension_months=row.extension_months,
        rate_ceiling=row.rate_ceiling or None,
        subsidy_regime=Regime(row.subsidy_regime) if row.subsidy_regime else None,
        finance_split=row.finance_split or None,
        leverage=row.leverage,
        suspend_compensation_rate=row.suspend_compensation_rate,
        new_hire_share=row.new_hire_share,
        new_hire_share_over_100=row.new_hire_share_over_100,
        lower_share_from=row.lower_share_from,
        note=row.note,
    )
