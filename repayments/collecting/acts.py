"""The acts on a loan that is late, added to the one table of who may do what to a case."""

from django.utils.translation import gettext_lazy as _

from loans import acts
from loans.acts import Act
from loans.states import State
from staff.models import Role

COLLECTORS = (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR)

acts.register(
    Act(
        "note_collection",
        _("Note a collection attempt"),
        "repayments:note_collection",
        dict.fromkeys((State.LIVE, State.COMPENSATED), (*COLLECTORS, Role.BANK)),
        waits=False,
    ),
    Act("dun", _("Issue a dunning notice"), "repayments:dun", {State.LIVE: COLLECTORS}, waits=False, tone="warn"),
)
