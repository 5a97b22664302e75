"""One search box for the whole office: every room registers how its own things are found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

SHORTEST = 2  # typing one letter asks nothing


@dataclass(frozen=True)
class Found:
    """One thing found: what kind, its name, one line that tells it from others, and its page."""

    kind: Any
    title: str
    line: str
    url: str


_finders: list[Callable[..., Iterable[Found]]] = []


def register(find):
    """Let `find(user, text)` answer searches; it shows only what the user may see, best first, and a bounded number."""
    _finders.append(find)


def found(user, text):
    """Everything that the rooms find for this text, in the order of the rooms."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    return [thing for find in _finders for thing in find(user, text)]
