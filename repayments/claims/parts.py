"""What the claims hang into shared pages: their line of the navigation, their words of history, the desks of bank, office and finance."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repayments.claims.actions import at
from repayments.claims.queries import four_of, with_paid
from repayments.models import SubsidyClaim, SubsidyLine
from staff import desk, history, parts
from staff.desk import Waiting
from staff.models import Role
from staff.scope import visible
from staff.web import READERS

TURNS = {  # at which step, what is done, on which page, by whom
    "returned": (_("Claim the subsidy anew"), "repayments:subsidy_claim", (Role.BANK,)),
    "submitted": (_("Review the claim"), "repayments:subsidy_review", (Role.LOAN_OFFICER, Role.REVIEWER)),
    "reviewed": (_("Approve the claim"), "repayments:subsidy_approve", (Role.FINANCE,)),
    "approved": (_("Book a payment"), "repayments:subsidy_pay", (Role.FINANCE,)),
}


def register():
    """Called once, when the app starts."""
    parts.register_nav(_("Interest subsidy"), "repayments:subsidy", roles=READERS, order=55, prefix="/subsidy/")
    parts.register("case.prints", order=45, template="repayments/_subsidy_link.html", context=link)
    desk.register(waiting)
    history.register(
        {
            "subsidy.submitted": _("%(bank)s claimed %(amount)s yuan of subsidy for %(quarter)s"),
            "subsidy.recompiled": _("The claim was compared with the book anew"),
            "subsidy.returned": _("The claim went back to the bank: %(words)s"),
            "subsidy.reviewed": _("The claim was reviewed: %(words)s"),
            "subsidy.approved": _("Finance approved %(amount)s yuan of the claim: %(words)s"),
            "subsidy.paid": _("Finance paid %(amount)s yuan of subsidy on %(day)s (%(document)s)"),
            "subsidy.payment_undone": _("The payment of %(amount)s yuan (%(document)s) was undone: %(words)s"),
        }
    )


def link(request, loan):
    """The way from a case to its audit trace."""
    return {"loan": loan} if loan.disbursed_on else None


def waiting(user, today):
    """The claims that wait for this user."""
    if not any(user.role in roles for _act, _page, roles in TURNS.values()):
        return []
    claims = visible(SubsidyClaim.objects.select_related("bank"), user)
    return [row for claim in claims if user.role in TURNS[at(claim)][2] and (row := _row(claim, *TURNS[at(claim)][:2]))]


def _row(claim, act, page):
    four = four_of(claim, with_paid(SubsidyLine.objects.filter(claim=claim)))
    if claim.approved_on and not four.unpaid:
        return None
    return Waiting(
        act=act,
        who=claim.bank.name,
        circumstances=claim.quarter,
        case=claim.number,
        project=str(_("Interest subsidy")),
        amount=four.unpaid if claim.approved_on else claim.claimed,
        since=claim.approved_on or claim.reviewed_on or claim.returned_on or claim.submitted_on,
        due=None,
        left=None,
        url=reverse(page, args=[claim.pk]),
        button=act,
    )
