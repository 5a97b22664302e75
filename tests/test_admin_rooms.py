"""Django admin holds reference data; whatever an action owns is read-only there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from staff.adminsite import LookOnly
from tests import make

CHANGEABLE = {
    "staff.User",
    "staff.Bank",
    "staff.DayOff",
    "loans.PolicyDocument",
    "loans.PolicyRow",
    "loans.GroupProof",
    "loans.RepeatRule",
    "loans.GuarantorLimit",
    "loans.CounterRule",
    "loans.FeeRule",
    "loans.CreditCommunity",
    "loans.BenchmarkRate",
    "loans.ReferenceRate",
    "loans.AgeLimit",
    "loans.ExcludedTrade",
    "loans.StepLimit",
    "loans.LegalLimit",
    "guarantees.BankAgreement",
    "guarantees.PromiseDays",
    "guarantees.RequiredPaper",
    "django_celery_beat.PeriodicTask",
}


def models():
    return [(model._meta.label, model, model_admin) for model, model_admin in admin.site._registry.items()]


def test_only_reference_data_can_be_changed_in_admin():
    assert {label for label, _model, model_admin in models() if not isinstance(model_admin, LookOnly)} - CHANGEABLE == set()


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(label for label, _model, _admin in models()))
def test_every_list_in_admin_opens(label, administrator):
    make.office_date()
    name = apps.get_model(label)._meta.label_lower.replace(".", "_")
    assert make.browser(administrator).get(reverse(f"admin:{name}_changelist")).status_code == 200
