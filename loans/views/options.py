"""What may I apply for? Asked at the counter before anything is typed."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from applicants.models import Applicant
from applicants.queries import AT_MOST, find
from applicants.scope import visible_applicants
from loans import options as found
from loans.actions.application import TAKE_APPLICATIONS
from loans.models import BorrowerKind
from staff.office_date import office_today
from staff.web import READERS, for_roles, reads_only

PARTNERS = range(2, 51)


@require_GET
@for_roles(*READERS)
@reads_only
def who_may(request):
    """Find the person or the firm; a known one leads to what may be applied for."""
    text = request.GET.get("q", "").strip()
    people = list(find(request.user, text)[:AT_MOST]) if text else []
    return render(request, "loans/who_may.html", {"text": text, "people": people, "may_take": request.user.role in TAKE_APPLICATIONS})


@require_GET
@for_roles(*READERS)
@reads_only
def options(request, pk):
    """What this person or firm may apply for today: by each group, with papers and every reason against."""
    one = get_object_or_404(visible_applicants(Applicant.objects.select_related("community", "household"), request.user), pk=pk)
    partners = int(text) if (text := request.GET.get("partners", "")).isdigit() and int(text) in PARTNERS else None
    kind = BorrowerKind.ENTERPRISE if one.is_enterprise else BorrowerKind.PARTNERSHIP if partners else BorrowerKind.INDIVIDUAL
    rows = found.options(one, kind=kind, on=office_today(), partners=partners)
    best = next((row for row in rows if not row.reasons), None)
    context = {"person": one, "best": best, "kind": kind, "partners": partners, "options": rows, "may_take": request.user.role in TAKE_APPLICATIONS}
    return render(request, "loans/options.html", context)
