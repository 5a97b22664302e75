"""The acts on a live loan, added to the one table of who may do what to a case."""

from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.acts import Act
from loans.states import State
from repayments import left_over
from staff.models import Role

acts.register(
    Act(
        "receive",
        _("Report a repayment"),
        "repayments:receive",
        dict.fromkeys((State.LIVE, State.SETTLED), (Role.BANK,)),
        check=left_over.check,
        waits=False,
    ),
    Act(
        "visit_business",
        _("Record a visit to the business"),
        "repayments:record_visit",
        {State.LIVE: (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR)},
        waits=False,
    ),
)
