"""Numbers that papers carry: one gap-free series per kind and year."""

from django.db.models import F

from staff.models import Counter


def next_number(series):
    """The next whole number of this series, from 1; waits for others who take one. Call inside a transaction."""
    Counter.objects.get_or_create(series=series)
    Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.get(series=series).last
