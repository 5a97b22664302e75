"""Things made for a purpose: plain functions, each giving one row that a test needs."""

from datetime import date
from itertools import count

from django.test import Client

from staff.models import Bank, OfficeDate, Role, User

_serial = count(1)


def bank(name="农村信用合作联社", short_name="农信社", **fields):
    """A handling bank; the same one for the same name."""
    return Bank.objects.get_or_create(name=name, defaults={"short_name": short_name, **fields})[0]


def user(role=Role.LOAN_OFFICER, name="周敏", **fields):
    """A person who works here; bank staff get a bank where none is named."""
    if role == Role.BANK:
        fields.setdefault("bank", bank())
    fields.setdefault("username", f"{role}{next(_serial)}")
    return User.objects.create(role=role, name=name, **fields)


def office_date(day=date(2012, 1, 4)):
    """Let it be this day in the office."""
    OfficeDate.objects.update_or_create(only=True, defaults={"fixed_on": day})
    return day


def browser(person=None):
    """A browser, signed in as this person."""
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
