"""Papers that are brought and checked, and the signatures below: the same for demands and for write-offs."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from applicants import actions as applicants
from applicants.models import Paper
from guarantees import compensation
from guarantees.actions.locks import has_reason
from guarantees.models import PaperKind, Part
from staff.audit import note
from staff.delegations import behind
from staff.errors import NotYours, Refused
from staff.models import Role


class PapersMissing(Refused):
    """Nothing is signed or paid before all papers are there and in order; all that is missing is named at once."""

    title = _("Papers are missing")


class NotYetYourTurn(Refused):
    """Signatures follow one another, the director's last; the money follows them."""

    title = _("Signatures are missing")


class SignedAlready(Refused):
    """Each part signs once, and nobody signs for two."""

    title = _("Already signed")


class Brought(NamedTuple):
    """One paper as it is brought: its kind, number or particulars, and a scan where there is one."""

    kind: PaperKind
    reference: str = ""
    scan: Any = None


class Found(NamedTuple):
    """What the check of one paper found."""

    kind: PaperKind
    in_order: bool
    remark: str = ""


def bring(thing, papers, *, by, on):
    """Record papers as brought; one that is brought again waits for its check again."""
    for paper in papers:
        scan = paper.scan and applicants.attach_paper(
            applicant=thing.loan.applicant,
            kind=Paper.Kind.OTHER,
            held=Paper.Held.SCAN,
            file=paper.scan,
            case_number=thing.loan.number,
            step=str(paper.kind),
            about=str(PaperKind(paper.kind).label),
            by=by,
            on=on,
        )
        fresh = {"reference": paper.reference, "scan": scan or None, "brought_on": on, "brought_by": by}
        unchecked = {"in_order": None, "remark": "", "checked_on": None, "checked_by": None}
        thing.papers.update_or_create(kind=paper.kind, defaults=fresh | unchecked)
    if papers:
        note("compensation.papers", subject=thing.loan, by=by, on=on, papers=[str(paper.kind) for paper in papers])


def check(thing, found, *, by, on):
    """Say of papers that were brought whether they are in order."""
    brought = {paper.kind: paper for paper in thing.papers.all()}
    for one in found:
        paper = brought.get(one.kind)
        if paper is None:
            raise PapersMissing(_gettext("“%(paper)s” was not brought.") % {"paper": PaperKind(one.kind).label})
        if not one.in_order:
            has_reason(one.remark)
        paper.in_order, paper.remark, paper.checked_on, paper.checked_by = one.in_order, one.remark, on, by
        paper.save()
    good, bad = ([str(one.kind) for one in found if one.in_order is verdict] for verdict in (True, False))
    note("compensation.checked", subject=thing.loan, by=by, on=on, good=good, bad=bad)


def papers_are_complete(thing):
    """Refuses (PapersMissing) where a paper is missing, not in order or unchecked, naming all of them at once."""
    lacking = compensation.papers_missing(thing) + [PaperKind(paper.kind) for paper in compensation.papers_unchecked(thing)]
    if lacking:
        names = pgettext("in a list", ", ").join(str(kind.label) for kind in dict.fromkeys(lacking))
        raise PapersMissing(_gettext("Missing, not in order or not yet checked: %(papers)s.") % {"papers": names})


def sign(thing, words, *, by, on):
    """Put one signature under a demand or a write-off: each part once, nobody twice, the director last."""
    part, missing = compensation.PART_OF[Role(by.role)], compensation.signatures_missing(thing)
    if part not in missing:
        raise SignedAlready(_gettext("%(part)s has signed already.") % {"part": part.label})
    if part == Part.DIRECTOR and missing != [Part.DIRECTOR]:
        raise NotYetYourTurn(_gettext("Still to be signed before: %(parts)s.") % {"parts": named(missing[:-1])})
    refuse_second_hat(thing, by)
    signature = thing.signatures.create(part=part, words=words, signed_on=on, signed_by=by, delegation=by.delegation)
    note("compensation.signed", subject=thing.loan, by=by, on=on, part=str(part), words=words)
    return signature


def named(parts):
    """These parts in one line."""
    return pgettext("in a list", ", ").join(str(part.label) for part in parts)


def refuse_second_hat(thing, by):
    """Refuses (NotYours) whoever stands behind an earlier signature here; a delegate stands there with the one in whose name."""
    if behind(by) & compensation.took_part(thing):
        raise NotYours(_gettext("You have signed here for another part; the signatures are those of different people."))
