from django.shortcuts import render

from staff import parts
from staff.web import EVERYONE, for_roles, reads_only


@for_roles(*EVERYONE)
@reads_only
def desk(request):
    """My desk: what waits for me, what I handed on, what is around."""
    return render(request, "staff/desk.html", {"waiting": parts.shown("desk.waiting", request), "side": parts.shown("desk.side", request)})
