"""Plans already on record came with the old ledger: they held from the first day of their year."""

from datetime import date

from django.db import migrations


def hold(apps, schema_editor):
    for plan in apps.get_model("guarantees", "AnnualPlan").objects.filter(in_force_from__isnull=True):
        plan.imported, plan.in_force_from = True, date(plan.year, 1, 1)
        plan.save()


class Migration(migrations.Migration):
    dependencies = [("guarantees", "0006_agreements_statements_plans")]
    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
