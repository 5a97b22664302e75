"""The whole house as data: its rooms, pages and templates, for the tests that hold everywhere."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.template.utils import get_app_template_dirs
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("staff", "applicants", "training", "loans", "repayments", "guarantees", "reports")  # from the bottom up; config is above
TEMPLATES = ROOT / "templates"


class Page(NamedTuple):
    name: str  # "staff:desk"
    route: str
    arguments: tuple[str, ...]
    view: object

    @property
    def roles(self):
        return getattr(self.view, "roles", None)

    @property
    def is_admin(self):
        return self.name.startswith("admin:") or self.route.startswith("admin/")


@cache
def pages():
    """Every page of the URL tree."""
    return tuple(_below(get_resolver().url_patterns, "", ""))


def _below(patterns, route, space):
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Page(f"{space}{pattern.name}", path, tuple(re.findall(r"<(?:\w+:)?(\w+)>", path)), pattern.callback)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern.url_patterns, path, inner)


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS and not _tracks_history(model)]


def _tracks_history(model):
    return hasattr(model, "pgh_tracked_model")


def python_files(*rooms):
    for room in rooms:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)


def templates():
    """The name of every template of ours."""
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*") if path.suffix in (".html", ".txt", ".css", ".svg"))


def replaces_a_package_template(name):
    return any((folder / name).exists() for folder in map(Path, get_app_template_dirs("templates")) if folder != ROOT / "templates")


class WayBack(NamedTuple):
    """A relation's name on the lower model: reading it from the lower room is looking upward."""

    name: str
    lower: str
    upper: str


def ways_back():
    """The reverse relations that lead from a lower room up into a later one."""
    for model in our_models():
        upper = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.concrete and field.is_relation and field.related_model):
                continue
            lower = field.related_model._meta.app_label
            if lower in ROOMS and ROOMS.index(lower) < ROOMS.index(upper) and not field.remote_field.hidden:
                yield WayBack(field.remote_field.get_accessor_name(), lower, upper)
                yield WayBack(field.related_query_name(), lower, upper)


@cache
def names_used(room):
    """The attribute names, keywords and look-up words in a room's Python and templates, each with one place."""
    found = {}
    for path in python_files(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                found.setdefault(node.attr, f"{path.relative_to(ROOT)}:{node.lineno}")
            elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
                found.setdefault(node.arg.split("__")[0], f"{path.relative_to(ROOT)}:{node.value.lineno}")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"-?[a-z_]+__[a-z_]+", node.value):
                found.setdefault(node.value.lstrip("-").split("__")[0], f"{path.relative_to(ROOT)}:{node.lineno}")
    for path in (TEMPLATES / room).rglob("*.html"):
        for name in re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, str(path.relative_to(ROOT)))
    return found
