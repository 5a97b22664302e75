"""How long a promise stays good until the office decides otherwise."""

from datetime import date

from django.db import migrations

DAYS = 60


def load(apps, schema_editor):
    apps.get_model("guarantees", "PromiseDays").objects.create(effective_from=date(2002, 12, 24), days=DAYS, note="本中心办法,文号待补")


def unload(apps, schema_editor):
    apps.get_model("guarantees", "PromiseDays").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("guarantees", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
