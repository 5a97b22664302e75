"""An undefined variable in one of our templates fails the test that renders it, unless `|default:` says that it may be missing."""

import inspect
from pathlib import Path

from django.template import engines
from django.template.base import FilterExpression, Node

OURS = Path(__file__).resolve().parent.parent / "templates"


class UndefinedVariable(Exception):
    """A template prints something that its view did not give it."""


class Undefined(str):
    """What Django prints for an undefined variable. It asks whether that is anything, then whether "%s" is in it, then fills in the name."""

    __slots__ = ()

    def __bool__(self):
        """Does Django stop here, or go on with the variable's filters, of which `default` gives a value?"""
        asking = inspect.currentframe().f_back.f_locals.get("self")
        if not isinstance(asking, FilterExpression) or any(function.__name__ == "default" for function, _arguments in asking.filters):
            return False
        template = _template_being_rendered()
        return bool(template) and Path(template).is_relative_to(OURS)

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, name):
        raise UndefinedVariable(f"{name} in {Path(_template_being_rendered()).relative_to(OURS)}")


def _template_being_rendered():
    """The file of the innermost node on the call stack."""
    frame = inspect.currentframe()
    while frame := frame.f_back:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.name
    return None


def install():
    engines["django"].engine.string_if_invalid = Undefined()
