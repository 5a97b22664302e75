"""A loan's book as text, as it would stand on paper: what tests compare with the book they expect."""

from repayments.models import Entry


def printed(loan):
    """Every entry of the loan in the order in which it was booked, one line each."""
    entries = Entry.objects.filter(lines__loan=loan).distinct().order_by("id")
    return "\n" + "\n".join(_line(entry) for entry in entries) + "\n"


def _line(entry):
    late = f"  booked {entry.booked_on}" if entry.booked_on != entry.value_date else ""
    undoes = f"  undoes {entry.reverses.reference}" if entry.reverses else ""
    lines = "   ".join(f"{line.account} {line.amount:+.2f}" for line in entry.lines.order_by("id"))
    return f"{entry.value_date}  {entry.reference:<16} {lines}{late}{undoes}"
