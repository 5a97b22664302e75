"""Reward money, guarantee fee and handling fee, as the office begins with them; administrators add to them afterwards."""

from django.db import migrations

from loans.policy_files import read_lending_rules


def load(apps, schema_editor):
    Document, Rule = (apps.get_model("loans", name) for name in ("PolicyDocument", "FeeRule"))
    for number, level, cells in read_lending_rules("fee_rules"):
        document, _new = Document.objects.get_or_create(number=number, defaults={"level": level})
        Rule.objects.create(document=document, standing="in_effect", **cells)


class Migration(migrations.Migration):
    dependencies = [("loans", "0020_fee_rules")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
