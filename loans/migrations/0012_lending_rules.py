"""Proofs of groups, repeated loans, counter-guarantees and their limit, as the office begins with them; administrators add to them afterwards."""

from django.db import migrations

from loans.policy_files import read_lending_rules

TABLES = {"GroupProof": "group_proofs", "RepeatRule": "repeat_rules", "GuarantorLimit": "guarantor_limits", "CounterRule": "counter_rules"}


def load(apps, schema_editor):
    Document = apps.get_model("loans", "PolicyDocument")
    for model, table in TABLES.items():
        for number, level, cells in read_lending_rules(table):
            document, _new = Document.objects.get_or_create(number=number, defaults={"level": level})
            apps.get_model("loans", model).objects.create(document=document, **cells)


class Migration(migrations.Migration):
    dependencies = [("loans", "0011_counter_guarantees_and_rules")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
