"""How the search box finds applicants."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applicants.queries import AT_MOST, find
from staff.models import Role
from staff.search import Found
from staff.web import READERS


def found(user, text):
    """Applicants for this text; nothing for those who see no cases."""
    if user.role not in (*READERS, Role.TRAINER):
        return []
    return [Found(_("Borrower"), person.name, _line(person), reverse("applicants:person", args=[person.pk])) for person in find(user, text)[:AT_MOST]]


def _line(person):
    return " · ".join(filter(None, (person.masked_number, person.phone, str(person.community or ""))))
