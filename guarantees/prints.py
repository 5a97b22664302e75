"""What can be printed of a promised case, and the link to it on the case page."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from guarantees import papers
from guarantees.models import Promise
from staff import parts
from staff.papers import shown
from staff.scope import visible
from staff.web import READERS, for_roles, reads_only


def register():
    """Hang the links into the case page."""
    parts.register("case.prints", order=30, template="guarantees/_prints.html", context=links)


def links(request, loan):
    """The letter of a case that was ever promised."""
    return {"loan": loan} if Promise.objects.filter(loan=loan).exists() else None


@require_GET
@for_roles(*READERS)
@reads_only
def promise_letter(request, number):
    """The 担保承诺书 of a case."""
    promises = Promise.objects.select_related("loan__applicant", "loan__bank", "promised_by")
    promise = get_object_or_404(visible(promises, request.user, bank="loan__bank"), loan__number=number)
    return shown(papers.promise_letter(promise, base_url=request.build_absolute_uri("/")), f"担保承诺书-{promise.number}.pdf")
