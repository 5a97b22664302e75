"""The quarterly claim as the official table (贴息资金申请表), A4 landscape with three signatures. In Chinese, whoever prints it."""

from django.utils import translation

from repayments.claims.queries import four_of, with_paid
from repayments.claims.shares import add_up, shared
from repayments.models import SubsidyClaim
from repayments.subsidy import Quarter
from staff.papers import STYLE, pdf


@translation.override("zh-hans")
def claim_form(claim: SubsidyClaim) -> bytes:
    """The whole claim: its sums, its loans, its signatures."""
    lines, quarter = list(with_paid(claim.lines.all())), Quarter.parse(claim.quarter)
    shares = add_up(shared(line.due if line.approved is None else line.approved, line.split) for line in lines)
    context = {"claim": claim, "lines": lines, "four": four_of(claim, lines), "shares": shares, "first": quarter.first, "last": quarter.last}
    return pdf("papers/subsidy_claim.html", context, styles=(STYLE, "css/paper_subsidy.css"))
