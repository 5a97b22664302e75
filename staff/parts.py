"""Pages that show several rooms are made of parts: each room registers its own when the app starts, so no import runs upward.

A part is a function (request, subject) -> dict of template context, or None where it has nothing to show, and a template.
A navigation entry is one line at the left of every page. Both are registered from `AppConfig.ready()`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse

from staff.delegations import hats


class Part(NamedTuple):
    place: str  # "desk.side", "case.main", "case.side", "dashboard"
    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]


class Entry(NamedTuple):
    """One line of the navigation: for whom, where it leads, under which path it is lit, and how many things wait there."""

    label: Any
    url_name: str
    roles: frozenset[str]
    order: int
    prefix: str
    count: Callable[..., int] | None  # type: ignore[assignment]  # not the tuple's own count


class Line(NamedTuple):
    """A navigation entry as one user sees it on one page."""

    label: Any
    url: str
    active: bool
    count: int  # type: ignore[assignment]


class Tab(NamedTuple):
    """One of several pages about the same thing, named beside each other at their heads."""

    place: str  # "fund"
    label: Any
    url_name: str
    roles: frozenset[str]
    order: int


_parts: list[Part] = []
_entries: list[Entry] = []
_tabs: list[Tab] = []


def register(place, *, order, template="", context):
    """Hang a part of a room into a place of a shared page."""
    _parts.append(Part(place, order, template, context))


def parts(place):
    """The parts hung into this place, in their order."""
    return sorted((p for p in _parts if p.place == place), key=lambda p: p.order)


def shown(place, request, subject=None):
    """(template, context) of every part of this place that has something to show to this user."""
    filled = ((part.template, part.context(request, subject)) for part in parts(place))
    return [(template, context) for template, context in filled if context is not None]


def register_nav(label, url_name, *, roles, order, prefix="", count=None):
    """Add a line to the navigation of these roles. It is lit under `prefix` (else its own path); `count(user, today)` fills its badge."""
    _entries.append(Entry(label, url_name, frozenset(roles), order, prefix, count))


def register_tab(place, label, url_name, *, roles, order):
    """Name a page at the head of those about the same thing, to these roles."""
    _tabs.append(Tab(place, label, url_name, frozenset(roles), order))


def tabs(place, request):
    """The pages of this place that this user may open; the one that we are on is active."""
    mine = sorted((tab for tab in _tabs if tab.place == place and request.user.role in tab.roles), key=lambda tab: tab.order)
    urls = [reverse(tab.url_name) for tab in mine]
    here = _longest_match(request.path, urls)
    return [Line(tab.label, url, url == here, 0) for tab, url in zip(mine, urls, strict=True)]


def navigation(request, today):
    """The navigation of this user; the entry with the longest matching path is where we are."""
    user, *others = hats(request.user, today)
    roles = {user.role, *(hat.role for hat in others)} if user.is_authenticated else set()
    mine = sorted((e for e in _entries if roles & e.roles), key=lambda e: e.order)
    places = [(entry, reverse(entry.url_name)) for entry in mine]
    here = _longest_match(request.path, [entry.prefix or url for entry, url in places])
    return [Line(e.label, url, (e.prefix or url) == here, e.count(user, today) if e.count else 0) for e, url in places]


def _longest_match(path, prefixes):
    matching = [p for p in prefixes if path == p or (p != "/" and path.startswith(p))]
    return max(matching, key=len, default=None)
