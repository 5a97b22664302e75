"""The catalogues of the rooms: `compile` makes .mo from .po, `check [ROOM…]` lists what is not said in Chinese, or said in two ways.

Source strings are English; every room keeps its own `<room>/locale/zh_Hans/LC_MESSAGES/django.po`.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "staff", "applicants", "training", "loans", "repayments", "guarantees", "reports")

# Where the English sentence stands among the arguments, and where its context.
CALLS = {
    "_": (0, None), "_gettext": (0, None), "gettext": (0, None), "gettext_lazy": (0, None), "gettext_noop": (0, None),
    "ngettext": (0, None), "ngettext_lazy": (0, None),
    "pgettext": (1, 0), "pgettext_lazy": (1, 0), "npgettext": (1, 0), "npgettext_lazy": (1, 0),
}  # fmt: skip
TEMPLATE_CALL = re.compile(r"""\b(n?p?gettext|_)\(\s*((?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?\s*)+)""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


class Said(NamedTuple):
    """One sentence that the program says, and where."""

    msgid: str
    context: str | None
    where: str


def catalogues():
    """Every Chinese catalogue of the rooms."""
    return sorted(path for room in ROOMS for path in (ROOT / room / "locale").glob("zh_Hans/LC_MESSAGES/django.po"))


def compile_all():
    """Make the .mo of every catalogue that changed since; how many were made."""
    made = 0
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source, mo.open("wb") as target:
                write_mo(target, read_po(source, locale="zh_Hans"))
            made += 1
    return made


def said_in_python(path):
    """The sentences of one Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "attr", None) or getattr(getattr(node, "func", None), "id", None)
        if isinstance(node, ast.Call) and name in CALLS:
            at, context = CALLS[name]
            texts = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
            if len(texts) > at and (text := texts[at]):
                yield Said(text, None if context is None else texts[context], f"{_short(path)}:{node.lineno}")


def said_in_template(path):
    """The sentences of one template."""
    for call in TEMPLATE_CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        texts = ast.literal_eval(f"({call[2].rstrip().rstrip(',')},)")
        at, context = CALLS[call[1]]
        yield Said(texts[at], None if context is None else texts[context], _short(path))


def said(rooms):
    """All that these rooms say to people."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from said_in_python(path)
    for path in _templates(rooms):
        yield from said_in_template(path)


def chinese():
    """{(context, msgid): {Chinese: [catalogues that say so]}}, fuzzy and empty ones left out."""
    known: dict[tuple[Any, Any], dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for po in catalogues():
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                msgid = message.id[0] if isinstance(message.id, tuple) else message.id
                text = message.string[0] if isinstance(message.string, tuple) else message.string
                if msgid and text and not message.fuzzy:
                    known[message.context, msgid][text].append(po.relative_to(ROOT).parts[0])
    return known


def untranslated(known, rooms):
    missing = defaultdict(list)
    for one in said(rooms):
        if (one.context, one.msgid) not in known:
            missing[one.msgid].append(one.where)
    return [f"no Chinese: {msgid!r}  ({', '.join(sorted(set(where))[:3])})" for msgid, where in missing.items()]


def contradictory(known):
    return [
        f"two ways: {msgid!r}: " + ", ".join(f"{text!r} ({', '.join(rooms)})" for text, rooms in texts.items())
        for (_context, msgid), texts in known.items()
        if len(texts) > 1
    ]


def misfilled(known):
    """Translations whose placeholders are not those of the English sentence."""
    return [
        f"placeholders: {msgid!r} -> {text!r}"
        for (_context, msgid), texts in known.items()
        for text in texts
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(msgid))
    ]


def chinese_in_templates(rooms):
    """Chinese written straight into a page; 中文 names itself."""
    for path in _templates(rooms):
        text = COMMENT.sub("", path.read_text(encoding="utf-8")).replace("中文", "")
        yield from (f"Chinese in a template: {_short(path)}: {word}" for word in CHINESE.findall(text))


def problems(rooms=None):
    """All that is wrong in these rooms, else in all, one line each."""
    known, rooms = chinese(), rooms or ROOMS
    return [*untranslated(known, rooms), *contradictory(known), *misfilled(known), *chinese_in_templates(rooms)]


def _templates(rooms):
    """The pages of these rooms; the frame and the pieces are the staff room's. Papers are Chinese by nature."""
    folder = ROOT / "templates"
    pages = [(p, p.relative_to(folder).parts[0]) for p in sorted(folder.rglob("*")) if p.suffix in (".html", ".txt")]
    return [p for p, room in pages if room != "papers" and (room if room in ROOMS else "staff") in rooms]


def _short(path):
    return str(path.relative_to(ROOT))


def main(command="check", *rooms):
    if command == "compile":
        print(f"catalogues: {len(catalogues())}, compiled {compile_all()}")
        return
    found = problems(rooms)
    print("\n".join(found) or "All that the pages say is said in Chinese, and in one way.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
