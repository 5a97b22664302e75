"""The one writer of history."""

from django.apps import apps

from staff.models import Event


def label(thing):
    """How history names a row: "loans.loan:42"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def note(kind, *, subject, by, on, **data):
    """Write one line of history: `kind` such as "loan.moved", the row it is about, who, on which office day, and what else matters."""
    signed = by and by.delegation  # what is done for somebody else says by which authority
    return Event.objects.create(kind=kind, subject=label(subject), by=by, delegation=signed, on=on, data={k: _plain(v) for k, v in data.items()})


def note_many(kind, told, *, by, on):
    """The same for many rows at once: `told` holds pairs of a row's label ("loans.loan:42") and what else matters."""
    who = {"by": by, "delegation": by and by.delegation, "on": on}
    Event.objects.bulk_create(
        (Event(kind=kind, subject=subject, **who, data={k: _plain(v) for k, v in data.items()}) for subject, data in told), batch_size=2000
    )


def history(*things):
    """The history of these rows, oldest first."""
    return Event.objects.filter(subject__in=[label(t) for t in things]).select_related("by", "delegation__holder").order_by("id")


def named(events):
    """[(event, what it is about)]: each subject by its own words, with one query a kind of thing."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        model, _, key = event.subject.partition(":")
        wanted.setdefault(model, set()).add(key)
    things = {model: apps.get_model(model)._base_manager.in_bulk(keys) for model, keys in wanted.items()}
    words = {label(thing): str(thing) for found in things.values() for thing in found.values()}
    return [(event, words.get(event.subject, event.subject)) for event in events]


def _plain(value):
    return value if value is None or isinstance(value, (bool, int, str, list, dict)) else str(value)
