"""How the API speaks: every refusal of an action becomes an RFC 9457 problem with the rule's name."""

from rest_framework.response import Response
from rest_framework.views import exception_handler

from staff.errors import Refused


def problem(exc, context):
    """DRF's exception handler: `Refused` answers 409 with type, title and detail; the rest stays as DRF has it."""
    if not isinstance(exc, Refused):
        return exception_handler(exc, context)
    body = {"type": f"urn:yidai:{type(exc).__name__}", "title": str(exc.title), "status": 409, "detail": str(exc)}
    return Response(body, status=409, content_type="application/problem+json")
