"""How long a case may wait at each step, in working days (facts.md §3.11), since the scheme began."""

from datetime import date

from django.db import migrations

BEGINNING = date(2002, 12, 24)  # 银发〔2002〕394号
WORKING_DAYS = {"applied": 3, "recommended": 5, "reviewed": 7, "investigated": 3, "confirmed": 3, "promised": 5, "contracted": 5}


def set_limits(apps, schema_editor):
    for step, days in WORKING_DAYS.items():
        apps.get_model("loans", "StepLimit").objects.get_or_create(step=step, effective_from=BEGINNING, defaults={"working_days": days})


class Migration(migrations.Migration):
    dependencies = [("loans", "0002_policy_rows")]
    operations = [migrations.RunPython(set_limits, migrations.RunPython.noop)]
