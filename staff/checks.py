"""The list of checks over everything on record: each room registers its own when the app starts, as it registers its pages.

A check is a function that yields a sentence for each thing that is wrong, and mends nothing.
"""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staff.errors import Refused
from staff.models import Role, Run

KIND = "check_book"
KEPT = 200  # sentences
SHOWN = 5  # on a desk
MUST_KNOW = (Role.DIRECTOR, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR)
Check = Callable[[], Iterable[str]]


class BookNotSound(Refused):
    """Nothing is issued from a book in which a check finds something wrong."""

    title = gettext_lazy("The book is not in order")

    def __init__(self, lines: list[str]):
        self.lines = lines
        words = ngettext(
            "The check of the book found %(n)s problem; the first: %(line)s", "The check of the book found %(n)s problems; the first: %(line)s", len(lines)
        )
        super().__init__(words % {"n": len(lines), "line": lines[0]})


_checks: dict[str, Check] = {}


def register(*checks: Check) -> None:
    """Add these to the list; a function registered twice stands in it once."""
    _checks.update({f"{check.__module__}.{check.__name__}": check for check in checks})


def registered() -> list[Check]:
    """All checks, in the order of the rooms."""
    return list(_checks.values())


def problems() -> list[str]:
    """What is wrong, as sentences; empty where all is well."""
    return [line for check in registered() for line in check()]


def refuse_unless_sound() -> None:
    """Before anything is issued: refuses (BookNotSound) where a check finds something."""
    if lines := problems():
        raise BookNotSound(lines)


def nightly(*, on):
    """The round of every day: what is wrong is kept as a job that failed, and stands on desks until a round finds nothing."""
    found = problems()
    return Run.objects.create(
        kind=KIND,
        title=_("Check of the book"),
        state=Run.State.FAILED if found else Run.State.DONE,
        asked_on=on,
        finished_at=timezone.now(),
        error="\n".join(found[:KEPT]),
        result={"checks": len(_checks), "problems": len(found)},
    )


def on_the_desk(request, _subject):
    """Part of the desk: what the last round found wrong, for those who must know."""
    last = Run.objects.filter(kind=KIND).first() if request.user.role in MUST_KNOW else None
    if last is None or last.state != Run.State.FAILED:
        return None
    lines = last.error.splitlines()
    return {"run": last, "lines": lines[:SHOWN], "more": last.result["problems"] - len(lines[:SHOWN])}
