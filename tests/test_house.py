"""What is true of the whole house, however many rooms it gets."""

import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse

from staff.models import Role
from tests import house, make
from tests.samples import SAMPLES

STRANGER = "stranger"
PUBLIC = frozenset(["public"])

# A day without a name, honestly: not somebody's decision.
NO_NAME_NEEDED = {
    "staff.OfficeDate.fixed_on": "the office's date itself; its history has the names",
    "staff.OfficeDate.jobs_done_on": "jobs have no person",
}
# Built from parts at run time, so that no file holds the whole name.
NAMED_AT_RUN_TIME: set[str] = set()
# Pieces made ahead of the pages that will show them.
WAITING = {f"pieces/{piece}.html" for piece in ("chart", "facts", "kpi", "money", "path", "refusal")}
# The same word, another meaning: not a look upward.
ANOTHER_MEANING: set[tuple[str, str]] = set()


def test_later_rooms_know_earlier_ones_never_the_reverse():
    done = subprocess.run([f"{sys.prefix}/bin/lint-imports", "--no-cache"], cwd=house.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_room_looks_upward_through_a_reverse_relation():
    looks = [
        f"{way.lower} reads .{way.name} of {way.upper} ({place})"
        for way in set(house.ways_back())
        for room in house.ROOMS[: house.ROOMS.index(way.upper)]
        if (place := house.names_used(room).get(way.name)) and (room, way.name) not in ANOTHER_MEANING
    ]
    assert sorted(looks) == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_page_names_its_roles():
    assert [page.route for page in house.pages() if page.roles is None and not page.is_admin] == []


def test_roles_of_pages_are_roles():
    known = {*Role, "public"}
    assert [page.name for page in house.pages() if page.roles and not set(page.roles) <= known] == []


def test_every_page_with_arguments_has_a_sample():
    assert [page.name for page in house.pages() if page.arguments and not page.is_admin and page.name not in SAMPLES] == []


def test_every_sample_has_a_page():
    assert set(SAMPLES) - {page.name for page in house.pages()} == set()


VISITORS = [STRANGER, *Role]
OPEN_PAGES = [page for page in house.pages() if not page.is_admin and page.name != "healthz"]  # that one has its own test, with a worker


@pytest.mark.django_db
@pytest.mark.parametrize("page", OPEN_PAGES, ids=[page.name for page in OPEN_PAGES])
def test_a_page_opens_to_its_roles_and_to_nobody_else(page):
    make.office_date()
    address = reverse(page.name, kwargs=SAMPLES[page.name]() if page.arguments else None)
    for who in VISITORS:
        browser = make.browser(None if who == STRANGER else make.user(Role(who)))
        answer = browser.get(address)
        if page.roles == PUBLIC or who in page.roles:
            assert answer.status_code in (200, 302, 404, 405, 409), f"{who} may open {address}"
            assert page.roles == PUBLIC or not _sent_to_sign_in(answer), f"{who} may open {address}"
        else:
            if answer.status_code == 405:  # only takes POST
                answer = browser.post(address)
            assert answer.status_code in (401, 403) or _sent_to_sign_in(answer), f"{who} may not open {address}"


def _sent_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


ADMIN_PAGES = [page for page in house.pages() if page.is_admin and not page.arguments and page.name not in ("admin:login", "admin:logout", "admin:jsi18n")]


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who in VISITORS if who != Role.ADMINISTRATOR])
def test_django_admin_is_closed_to_everybody_but_administrators(who):
    make.office_date()
    browser = make.browser(None if who == STRANGER else make.user(Role(who)))
    for page in ADMIN_PAGES:
        answer = browser.get(f"/{page.route}".replace("^", "").replace("$", ""))
        assert answer.status_code in (302, 403, 404), f"{who} may not open {page.route}"


@pytest.mark.parametrize("model", house.our_models(), ids=lambda model: model._meta.label)
def test_who_and_when_travel_together(model):
    fields = {field.name: field for field in model._meta.get_fields() if field.concrete}
    for name, field in fields.items():
        if not name.endswith("_on") or f"{model._meta.label}.{name}" in NO_NAME_NEEDED:
            continue
        partner = f"{name.removesuffix('_on')}_by"
        assert partner in fields, f"{model._meta.label}.{name} has no {partner}"
        if field.null:
            assert any({name, partner} <= _fields_of(c) for c in model._meta.constraints), f"{model._meta.label}: half of {name}/{partner} could be stored"


def _fields_of(constraint):
    condition = getattr(constraint, "condition", None)
    return set(_names(condition)) if isinstance(condition, Q) else set()


def _names(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        else:
            yield child[0].split("__")[0]


def test_no_template_is_an_orphan():
    texts = [path.read_text(encoding="utf-8") for path in house.python_files("config", *house.ROOMS)]
    texts += [path.read_text(encoding="utf-8") for path in house.TEMPLATES.rglob("*.*")]
    everything = "\n".join(texts)
    known = NAMED_AT_RUN_TIME | WAITING | {"403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
    orphans = [name for name in house.templates() if name not in everything and name not in known and not house.replaces_a_package_template(name)]
    assert orphans == []


@pytest.mark.parametrize("room", house.ROOMS)
def test_files_stay_short_enough_to_read(room):
    long = {str(path.relative_to(house.ROOT)): n for path in house.python_files(room) if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}


def test_models_do_no_business_when_saved():
    assert [model._meta.label for model in house.our_models() if "save" in vars(model) or "delete" in vars(model)] == []


def test_only_states_move_assigns_a_loans_state():
    assigns = re.compile(r"\bloan\.state\s*=[^=]|\bLoan\b.*\.update\(.*\bstate=")
    found = [
        f"{path.relative_to(house.ROOT)}: {line.strip()}"
        for path in house.python_files("config", *house.ROOMS)
        if path != house.ROOT / "loans" / "states.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if assigns.search(line)
    ]
    assert found == []
