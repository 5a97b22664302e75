"""What every API operation needs: its method and its roles, amounts as text, and refusals as RFC 9457 problems."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.settings import api_settings

from staff.models import Role

DESCRIPTION_READERS = (Role.BANK, Role.ADMINISTRATOR, Role.AUDITOR)  # who may read how the API is called
PROBLEM = "application/problem+json"
AMOUNT = r"[0-9]{1,10}\.[0-9]{2}"
TITLES = {
    400: _("The request is not right"),
    403: _("Not yours to do"),
    404: _("Not found"),
    405: _("This address is not used this way"),
    406: _("Answers are JSON only"),
    409: _("This cannot be done"),
    415: _("Requests are JSON only"),
}


def operation(method, *roles):
    """One API operation: this method, open to these roles only; leaves them on the view, where a test reads them."""

    class OfTheseRoles(BasePermission):
        def has_permission(self, request, view):
            return request.user.role in roles

    def wrap(view):
        done = api_view([method])(permission_classes([IsAuthenticated, OfTheseRoles])(view))
        done.roles = frozenset(roles)
        return done

    return wrap


@extend_schema_field({"type": "string", "pattern": f"^{AMOUNT}$", "example": "5000.00"})
class Yuan(serializers.DecimalField):
    """An amount in yuan as text with two decimals; a JSON number would be a binary fraction."""

    default_error_messages = {"spelling": _("An amount is text with two decimals, such as “5000.00”.")}

    def __init__(self, **kwargs):
        super().__init__(max_digits=12, decimal_places=2, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str) or not re.fullmatch(AMOUNT, data):
            self.fail("spelling")
        return super().to_internal_value(data)


class Mistake(serializers.Serializer):
    """One thing that is wrong in a request: where (a JSON pointer) and what."""

    pointer = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """A refusal as RFC 9457 has it; `type` names the rule."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = Mistake(many=True, required=False)  # type: ignore[assignment]  # DRF's own `errors` is for input


def problems(*statuses):
    """These refusals, as an operation's description lists them."""
    return {(status, PROBLEM): Problem for status in statuses}


def refuse(status, detail, *, kind="about:blank", title=None, headers=None, **more):
    """The answer to a request that is refused."""
    body = {"type": kind, "title": str(title or TITLES.get(status, "")), "status": status, "detail": str(detail), **more}
    return Response(body, status=status, content_type=PROBLEM, headers=headers)


def mistakes(detail: Any, pointer: str = "#") -> Iterator[dict[str, str]]:
    """DRF's errors, however deep, as one list with the place of each."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from mistakes(inner, pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{name}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from mistakes(inner, pointer if isinstance(inner, str) else f"{pointer}/{place}")
    else:
        yield {"pointer": pointer, "detail": str(detail)}
