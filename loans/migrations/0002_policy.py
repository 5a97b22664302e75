"""The documents, rules and rates that the office starts with; administrators add the next ones."""

from django.db import migrations

from loans.policy_rows import fill


def file_them(apps, schema_editor):
    fill(*(apps.get_model("loans", name) for name in ("PolicyDocument", "PolicyRow", "BenchmarkRate", "ReferenceRate")))


class Migration(migrations.Migration):
    dependencies = [("loans", "0001_initial")]
    operations = [migrations.RunPython(file_them, migrations.RunPython.noop)]
