"""Pages that show several rooms are made of parts: each room registers its own when the app starts, so no import runs upward.

A part is a function (request, subject) -> dict of template context, or None where it has nothing to show, and a template.
"""

from typing import Any, Callable, NamedTuple


class Part(NamedTuple):
    place: str  # "desk.waiting", "desk.side", "case.main", "case.side", "search", "dashboard", "nav"
    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]


_parts: list[Part] = []


def register(place, *, order, template="", context):
    """Hang a part of a room into a place of a shared page. Called from AppConfig.ready()."""
    _parts.append(Part(place, order, template, context))


def parts(place):
    """The parts hung into this place, in their order."""
    return sorted((p for p in _parts if p.place == place), key=lambda p: p.order)


def shown(place, request, subject=None):
    """(template, context) of every part of this place that has something to show to this user."""
    filled = ((part.template, part.context(request, subject)) for part in parts(place))
    return [(template, context) for template, context in filled if context is not None]
