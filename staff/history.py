"""History in human words: every room says how its own kinds of events read."""

from typing import Any

_sentences: dict[str, Any] = {}


def register(sentences):
    """Say how events read: {kind: sentence}. A sentence is a translatable text with %(names)s from the event's data, or a function of the event."""
    _sentences.update(sentences)


def words(event):
    """What this event says to a person; a kind that nobody put into words shows its name."""
    sentence = _sentences.get(event.kind, event.kind)
    return sentence(event) if callable(sentence) else str(sentence) % _Told(event.data)


class _Told(dict):
    """An event's data, where a value that this event lacks reads as a dash."""

    def __missing__(self, name):
        return "—"
