"""The acts that change a schedule, added to the one table of who may do what to a case; and the desks where an extension waits."""

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.acts import Act
from loans.models import Loan
from loans.states import State
from repayments.changes import actions
from repayments.models import Extension
from staff.desk import Waiting
from staff.models import Role
from staff.scope import visible

OFFICER, DIRECTOR, BANK = (Role.LOAN_OFFICER,), (Role.DIRECTOR,), (Role.BANK,)


def _live(*roles):
    return {State.LIVE: tuple(role for group in roles for role in group)}


acts.register(
    Act("repay_early", _("Report an early repayment"), "repayments:repay_early", _live(BANK), waits=False),
    Act("ask_extension", _("Record a request for extension"), "repayments:ask_extension", _live(OFFICER), actions.check_can_ask, waits=False),
    Act("consent_extension", _("Consent to the extension"), "repayments:consent_extension", _live(BANK), actions.check_waits_for_bank, waits=False, leads=True),
    Act("grant_extension", _("Grant the extension"), "repayments:grant_extension", _live(DIRECTOR), actions.check_waits_for_director, waits=False, leads=True),
    Act("refuse_extension", _("Refuse the extension"), "repayments:refuse_extension", _live(DIRECTOR, BANK), actions.check_open, waits=False, tone="bad"),
    Act(
        "enter_rate_step",
        _("Enter a step of the rate"),
        "repayments:enter_rate_step",
        {State.CONTRACTED: BANK, State.LIVE: BANK},
        waits=False,
    ),
)


def extensions_waiting(user, today):
    """On the desk of the bank while its consent is missing, then on the director's."""
    if user.role not in (Role.BANK, Role.DIRECTOR):
        return []
    act = "consent_extension" if user.role == Role.BANK else "grant_extension"
    asked = Extension.objects.filter(decided_on=None, ended_on=None, consented_on__isnull=user.role == Role.BANK, loan__state=State.LIVE)
    asked = visible(asked.select_related("loan__applicant"), user, bank="loan__bank")
    return [_waiting(act, extension) for extension in asked]


def _waiting(act, extension):
    loan: Loan = extension.loan
    return Waiting(
        act=acts.get(act).label,
        who=loan.applicant.name,
        circumstances=_gettext("%(months)s months beyond %(day)s") % {"months": extension.months, "day": loan.maturity},
        case=loan.number,
        project=loan.project,
        amount=loan.principal,
        since=extension.consented_on or extension.asked_on,
        due=loan.maturity,
        left=None,
        url=reverse(acts.get(act).url_name, args=[loan.number]),
        button=acts.get(act).label,
        tone="warn",
    )
