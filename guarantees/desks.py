"""What waits on desks about the fund as a whole: plans to be signed, statements to be held against the book."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees import statements
from guarantees.actions.plan import SIGNERS
from guarantees.models import AnnualPlan, BankStatement, FundAccount
from staff.desk import Waiting
from staff.models import Role


def waiting(user, today):
    """Rows of the director's and of finance's desk."""
    if user.role not in SIGNERS:
        return []
    return [*_plans(user), *(_statements(today) if user.role == Role.FINANCE else [])]


def _plans(user):
    signed = "director_signed_on" if user.role == Role.DIRECTOR else "finance_signed_on"
    for plan in AnnualPlan.objects.drafts().filter(**{f"{signed}__isnull": True}).select_related("drawn_up_by"):
        yield Waiting(
            act=_("Annual plan"),
            who=_gettext("plan of %(year)s") % {"year": plan.year},
            circumstances=_gettext("version %(version)s, drawn up by %(name)s") % {"version": plan.version, "name": plan.drawn_up_by.name},
            case="",
            project="",
            amount=plan.amount,
            since=plan.drawn_up_on,
            due=None,
            left=None,
            url=reverse("guarantees:plan", args=[plan.pk]),
            button=_("Look and sign"),
        )


def _statements(today):
    """One row a bank: the months without a statement, or else the first one that waits for its signature."""
    for account in FundAccount.objects.select_related("bank"):
        missing = statements.missing_months(account, today)
        unsigned = BankStatement.objects.filter(account=account, signed_on__isnull=True).order_by("month").first()
        if missing:
            others = _gettext("and %(n)s months more") % {"n": len(missing) - 1} if len(missing) > 1 else ""
            enter = reverse("guarantees:enter_statement", args=[account.pk, missing[0]])
            yield _statement(account, missing[0], others, enter, _("Enter the statement"))
        elif unsigned:
            look = reverse("guarantees:statement", args=[unsigned.pk])
            yield _statement(account, unsigned.month, _gettext("entered, not signed"), look, _("Explain and sign"))


def _statement(account, month, circumstances, url, button):
    return Waiting(
        act=_("Bank statement of the fund"),
        who=account.bank.name,
        circumstances=circumstances,
        case=f"{month:%Y-%m}",
        project="",
        amount=None,
        since=statements.last_day(month),
        due=None,
        left=None,
        url=url,
        button=button,
    )
