"""How the events of the register read."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant, Group, Paper


def corrected(event):
    """Which fields were corrected, from what to what."""
    fields = {field.name: field.verbose_name for field in Applicant._meta.fields}
    changes = [f"{fields[name]} {event.data['was'].get(name) or '—'} → {now or '—'}" for name, now in event.data["now"].items()]
    return _gettext("Corrected: %(changes)s") % {"changes": "; ".join(changes)}


def group(event):
    """A group and its proof."""
    proof = " ".join(filter(None, (event.data["proof"], event.data["proof_number"])))
    label = Group(event.data["group"]).label
    return _gettext("Group added: %(group)s (%(proof)s)") % {"group": label, "proof": proof} if proof else _gettext("Group added: %(group)s") % {"group": label}


def proof(event):
    """The paper that proves a group now, and the one before."""
    now = " ".join(filter(None, (event.data["proof"], event.data["proof_number"])))
    label = Group(event.data["group"]).label
    return _gettext("Proof of the group %(group)s: %(was)s → %(now)s") % {"group": label, "was": event.data["was"] or "—", "now": now}


def paper(event):
    """A paper and how it is held."""
    return _gettext("Paper added: %(paper)s, %(held)s") % {
        "paper": Paper.Kind(event.data["paper"]).label,
        "held": Paper.Held(event.data["held"]).label,
    }


SENTENCES = {
    "applicant.registered": _("Registered: %(name)s"),
    "applicant.corrected": corrected,
    "applicant.household": _("One household with %(name)s"),
    "applicant.zero_employment": _("Zero-employment family: %(proof)s"),
    "applicant.group": group,
    "applicant.proof": proof,
    "paper.added": paper,
    "identity.seen": _("Identity number seen"),
}
