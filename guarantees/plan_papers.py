"""A version of the year's plan as an Excel file and on paper. The paper is Chinese, as papers are."""

from django.utils import translation
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Group
from guarantees import plans, sheets
from guarantees.models import AnnualPlan
from guarantees.plans import QUARTERS, Figures
from staff.models import Bank
from staff.papers import pdf

NUMBERS = (sheets.Column(_("Loans")), sheets.Column(_("Amount (yuan)"), 18, money=True), sheets.Column(_("Jobs")))


def table(plan: AnnualPlan):
    """(bank, [(quarter, figures)], sum) of every bank in the plan, then the sums by quarter, and (group, figures)."""
    grid = plans.grid_of(plan)
    banks = Bank.objects.filter(pk__in={bank for bank, _quarter in grid.quarters})
    by_bank = [(bank, [(q, grid.quarters.get((bank.pk, q), Figures())) for q in QUARTERS], grid.of_bank(bank.pk)) for bank in banks]
    by_quarter = [(quarter, grid.of_quarter(quarter)) for quarter in QUARTERS]
    return {"by_bank": by_bank, "by_quarter": by_quarter, "by_group": [(Group(group).label, figures) for group, figures in grid.groups.items()]}


def excel(plan: AnnualPlan) -> bytes:
    """Two sheets: by bank and quarter, by group."""
    found = table(plan)
    cells = [(bank.name, quarter, *figures) for bank, quarters, _sum in found["by_bank"] for quarter, figures in quarters]
    groups = [(str(label), *figures) for label, figures in found["by_group"]]
    sums = (plan.loans, plan.amount, plan.jobs)
    title = _gettext("Plan of %(year)s, version %(version)s") % {"year": plan.year, "version": plan.version}
    by_bank = (sheets.Column(_("Bank"), 24), sheets.Column(_("Quarter"), 10), *NUMBERS)
    return sheets.workbook(
        [
            (title, by_bank, cells, (_gettext("Total"), "", *sums)),
            (_gettext("By group"), (sheets.Column(_("Group"), 30), *NUMBERS), groups, (_gettext("Total"), *sums)),
        ]
    )


def printed(plan: AnnualPlan) -> bytes:
    """The plan as it is filed, with its signatures."""
    with translation.override("zh-hans"):
        return pdf("papers/annual_plan.html", {"plan": plan, **table(plan)})
