"""How the API speaks: every refusal is an RFC 9457 problem; its description and the page that shows it."""

from django.urls import reverse_lazy
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler

from staff.api import DESCRIPTION_READERS, mistakes, refuse
from staff.errors import Refused
from staff.web import for_roles


def problem(exc, context):
    """DRF's exception handler: `Refused` answers 409 with the rule's name; what DRF refuses keeps its status."""
    if isinstance(exc, Refused):
        return refuse(409, exc, kind=f"urn:yidai:{type(exc).__name__}", title=exc.title)
    answer = exception_handler(exc, context)
    if answer is None:
        return None
    headers = {name: value for name, value in answer.headers.items() if name in ("Allow", "Retry-After")}
    if isinstance(exc, ValidationError):
        found = list(mistakes(exc.detail))
        return refuse(400, found[0]["detail"], kind="urn:yidai:InvalidRequest", errors=found)
    return refuse(answer.status_code, answer.data["detail"], headers=headers)


def _page(view):
    """A class-based page for those readers; a stranger is sent to sign in, as everywhere."""
    page = for_roles(*DESCRIPTION_READERS)(view)
    page.login_required = True  # DRF leaves its views to their own permissions
    return page


schema = _page(SpectacularAPIView.as_view())
description = _page(SpectacularSwaggerSplitView.as_view(url=reverse_lazy("api:schema"), template_name="staff/api.html"))
