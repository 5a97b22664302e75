"""How the events of a case read."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Paper
from loans.models import CorrectedNumber, CounterGuarantee, Department
from loans.states import State
from staff.templatetags.office import yuan

MOVED = {
    "recommend": _("Recommended by the community: %(words)s"),
    "first_review": _("Passed first review: %(words)s"),
    "second_review": _("Passed second review: %(words)s"),
    "send_back": _("Sent back for another visit: %(words)s"),
    "complete_papers": _("Papers completed; back to “%(now)s”"),
    "give_opinion": _("All three opinions are in"),
    "refuse": _("Refused by %(rule)s: %(words)s"),
    "withdraw": _("Withdrawn by the applicant: %(words)s"),
}


def tell(sentences):
    """Let a later room say how the moves of its own acts read: {act: sentence}."""
    MOVED.update(sentences)


def moved(event):
    """A change of state, in the words of the act that made it."""
    data = {"words": "", "rule": "", **event.data, "now": State(event.data["now"]).label}
    if data.get("act") == "return_for_papers":
        return _gettext("Returned for papers, to be brought by %(day)s: %(papers)s %(words)s") % {
            **data,
            "day": data["answer_by"],
            "papers": Paper.named(data["missing"]),
        }
    if sentence := MOVED.get(data.get("act")):
        return (str(sentence) % data).rstrip(" :")
    return _gettext("Now: %(now)s") % data


def opinion(event):
    """That a department signed; what it says stands elsewhere."""
    return _gettext("%(department)s signed its opinion on visit %(visit)s") % {
        "department": Department(event.data["department"]).label,
        "visit": event.data["visit"],
    }


def applied(event):
    """An application with its amount."""
    return _gettext("Application taken as %(number)s: %(amount)s yuan at %(bank)s") % {**event.data, "amount": yuan(event.data["amount"])}


def backed(sentence):
    """What stands behind a case, by kind and name."""
    return lambda event: str(sentence) % {**event.data, "what": CounterGuarantee.Kind(event.data["what"]).label}


def numbered(sentence):
    """A contract or IOU number, by the name of its paper."""
    return lambda event: str(sentence) % {**event.data, "which": CorrectedNumber.Which(event.data["which"]).label}


SENTENCES = {
    "loan.imported": _("Taken in from the old ledger %(file)s, row %(row)s"),
    "community.assigned": _("Now looked after by %(officer)s"),
    "loan.moved": moved,
    "loan.opinion": opinion,
    "loan.applied": applied,
    "loan.backed": backed(_("Counter-guarantee added: %(what)s %(name)s")),
    "loan.backing_replaced": backed(_("Counter-guarantee replaced: %(old)s → %(what)s %(name)s: %(words)s")),
    "loan.backing_withdrawn": backed(_("Counter-guarantee taken out: %(what)s %(name)s: %(words)s")),
    "number.asked": numbered(_("%(which)s to be corrected: %(was)s → %(now)s (%(words)s)")),
    "number.corrected": numbered(_("%(which)s corrected: %(was)s → %(now)s (%(words)s)")),
    "number.kept": numbered(_("Correction of %(which)s to %(now)s sent back, %(was)s stays: %(words)s")),
    "loan.visited": _("Joint visit %(sequence)s recorded: %(day)s, %(place)s"),
    "row.entered": _("Entered, waits for a second person: %(row)s"),
    "row.confirmed": _("Confirmed, now in effect: %(row)s"),
    "row.sent_back": _("Sent back: %(row)s. Reason: %(reason)s"),
}
